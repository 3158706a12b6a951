package io.github.hecnn.spark;

import io.github.hecnn.ckks.bootstrap.BootstrapPrediction;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import java.util.Locale;

/** Heap of an executor. It depends on the ring, the layout and the tasks at a time, not on the number of samples. */
final class ExecutorMemory {
    /** Spark's own reserve, classes, buffers. */
    private static final long BASE_BYTES = 400L << 20;

    /** Powers and quotients for both directions of a transform, in limbs a prime. */
    private static final int TABLE_LIMBS = 8;

    private static final int READ_AHEAD = 3;

    /** Part of the heap that a collector keeps for itself: a survivor space, of the parallel one a ninth. */
    private static final double COLLECTOR = 0.12;

    private static final double ADVISED = 1.5;

    private ExecutorMemory() {}

    /**
     * What an executor gets by with.
     *
     * @param tasks at the same time
     * @param refreshes whether it may be asked for refreshes
     * @return bytes
     */
    static long of(RowRecipe recipe, RowParameters parameters, int tasks, boolean refreshes) {
        RowLayout layout = recipe.layout();
        CkksParameters ckks = parameters.bootstrap().ckksParameters();
        long limb = (long) ckks.ringDegree() * Double.BYTES;
        long high = 2L * (parameters.featureLevel() + 1) * limb;
        long low = 2L * (parameters.errorLevel() + 1) * limb;
        long primes = ckks.chainLevel() + 1L + ckks.chain().specialPrimes().size();
        long products = (long) layout.groups() * layout.babySteps();
        long partial = products * 3 * (parameters.errorLevel() + 1) * limb;
        long shared = parameters.keyBytes() + TABLE_LIMBS * primes * limb + products * high;
        long block = layout.complexFeatures() * low + (long) READ_AHEAD * layout.babySteps() * high;
        long errors = (long) layout.groups() * (layout.giantSteps() * low + 4 * high);
        BootstrapPrediction refresh = parameters.bootstrap().prediction();
        shared += refreshes ? refresh.keyBytes() + refresh.tableBytes() : 0;
        // A sum, what is added to it, and both as bytes.
        return BASE_BYTES + (shared + tasks * (block + errors + 4 * partial)) * 11 / 10;
    }

    /** What a process may use of a heap that it is given: what {@link Runtime#maxMemory} will say there, or a little less. */
    static long usable(long heap) {
        return (long) ((1 - COLLECTOR) * heap);
    }

    /** The heap to give to a process that is to use so much. */
    static long given(long usable) {
        return (long) Math.ceil(usable / (1 - COLLECTOR));
    }

    /** The heap at which the collector takes little of the time: with the least it runs all the time. */
    static long advised(long usable) {
        return (long) Math.ceil(ADVISED * given(usable));
    }

    /**
     * Refuses too little.
     *
     * @param who has the memory
     * @throws IllegalArgumentException if it needs more than there is
     */
    static void require(String who, long need, long heap) {
        if (need > heap) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "spark: %s: expected at least %.0f MB of heap for keys, a window of a block for each task, and partial"
                            + " gradients, found %.0f MB; set spark.executor.memory (in local mode -Xmx) to %dm, or raise"
                            + " spark.task.cpus so that fewer tasks run at a time",
                    who,
                    need / 1e6,
                    heap / 1e6,
                    ((need + need / 4) >> 20) + 1));
        }
    }
}
