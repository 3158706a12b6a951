package io.github.hecnn.core.internal.kernel.switching;

import io.github.hecnn.core.internal.kernel.RingKernels;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Which kernels run one operation. It begins with the first ones; when these have taken as long as compiling the others may take, the others
 * are tried out in the background, and take over when they are compiled. Thread-safe.
 */
final class OperationSwitch {
    /** By how much the time until the next trial may grow: by a factor of 2^10. */
    private static final int MOST_DOUBLINGS = 10;

    private static final long SWITCHED = Long.MIN_VALUE;

    private final RingKernels later;
    private final long dueNanos;
    private final long trialNanos;
    private final AtomicLong left;
    private volatile RingKernels current;
    private int trials;

    /**
     * Begins with the first kernels.
     *
     * @param dueNanos time of all threads after which a trial pays
     * @param trialNanos how long a trial may take
     */
    OperationSwitch(RingKernels first, RingKernels later, long dueNanos, long trialNanos) {
        this.later = later;
        this.dueNanos = dueNanos;
        this.trialNanos = trialNanos;
        left = new AtomicLong(dueNanos);
        current = first;
    }

    /** What runs the operation now. */
    RingKernels kernels() {
        return current;
    }

    /** The time, or a mark that nobody looks at the time any more. */
    long start() {
        return current == later ? SWITCHED : System.nanoTime();
    }

    /**
     * Whether the call that began at a time is the one after which the others should be tried.
     *
     * @param start of {@link #start}
     * @return true for one call only
     */
    boolean due(long start) {
        if (start == SWITCHED) {
            return false;
        }
        long nanos = System.nanoTime() - start;
        long before = left.getAndAdd(-nanos);
        return before > 0 && before <= nanos;
    }

    /**
     * Has the other kernels tried out in the background.
     *
     * @param call the operation on arrays of its own
     */
    void tryOut(Consumer<RingKernels> call) {
        trials++; // one trial at a time: due() is true once until the next one is allowed
        int number = trials;
        RingKernels first = current;
        Trials.submit(() -> {
            if (Trials.compiled(first, later, call, trialNanos)) {
                current = later;
            } else {
                left.set(dueNanos << Math.min(number, MOST_DOUBLINGS));
            }
        });
    }
}
