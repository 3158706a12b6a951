package io.github.hecnn.core.internal.kernel.vector.sums;

import io.github.hecnn.core.internal.kernel.vector.lanes.Lanes;
import java.util.stream.IntStream;

/**
 * When a special loop takes over from a general one. The fastest loops are special ones, for one number of terms each. But until the JIT has compiled a
 * loop its vectors are objects, and it takes a hundred times as long; a program that only runs for seconds would pay that for every number of terms, and
 * gain less. So a general loop does the work first. When there has been enough of it, the special one takes one vector of each call, until the JIT has
 * counted enough calls; then it takes all (rules 5 and 6).
 *
 * <p>Thread-safe: a race between threads only makes the change a little later.
 */
final class SpecialLoop {
    private static final int CALLS_UNTIL_COMPILED =
            40_000; // HotSpot: 5,000 calls, or 15,000 with iterations; and its time

    private static final int NOT_FORCED = -1;

    private static volatile int forcedShare = NOT_FORCED;

    private final Work work;
    private int calls;

    /** What general loops of one kind have done, in coefficients, and what they are to do. */
    private static final class Work {
        private final int enough;
        private int done;

        private Work(int enough) {
            this.enough = enough;
        }
    }

    private SpecialLoop(Work work) {
        this.work = work;
    }

    /** Loops of one kind, none of which starts before all general ones together have done so many coefficients. */
    static SpecialLoop[] after(int coefficients, int loops) {
        Work work = new Work(coefficients);
        return IntStream.range(0, loops).mapToObj(i -> new SpecialLoop(work)).toArray(SpecialLoop[]::new);
    }

    /** For tests: every special loop takes this many coefficients at the most from now on. */
    static void forceShare(int coefficients) {
        forcedShare = coefficients;
    }

    /** For tests: as it was. */
    static void unforce() {
        forcedShare = NOT_FORCED;
    }

    /** How many of size coefficients the special loop is to take, in each of calls calls: none, one vector, or all. */
    int share(int size, int callsNow) {
        if (forcedShare != NOT_FORCED) {
            return Math.min(size, forcedShare);
        }
        if (calls >= CALLS_UNTIL_COMPILED) {
            return size;
        }
        if (work.done < work.enough) {
            work.done += size * callsNow;
            return 0;
        }
        calls += callsNow;
        return Math.min(size, Lanes.L);
    }
}
