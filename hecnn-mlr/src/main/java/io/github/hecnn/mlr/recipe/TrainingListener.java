package io.github.hecnn.mlr.recipe;

/** Hears how a training comes along, on the thread that called it. */
@FunctionalInterface
public interface TrainingListener {
    /** Hears nothing. */
    TrainingListener NONE = report -> {};

    /**
     * An iteration is complete.
     *
     * @param report what it took
     */
    void iterationDone(IterationReport report);

    /**
     * Progress within the training, for a progress bar.
     *
     * @param phase what is being done, such as {@code iteration 2}
     * @param fraction how much of that phase is done, 0..1
     */
    default void progress(String phase, double fraction) {}
}
