package io.github.hecnn.ckks.bootstrap;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * One stage of a transform between slots and coefficients: which butterflies it takes together, and how the rotations of its diagonals are shared.
 * Diagonal t has distance t 2^low; it is baby step (t - first) mod babies, and giant step (t - first) / babies. All rotations go to the left by at
 * least zero, so the result of a stage is short of {@code first} times 2^low steps; the next stage takes them into its plaintexts.
 *
 * @param low first butterfly
 * @param butterflies how many
 * @param logSlots log2 of the number of slots
 * @param inverse from slots to coefficients
 * @param level of the input
 * @param pending steps to the left that the input is short of
 */
record StagePlan(int low, int butterflies, int logSlots, boolean inverse, int level, int pending) {
    /**
     * The stages of a transform, one level each.
     *
     * @param sizes butterflies of each stage, in the order in which they are applied
     * @param inverse slots to coefficients as numbers in slots: the highest butterflies first; otherwise the lowest first
     * @param topLevel level of the input
     */
    static List<StagePlan> stages(List<Integer> sizes, boolean inverse, int topLevel) {
        int logSlots = sizes.stream().mapToInt(Integer::intValue).sum();
        List<StagePlan> out = new ArrayList<>();
        int done = 0;
        int pending = 0;
        for (int i = 0; i < sizes.size(); i++) {
            int low = inverse ? logSlots - done - sizes.get(i) : done;
            StagePlan s = new StagePlan(low, sizes.get(i), logSlots, inverse, topLevel - i, pending);
            out.add(s);
            pending = s.pendingAfter();
            done += sizes.get(i);
        }
        return out;
    }

    private boolean wraps() {
        return low + butterflies == logSlots;
    }

    /** Distance between neighbouring diagonals. */
    int unit() {
        return 1 << low;
    }

    /** Number of diagonals. */
    int diagonals() {
        return wraps() ? 1 << butterflies : (2 << butterflies) - 1;
    }

    /** Smallest multiple of the unit. */
    int first() {
        return wraps() ? 0 : 1 - (1 << butterflies);
    }

    /** Baby steps: a power of two, at least the square root of the diagonals. */
    int babies() {
        int b = 1;
        while (b * b < diagonals()) {
            b *= 2;
        }
        return b;
    }

    int giants() {
        return (diagonals() + babies() - 1) / babies();
    }

    /** Steps to the left that the result is short of. */
    int pendingAfter() {
        return Math.floorMod(pending + first() * unit(), 1 << logSlots);
    }

    /** Numbers that repeat themselves in every diagonal. */
    int period() {
        return 1 << (low + butterflies);
    }

    /** Steps to the left of one giant step. */
    int giantStep() {
        return Math.floorMod(babies() * unit(), 1 << logSlots);
    }

    /** Rotations that need keys: steps to the left, below the number of slots. */
    NavigableSet<Integer> rotations() {
        NavigableSet<Integer> steps = new TreeSet<>();
        for (int j = 1; j < babies(); j++) {
            steps.add(Math.floorMod(j * unit(), 1 << logSlots));
        }
        if (giants() > 1) {
            steps.add(giantStep());
        }
        steps.remove(0);
        return steps;
    }
}
