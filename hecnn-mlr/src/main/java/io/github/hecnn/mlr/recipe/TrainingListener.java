package io.github.hecnn.mlr.recipe;

import io.github.hecnn.ckks.slots.OperationCounts;
import io.github.hecnn.ckks.slots.SlotAlgebra;

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

    /** Tells a listener operations and seconds since its last report. For one thread. */
    final class Reports {
        private final SlotAlgebra<?> algebra;
        private final TrainingListener listener;
        private OperationCounts before;
        private long start = System.nanoTime();

        /**
         * Begins to count.
         *
         * @param algebra whose operations are counted
         * @param listener who is told
         */
        public Reports(SlotAlgebra<?> algebra, TrainingListener listener) {
            this.algebra = algebra;
            this.listener = listener;
            before = algebra.counts();
        }

        /**
         * Reports an iteration.
         *
         * @param t 1 for the first
         * @param level of its encrypted weights
         */
        public void iterationDone(int t, int level) {
            OperationCounts after = algebra.counts();
            long end = System.nanoTime();
            listener.iterationDone(new IterationReport(t, level, after.since(before), (end - start) / 1e9));
            before = after;
            start = end;
        }
    }
}
