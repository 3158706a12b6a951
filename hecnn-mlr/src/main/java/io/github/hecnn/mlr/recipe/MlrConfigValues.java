package io.github.hecnn.mlr.recipe;

import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.features.Preconditioner;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The settings behind {@link MlrConfig}, checked.
 *
 * @param startWeights [classes][features]; null if all are the initial weight
 */
@SuppressWarnings("ArrayRecordComponent") // compared and hashed below
record MlrConfigValues(
        int samples,
        int features,
        int classes,
        int iterations,
        SigmoidApproximation sigmoid,
        double initialWeight,
        double[][] startWeights,
        Preconditioner preconditioner,
        OutsideInterval outsideInterval,
        Schedule schedule,
        double learningRate,
        double l2,
        double labelSmoothing) {
    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    MlrConfigValues {
        MlrConfigChecks.atLeast(samples, 1, "samples");
        MlrConfigChecks.atLeast(features, 2, "features (with the leading 1)");
        MlrConfigChecks.atLeast(classes, 2, "classes");
        MlrConfigChecks.atLeast(iterations, 1, "iterations");
        Objects.requireNonNull(sigmoid, "sigmoid");
        Objects.requireNonNull(preconditioner, "preconditioner");
        Objects.requireNonNull(outsideInterval, "outsideInterval");
        Objects.requireNonNull(schedule, "schedule");
        MlrConfigChecks.initialWeight(initialWeight);
        startWeights = startWeights == null ? null : MlrConfigChecks.startWeights(startWeights, classes, features);
        MlrConfigChecks.learningRate(learningRate);
        MlrConfigChecks.l2(l2, learningRate);
        MlrConfigChecks.labelSmoothing(labelSmoothing);
    }

    /** A hash of what decides on the course of a training at the cloud. */
    long courseHash() {
        long hash = Arrays.hashCode(new int[] {samples, features, classes, hasStart()});
        hash = 31 * hash + sigmoid.hashCode();
        hash = 31 * hash + schedule.momentum().name().hashCode();
        hash = 31 * hash + Double.hashCode(schedule.constantMomentum());
        hash = 31 * hash + Double.hashCode(schedule.decayFactor()) + schedule.decayEvery();
        return 31 * (31 * hash + Double.hashCode(learningRate)) + Double.hashCode(l2);
    }

    private int hasStart() {
        return startWeights != null ? 2 : initialWeight != 0 ? 1 : 0;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof MlrConfigValues v
                && parts().equals(v.parts())
                && Arrays.deepEquals(startWeights, v.startWeights);
    }

    private List<Object> parts() {
        return List.of(
                samples,
                features,
                classes,
                iterations,
                sigmoid,
                initialWeight,
                preconditioner,
                outsideInterval,
                schedule,
                learningRate,
                l2,
                labelSmoothing);
    }

    @Override
    public int hashCode() {
        return Objects.hash(courseHash(), iterations, initialWeight, preconditioner, outsideInterval, labelSmoothing);
    }

    @Override
    public String toString() {
        return samples + " samples x " + features + " features x " + classes + " classes, " + iterations
                + " iterations, sigmoid " + sigmoid + ", " + schedule + ", learning rate " + learningRate + ", L2 " + l2
                + ", label smoothing " + labelSmoothing + ", "
                + (startWeights == null ? "initial weight " + initialWeight : "start weights") + ", " + preconditioner
                + ", " + outsideInterval;
    }
}
