package io.github.hecnn.spark;

/** Hears what a training takes on the cluster. */
@FunctionalInterface
public interface ClusterListener {
    /** Hears nothing. */
    ClusterListener QUIET = report -> {};

    /**
     * A gradient is there. Called by the thread that trains.
     *
     * @param report of the run
     */
    void gradientDone(GradientReport report);

    /**
     * A refresh came back from an executor; never called if refreshes are the driver's. Called by the thread that trains.
     *
     * @param report of the run
     */
    default void refreshDone(RefreshReport report) {}

    /**
     * Progress within a gradient, each time that a partition is done. Called by a thread of Spark, which should not be kept.
     *
     * @param gradient 1 for the first of this driver
     * @param done blocks that are done
     * @param blocks of the minibatch
     */
    default void blocksDone(int gradient, int done, int blocks) {}
}
