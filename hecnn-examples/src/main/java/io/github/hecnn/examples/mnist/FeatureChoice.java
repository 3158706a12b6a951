package io.github.hecnn.examples.mnist;

import java.nio.file.Path;
import java.util.List;

/**
 * Where features come from.
 *
 * @param histogram name of an orientation histogram, or null
 * @param csv a file of features, or null
 */
record FeatureChoice(String histogram, Path csv) {
    /** The orientation histograms on offer. */
    static final List<String> HISTOGRAMS = List.of("h392", "h400", "h200");

    static FeatureChoice histogram(String name) {
        return new FeatureChoice(name, null);
    }

    static FeatureChoice file(Path csv) {
        return new FeatureChoice(null, csv);
    }

    /** As in reports. */
    String label() {
        return csv == null ? histogram : csv.getFileName().toString();
    }
}
