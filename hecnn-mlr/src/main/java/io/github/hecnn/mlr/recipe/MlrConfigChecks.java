package io.github.hecnn.mlr.recipe;

import io.github.hecnn.mlr.data.DesignMatrix;
import java.util.Arrays;

/** What settings of a training have to be; each check gives back what it was given. */
final class MlrConfigChecks {
    private MlrConfigChecks() {}

    static int atLeast(int value, int least, String what) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "training settings: expected at least " + least + " " + what + ", found " + value + "; raise it");
        }
        return value;
    }

    static double initialWeight(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "training settings: expected a finite initial weight, found " + value + "; use 0");
        }
        return value;
    }

    /** A deep copy of [classes][features]. */
    static double[][] startWeights(double[][] weights, int classes, int features) {
        double[][] out = new double[classes][];
        boolean shape = weights.length == classes;
        for (int j = 0; shape && j < classes; j++) {
            shape = weights[j].length == features;
            out[j] = weights[j].clone();
        }
        if (!shape || !Arrays.stream(out).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("training settings: expected finite start weights for " + classes
                    + " classes and " + features + " features, found others; give [classes][features]");
        }
        return out;
    }

    static double learningRate(double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("training settings: expected a positive finite learning rate, found "
                    + value + "; 1 is the quadratic gradient's own");
        }
        return value;
    }

    static double l2(double value, double learningRate) {
        if (!(value >= 0 && value * learningRate < 1)) {
            throw new IllegalArgumentException("training settings: expected an L2 weight of 0 or more, below 1 if"
                    + " multiplied by the learning rate, found " + value + " at a learning rate of " + learningRate
                    + "; use 0 or a small number");
        }
        return value;
    }

    static double labelSmoothing(double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(
                    "training settings: expected label smoothing of 0 or more, below 1, found " + value
                            + "; 0.1 is usual, 0 for none");
        }
        return value;
    }

    /** Refuses data of another shape than the settings say. */
    static void shape(int samples, int features, double[][] x, int labels) {
        if (x.length != samples || labels != samples) {
            throw new IllegalArgumentException("training data: expected " + samples + " samples and labels, found "
                    + x.length + " and " + labels + "; make settings and data agree");
        }
        DesignMatrix.check("training data", x, features);
    }
}
