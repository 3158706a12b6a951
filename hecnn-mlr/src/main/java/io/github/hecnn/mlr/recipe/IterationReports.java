package io.github.hecnn.mlr.recipe;

import io.github.hecnn.ckks.circuit.OperationCounts;
import io.github.hecnn.ckks.circuit.SlotAlgebra;

/** Tells a listener operations and seconds since its last report. For one thread. */
public final class IterationReports {
    private final SlotAlgebra<?> algebra;
    private final TrainingListener listener;
    private OperationCounts before;
    private long start = System.nanoTime();

    public IterationReports(SlotAlgebra<?> algebra, TrainingListener listener) {
        this.algebra = algebra;
        this.listener = listener;
        before = algebra.counts();
    }

    public void iterationDone(int t, int level) {
        OperationCounts after = algebra.counts();
        long end = System.nanoTime();
        listener.iterationDone(new IterationReport(t, level, after.since(before), (end - start) / 1e9));
        before = after;
        start = end;
    }
}
