package io.github.hecnn.mlr.train;

import io.github.hecnn.mlr.approx.SigmoidApproximation;
import java.util.Objects;

/**
 * The public shape and settings of one training run: all that the cloud has to know besides parameters and keys.
 *
 * @param samples training samples, at least 1
 * @param features columns of the design matrix with the leading 1, at least 2
 * @param classes at least 2
 * @param iterations at least 1
 * @param sigmoid the polynomial used in place of the sigmoid
 * @param initialWeight the value of every weight before the first iteration; finite
 */
public record MlrConfig(
        int samples, int features, int classes, int iterations, SigmoidApproximation sigmoid, double initialWeight) {
    /** @throws IllegalArgumentException if a number is out of the range given above */
    public MlrConfig {
        atLeast(samples, 1, "samples");
        atLeast(features, 2, "features (with the leading 1)");
        atLeast(classes, 2, "classes");
        atLeast(iterations, 1, "iterations");
        Objects.requireNonNull(sigmoid, "sigmoid");
        if (!Double.isFinite(initialWeight)) {
            throw new IllegalArgumentException(
                    "training settings: expected a finite initial weight, found " + initialWeight + "; use 0");
        }
    }

    /** The paper's sigmoid cubic and weights from zero. */
    public static MlrConfig of(int samples, int features, int classes, int iterations) {
        return new MlrConfig(samples, features, classes, iterations, SigmoidApproximation.PAPER_CUBIC, 0);
    }

    /**
     * Checks that training data has the shape of these settings.
     *
     * @param x [samples][features], column 0 all ones
     * @param labels [samples], 0..classes-1
     * @throws IllegalArgumentException naming the first thing that does not fit
     */
    public void check(double[][] x, int[] labels) {
        if (x.length != samples || labels.length != samples) {
            throw new IllegalArgumentException("training data: expected " + samples + " samples and labels, found "
                    + x.length + " and " + labels.length + "; make settings and data agree");
        }
        DesignMatrix.check("training data", x, features);
        for (int i = 0; i < samples; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException("training data: expected labels 0.." + (classes - 1) + ", found "
                        + labels[i] + " for sample " + i + "; map labels to that range");
            }
        }
    }

    private static void atLeast(int value, int least, String what) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "training settings: expected at least " + least + " " + what + ", found " + value + "; raise it");
        }
    }
}
