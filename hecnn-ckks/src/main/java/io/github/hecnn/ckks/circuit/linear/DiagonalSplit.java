package io.github.hecnn.ckks.circuit.linear;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.cost.OperationPrices;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.slots.SlotChecks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * How the rotations of a linear transform are shared: diagonal k is baby step b(k) of the input, then giant step g(k)
 * of a sum. Giant steps are taken from the farthest to the nearest, each sum joining on the way, so that only the
 * distances between neighbouring giants need keys: one key, if they are all equal.
 */
final class DiagonalSplit {
    // Thousandths of a single rotation: a hoisted rotation has no transform at all until it, or a sum of its products,
    // is
    // divided by P.
    private static final int DECOMPOSITION = OperationPrices.typical(Operation.DECOMPOSITION);
    private static final int BABY = OperationPrices.typical(Operation.KEY_PRODUCT);
    private static final int DIVISION = OperationPrices.typical(Operation.DIVISION);
    private static final int ROTATION = OperationPrices.typical(Operation.ROTATION);

    private final int slots;
    private final int offset;
    private final int modulus;
    private final TreeSet<Integer> babies = new TreeSet<>();
    private final TreeSet<Integer> giants = new TreeSet<>();

    private DiagonalSplit(Collection<Integer> diagonals, int slots, int offset, int modulus) {
        this.slots = slots;
        this.offset = offset;
        this.modulus = modulus;
        for (int k : diagonals) {
            babies.add(baby(k));
            giants.add(giant(k));
        }
    }

    /**
     * The split of least time.
     *
     * @param diagonals at least one, in the representation of {@link #unwrapped}
     * @param alsoNeeded steps that need keys anyway
     * @param maxKeys most keys, those included
     * @param giantSteps false for baby steps only
     * @throws InvalidParametersException if no split does with so few keys
     */
    static DiagonalSplit cheapest(
            NavigableSet<Integer> diagonals,
            int slots,
            Collection<Integer> alsoNeeded,
            int maxKeys,
            boolean giantSteps) {
        int first = diagonals.first();
        int span = diagonals.last() - first;
        int unit = unit(diagonals);
        // all of them babies
        DiagonalSplit best = new DiagonalSplit(diagonals, slots, first, span + unit);
        int fewest = best.keys(alsoNeeded);
        if (fewest > maxKeys) {
            best = null;
        }
        for (int m = 1; giantSteps && m <= span / unit; m = next(m)) {
            int modulus = m * unit;
            for (int offset : new int[] {first, Math.floorDiv(first, modulus) * modulus, 0}) {
                DiagonalSplit split = new DiagonalSplit(diagonals, slots, offset, modulus);
                int keys = split.keys(alsoNeeded);
                fewest = Math.min(fewest, keys);
                if (keys <= maxKeys && (best == null || split.isBetterThan(best, alsoNeeded))) {
                    best = split;
                }
            }
        }
        if (best == null) {
            throw new InvalidParametersException("LinearTransform: expected a limit of at least " + fewest
                    + " rotation keys for these diagonals, found " + maxKeys
                    + "; raise maxRotationKeys" + (giantSteps ? "" : " or allow giant steps"));
        }
        return best;
    }

    /** 1 .. 8, 10, 12, 14, 16, 20, ...: fine enough for a flat minimum. */
    private static int next(int m) {
        return m + Math.max(1, Integer.highestOneBit(m) / 4);
    }

    private static int gcd(int a, int b) {
        return b == 0 ? Math.abs(a) : gcd(b, a % b);
    }

    /**
     * The split of least time of diagonals and of all steps between them, or between them and 0, that have the same distance as they have
     * in common: evenly spaced, so one key is always enough.
     *
     * @param diagonals at least one, from 0 to slots - 1
     * @throws InvalidParametersException without a key
     */
    static DiagonalSplit even(NavigableSet<Integer> diagonals, int slots, Collection<Integer> alsoNeeded, int maxKeys) {
        TreeSet<Integer> withZero = new TreeSet<>(diagonals);
        withZero.add(0);
        DiagonalSplit best = cheapest(withoutGaps(withZero), slots, alsoNeeded, maxKeys, true);
        try {
            DiagonalSplit nearer = cheapest(withoutGaps(diagonals), slots, alsoNeeded, maxKeys, true);
            best = nearer.isBetterThan(best, alsoNeeded) ? nearer : best;
        } catch (InvalidParametersException e) {
            // the way home from the first diagonal is one key too many
        }
        best.babies.clear(); // of steps that no diagonal uses
        for (int k : diagonals) {
            best.babies.add(best.baby(k));
        }
        return best;
    }

    private static NavigableSet<Integer> withoutGaps(NavigableSet<Integer> diagonals) {
        TreeSet<Integer> out = new TreeSet<>();
        for (int k = diagonals.first(); k <= diagonals.last(); k += unit(diagonals)) {
            out.add(k);
        }
        return out;
    }

    private static int unit(NavigableSet<Integer> diagonals) {
        int unit = 0;
        for (int k : diagonals) {
            unit = gcd(unit, k - diagonals.first());
        }
        return Math.max(unit, 1);
    }

    /** Representatives modulo the number of slots that lie as close together as possible, cut at the widest gap. */
    static NavigableSet<Integer> unwrapped(Collection<Integer> diagonals, int slots) {
        TreeSet<Integer> residues = new TreeSet<>();
        diagonals.forEach(k -> residues.add(Math.floorMod(k, slots)));
        int start = residues.first();
        int widest = residues.first() + slots - residues.last();
        Integer previous = null;
        for (int k : residues) {
            if (previous != null && k - previous > widest) {
                widest = k - previous;
                start = k;
            }
            previous = k;
        }
        TreeSet<Integer> out = new TreeSet<>();
        int shift = start > slots / 2 ? slots : 0;
        for (int k : residues) {
            out.add((k < start ? k + slots : k) - shift);
        }
        return out;
    }

    private boolean isBetterThan(DiagonalSplit other, Collection<Integer> alsoNeeded) {
        return time() != other.time() ? time() < other.time() : keys(alsoNeeded) < other.keys(alsoNeeded);
    }

    private long time() {
        int hoisted = hoistedRotations();
        long inSums = hoisted == 0
                ? 0
                : DECOMPOSITION + (long) BABY * hoisted + (long) DIVISION * Math.min(hoisted, giants.size());
        return inSums + (long) ROTATION * rotations();
    }

    private int keys(Collection<Integer> alsoNeeded) {
        NavigableSet<Integer> steps = steps();
        alsoNeeded.forEach(k -> steps.add(SlotChecks.normalise(k, slots)));
        return steps.size();
    }

    int baby(int k) {
        return Math.floorMod(k - offset, modulus) + offset;
    }

    int giant(int k) {
        return k - baby(k);
    }

    /** In ascending order. */
    int[] babies() {
        return babies.stream().mapToInt(Integer::intValue).toArray();
    }

    /** In ascending order. */
    int[] giants() {
        return giants.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Divisions by P are fewer when sums are divided, not rotations: products then run modulo P, too. */
    boolean dividesSums() {
        return hoistedRotations() > giants.size();
    }

    int hoistedRotations() {
        return (int) babies.stream().filter(b -> b % slots != 0).count();
    }

    int rotations() {
        return (int) travels().stream().filter(t -> t % slots != 0).count();
    }

    /** Steps of the single rotations: from each giant to the one before it, and from the first one home. */
    private List<Integer> travels() {
        List<Integer> out = new ArrayList<>(giants.size());
        int previous = 0;
        for (int g : giants) {
            out.add(g - previous);
            previous = g;
        }
        return out;
    }

    /** Normalised steps of all rotations. */
    NavigableSet<Integer> steps() {
        NavigableSet<Integer> steps = new TreeSet<>();
        babies.forEach(b -> steps.add(SlotChecks.normalise(b, slots)));
        travels().forEach(t -> steps.add(SlotChecks.normalise(t, slots)));
        steps.remove(0);
        return steps;
    }
}
