package io.github.hecnn.core.internal.kernel.switching;

import io.github.hecnn.core.internal.kernel.RingKernels;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs an operation of kernels that are not compiled yet, again and again on data that nobody needs, until the JVM has compiled it. One daemon
 * thread for all operations, which ends when there is nothing to try.
 */
final class Trials {
    /** Calls in a row that have to be as fast. */
    private static final int IN_A_ROW = 3;

    /** What counts as no slower: loops that the JVM makes vectors of by itself are as fast either way. */
    private static final double NOISE = 1.25;

    private static final ThreadPoolExecutor THREAD = thread();

    private Trials() {}

    private static ThreadPoolExecutor thread() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "hecnn-kernel-trials");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    static void submit(Runnable trial) {
        THREAD.execute(trial);
    }

    /**
     * Whether the later kernels become as fast as the first ones: compiled, that is.
     *
     * @param call the operation, which may be repeated
     * @param mostNanos how long to try
     * @return false if they have not by then, on a machine that has no time for the compiler
     */
    static boolean compiled(RingKernels first, RingKernels later, Consumer<RingKernels> call, long mostNanos) {
        long end = System.nanoTime() + mostNanos;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < IN_A_ROW; i++) {
            least = Math.min(least, nanos(first, call));
        }
        int inARow = 0;
        while (inARow < IN_A_ROW) {
            long nanos = nanos(later, call);
            inARow = nanos <= NOISE * least ? inARow + 1 : 0;
            if (System.nanoTime() - end > 0) {
                return false;
            }
        }
        return true;
    }

    private static long nanos(RingKernels kernels, Consumer<RingKernels> call) {
        long start = System.nanoTime();
        call.accept(kernels);
        return System.nanoTime() - start;
    }
}
