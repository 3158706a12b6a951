package io.github.hecnn.mlr.roles.row;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.hecnn.mlr.RealData;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.OrientationHistogram;
import java.util.Arrays;

/** Images of MNIST as 200 orientation histograms. */
final class LongMnist {
    static final int SAMPLES = 52_500;

    private LongMnist() {}

    /** The first ones. */
    static LabeledDataset training(int count) {
        return features("train", count);
    }

    static LabeledDataset test(int count) {
        return features("t10k", count);
    }

    private static LabeledDataset features(String which, int count) {
        ImageSet images = DatasetReader.idx(
                RealData.file("mnist/" + which + "-images-idx3-ubyte.gz"),
                RealData.file("mnist/" + which + "-labels-idx1-ubyte.gz"));
        return new LabeledDataset(
                OrientationHistogram.H200.extractAll(Arrays.copyOf(images.pixels(), count)),
                Arrays.copyOf(images.labels(), count),
                10);
    }

    static void assumeHeap(long gigabytes) {
        assumeTrue(
                Runtime.getRuntime().maxMemory() >= gigabytes * 1_000_000_000L,
                "skipped: needs a heap of " + gigabytes + " GB, such as -Dtest.heap=" + (gigabytes + 1) + "g");
    }
}
