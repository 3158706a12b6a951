package io.github.hecnn.cli.train.longrun;

import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.OrientationHistogram;
import io.github.hecnn.mlr.samples.ImageSamples;
import io.github.hecnn.mlr.samples.SampleChoice;
import io.github.hecnn.mlr.samples.Samples;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The images of a long run.
 *
 * @param folder with the files; null for the built-in digits
 * @param features names of orientation histograms, with a plus between them
 * @param samples to train on: the first ones
 */
record LongData(String folder, String features, int samples) {
    /** Images that are enough to know all classes. */
    private static final int FEW = 1000;

    /** Images after those of the training, for validation: as many as 52,500 leave of MNIST. */
    private int heldOutSamples() {
        return Math.max(500, samples / 7);
    }

    /** The images to train on, with the test images if they are wanted. */
    Samples training(boolean withTest) {
        return load(samples, withTest);
    }

    /** Images that the owner validates on. */
    LabeledDataset heldOut() {
        return load(samples + heldOutSamples(), false).training().slice(samples, samples + heldOutSamples());
    }

    /** The test images. */
    LabeledDataset test() {
        return load(Math.min(samples, FEW), true).test();
    }

    private Samples load(int count, boolean withTest) {
        Samples out = null;
        for (String name : features.split("\\+", -1)) {
            OrientationHistogram histogram = OrientationHistogram.named(name);
            SampleChoice choice = SampleChoice.first(count);
            Samples more = folder == null
                    ? ImageSamples.synthetic(histogram, choice, withTest)
                    : ImageSamples.idx(Path.of(folder), histogram, choice, withTest);
            out = out == null ? more : beside(out, more);
        }
        return out;
    }

    private static Samples beside(Samples a, Samples b) {
        return new Samples(
                a.dataset(),
                a.synthetic(),
                beside(a.training(), b.training()),
                a.test() == null ? null : beside(a.test(), b.test()),
                a.labels(),
                a.testImages(),
                null,
                a.fingerprint(),
                a.notes());
    }

    private static LabeledDataset beside(LabeledDataset a, LabeledDataset b) {
        double[][] both = new double[a.samples()][];
        for (int i = 0; i < both.length; i++) {
            both[i] = Arrays.copyOf(a.features()[i], a.width() + b.width());
            System.arraycopy(b.features()[i], 0, both[i], a.width(), b.width());
        }
        return a.withFeatures(both);
    }
}
