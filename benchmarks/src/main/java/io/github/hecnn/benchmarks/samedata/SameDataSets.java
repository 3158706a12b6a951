package io.github.hecnn.benchmarks.samedata;

import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.data.TrainTestSplit;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.recipe.Schedule;
import io.github.hecnn.mlr.training.TrainingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the data of the cases from the folder that holds it all. */
final class SameDataSets {
    private static final int SIDE = 28;
    private static final int HALF = SIDE / 2;

    private final Path folder;
    private final TrainingSettings common;

    /** @param common settings of all cases, such as threads and memory */
    SameDataSets(Path folder, TrainingSettings common) {
        this.folder = folder;
        this.common = common;
    }

    List<SameDataCase> all() {
        return List.of(mortality(), threeAgainstEight(), published(), sameImages());
    }

    private TrainingSettings.Builder settings(ScalingKind scaling) {
        return TrainingSettings.builder().settings(common).scaling(scaling);
    }

    private SameDataCase mortality() {
        double[][] x = DatasetReader.matrix(folder.resolve("mortality/X_norm_1024.csv"));
        double[][] y = DatasetReader.matrix(folder.resolve("mortality/y_1024.csv"));
        double[][] features = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            features[i] = Arrays.copyOf(x[i], x[i].length - 1); // the last column is the intercept
        }
        int[] labels = Arrays.stream(y).mapToInt(row -> (int) row[0]).toArray();
        LabeledDataset data = new LabeledDataset(features, labels, 2);
        return new SameDataCase(
                "US infant mortality",
                "OpenFHE's example of logistic regression: loss 0.4347, accuracy 82.1 %, AUC 0.888 after 100 iterations of 14.1 s"
                        + " with bootstrapping; loss 0.4085 after 200.",
                new TrainTestSplit(data, data),
                "the 1,024 training samples, as in the example's log",
                "nine means and deviations (standardising), and one number a feature for the quadratic gradient",
                settings(ScalingKind.STANDARDIZE).iterations(4).build());
    }

    private SameDataCase threeAgainstEight() {
        TrainTestSplit data = new TrainTestSplit(digits("train"), digits("t10k"));
        return new SameDataCase(
                "MNIST, 3 against 8",
                "Chiang's HE.LR: 96.07 %, AUC 0.9911 in 5,063 s on 8 threads, with 36 bootstraps.",
                data,
                "the 1,984 test images of both digits",
                "means of 2 x 2 pixels, 196 means over the images (centring), and one number a feature for the quadratic gradient",
                settings(ScalingKind.CENTER).build());
    }

    private LabeledDataset digits(String part) {
        Path mnist = folder.resolve("mnist");
        ImageSet images = DatasetReader.idx(
                mnist.resolve(part + "-images-idx3-ubyte.gz"), mnist.resolve(part + "-labels-idx1-ubyte.gz"));
        List<double[]> rows = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            int digit = images.labels()[i];
            if (digit == 3 || digit == 8) {
                rows.add(means(images.pixels()[i]));
                labels.add(digit == 8 ? 1 : 0);
            }
        }
        return new LabeledDataset(
                rows.toArray(double[][]::new),
                labels.stream().mapToInt(c -> c).toArray(),
                List.of("3", "8"),
                List.of(),
                "");
    }

    /** Means of 2 x 2 pixels, 0 to 1. */
    private static double[] means(byte[] pixels) {
        double[] out = new double[HALF * HALF];
        for (int k = 0; k < pixels.length; k++) {
            out[k / SIDE / 2 * HALF + k % SIDE / 2] += (pixels[k] & 0xFF) / (4 * 255.0);
        }
        return out;
    }

    private TrainTestSplit regnet() {
        Path file = folder.resolve("paper/regnet-x-400mf-mnist-first512.csv.gz");
        return TrainTestSplit.inOrder(DatasetReader.csv(file, 10), 128);
    }

    private SameDataCase published() {
        return new SameDataCase(
                "The paper's 128 images, its own iteration",
                "arXiv 2304.03807: 21.49 % on 10,000 test images after 2 iterations, about 21 minutes on 64 threads.",
                regnet(),
                "the 384 images behind them, whose features are published, too",
                "REGNET_X_400MF features, as published; one number a feature for the quadratic gradient",
                settings(ScalingKind.NONE)
                        .iterations(2)
                        .preconditioner(Preconditioner.PROGRAM_BOUND)
                        .schedule(Schedule.paper())
                        .learningRate(1)
                        .sigmoid(SigmoidApproximation.PAPER_CUBIC)
                        .startWeight(0.0128)
                        .build());
    }

    private SameDataCase sameImages() {
        return new SameDataCase(
                "The paper's 128 images, other settings",
                "The same.",
                regnet(),
                "the same 384 images",
                "REGNET_X_400MF features, as published; 400 means and deviations (standardising), and one number a feature for the"
                        + " quadratic gradient",
                settings(ScalingKind.STANDARDIZE).build());
    }
}
