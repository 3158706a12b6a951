package io.github.hecnn.mlr.recipe;

import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.DesignMatrix;
import io.github.hecnn.mlr.features.Preconditioner;
import java.util.Objects;

/**
 * The shape and settings of one training run. The cloud has to know the first six besides parameters and keys; the last two are the
 * owner's alone and change nothing at the cloud.
 *
 * @param samples training samples, at least 1
 * @param features columns of the design matrix with the leading 1, at least 2
 * @param classes at least 2
 * @param iterations at least 1
 * @param sigmoid the polynomial used in place of the sigmoid
 * @param initialWeight the value of every weight before the first iteration; finite
 * @param preconditioner the diagonal of the quadratic gradient
 * @param outsideInterval what to do when a score leaves the interval of the polynomial
 */
public record MlrConfig(
        int samples,
        int features,
        int classes,
        int iterations,
        SigmoidApproximation sigmoid,
        double initialWeight,
        Preconditioner preconditioner,
        OutsideInterval outsideInterval) {
    /** @throws IllegalArgumentException if a number is out of the range given above */
    public MlrConfig {
        atLeast(samples, 1, "samples");
        atLeast(features, 2, "features (with the leading 1)");
        atLeast(classes, 2, "classes");
        atLeast(iterations, 1, "iterations");
        Objects.requireNonNull(sigmoid, "sigmoid");
        Objects.requireNonNull(preconditioner, "preconditioner");
        Objects.requireNonNull(outsideInterval, "outsideInterval");
        if (!Double.isFinite(initialWeight)) {
            throw new IllegalArgumentException(
                    "training settings: expected a finite initial weight, found " + initialWeight + "; use 0");
        }
    }

    /**
     * Settings with {@link Preconditioner#PROGRAM_BOUND} and {@link OutsideInterval#REFUSE}.
     *
     * @throws IllegalArgumentException as the constructor of all settings
     */
    public MlrConfig(
            int samples,
            int features,
            int classes,
            int iterations,
            SigmoidApproximation sigmoid,
            double initialWeight) {
        this(
                samples,
                features,
                classes,
                iterations,
                sigmoid,
                initialWeight,
                Preconditioner.PROGRAM_BOUND,
                OutsideInterval.REFUSE);
    }

    /** The paper's sigmoid cubic and weights from zero. */
    public static MlrConfig of(int samples, int features, int classes, int iterations) {
        return new MlrConfig(samples, features, classes, iterations, SigmoidApproximation.PAPER_CUBIC, 0);
    }

    /** These settings with another preconditioner. */
    public MlrConfig withPreconditioner(Preconditioner value) {
        return new MlrConfig(samples, features, classes, iterations, sigmoid, initialWeight, value, outsideInterval);
    }

    /** These settings with another word on scores outside of the polynomial's interval. */
    public MlrConfig withOutsideInterval(OutsideInterval value) {
        return new MlrConfig(samples, features, classes, iterations, sigmoid, initialWeight, preconditioner, value);
    }

    /**
     * These settings for another number of samples.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public MlrConfig withSamples(int value) {
        return new MlrConfig(
                value, features, classes, iterations, sigmoid, initialWeight, preconditioner, outsideInterval);
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
