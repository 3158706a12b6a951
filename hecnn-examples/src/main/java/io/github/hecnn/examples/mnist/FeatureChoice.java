package io.github.hecnn.examples.mnist;

import java.nio.file.Path;
import java.util.List;

/**
 * Where samples and their features come from.
 *
 * @param histogram name of an orientation histogram, or null
 * @param csv a file of features, or null
 * @param shuffleSeed of a random choice of the training samples by class; null to take the first ones
 */
record FeatureChoice(String histogram, CsvChoice csv, Long shuffleSeed) {
    /** The orientation histograms on offer. */
    static final List<String> HISTOGRAMS = List.of("h392", "h400", "h200");

    static FeatureChoice histogram(String name) {
        return new FeatureChoice(name, null, null);
    }

    static FeatureChoice file(Path csv) {
        return new FeatureChoice(null, CsvChoice.of(csv), null);
    }

    /** The same with absolute paths. */
    FeatureChoice absolute() {
        return csv == null ? this : new FeatureChoice(null, csv.absolute(), shuffleSeed);
    }

    /** As in reports. */
    String label() {
        return csv == null ? histogram : csv.path().getFileName().toString();
    }
}
