package io.github.hecnn.cli.train;

import io.github.hecnn.mlr.features.OrientationHistogram;
import io.github.hecnn.mlr.samples.CsvFiles;
import io.github.hecnn.mlr.samples.CsvSamples;
import io.github.hecnn.mlr.samples.ImageSamples;
import io.github.hecnn.mlr.samples.SampleChoice;
import io.github.hecnn.mlr.samples.Samples;
import java.nio.file.Path;

/**
 * Where samples and their features come from.
 *
 * @param data folder with mnist/, or null for the built-in synthetic digits
 * @param histogram name of an orientation histogram of images, or null
 * @param csv a file of features, or null
 * @param choice of the training samples
 * @param images a folder of images, or null
 */
record FeatureChoice(Path data, String histogram, CsvFiles csv, SampleChoice choice, ImageChoice images) {
    /** Without a folder of images. */
    FeatureChoice(Path data, String histogram, CsvFiles csv, SampleChoice choice) {
        this(data, histogram, csv, choice, null);
    }

    /**
     * Loads them.
     *
     * @param withTest whether features of the test data are wanted, too
     */
    Samples load(boolean withTest) {
        if (images != null) {
            return images.load(choice, histogram);
        }
        if (csv != null) {
            return CsvSamples.load(csv, choice);
        }
        OrientationHistogram features = OrientationHistogram.named(histogram);
        return data == null
                ? ImageSamples.synthetic(features, choice, withTest)
                : ImageSamples.idx(data, features, choice, withTest);
    }

    /** The same with absolute paths. */
    FeatureChoice absolute() {
        return new FeatureChoice(
                data == null ? null : data.toAbsolutePath().normalize(),
                histogram,
                csv == null ? null : csv.absolute(),
                choice,
                images == null ? null : images.absolute());
    }

    /** The program that takes these. */
    String program() {
        return images == null ? "MnistTraining" : "ImageTraining";
    }

    /** As in reports. */
    String label() {
        if (images != null && images.backbone() != null) {
            return images.backbone().getFileName().toString();
        }
        return csv == null ? histogram : csv.file().getFileName().toString();
    }
}
