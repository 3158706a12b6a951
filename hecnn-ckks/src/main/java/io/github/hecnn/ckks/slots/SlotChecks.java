package io.github.hecnn.ckks.slots;

import io.github.hecnn.ckks.error.IntervalException;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.error.TransparentCiphertextException;
import java.util.List;

/** The rules of {@link SlotAlgebra} and their texts, shared by its implementations so that a rehearsal fails as the real run would. */
public final class SlotChecks {
    /** Rounding of doubles in a rehearsal. */
    private static final double REFRESH_SLACK = 0x1p-30;

    private static final String LARGER = "as larger parts come back wrong";
    private static final String SMALLER_SLOTS = "scale the value down, or take parameters of a larger bound";

    private SlotChecks() {}

    static void equalScaleDegrees(String operation, int a, int b) {
        if (a != b) {
            throw new ScaleException(operation + ": expected operands of equal scale degree, found " + a + " and " + b
                    + "; rescale the one of degree 2 first");
        }
    }

    /**
     * Refuses factors that have not been rescaled.
     *
     * @param operation what asks
     * @param found scale degree of the value
     * @throws ScaleException if it is not 1
     */
    public static void scaleDegreeOne(String operation, int found) {
        if (found != 1) {
            throw new ScaleException(
                    operation + ": expected a value of scale degree 1, found " + found + "; rescale it first");
        }
    }

    static void twoComponents(String operation, int found) {
        if (found != 2) {
            throw new MismatchException(
                    operation + ": expected a value of 2 components, found " + found + "; relinearize it first");
        }
    }

    static void factor(String operation, int scaleDegree, int components) {
        scaleDegreeOne(operation, scaleDegree);
        twoComponents(operation, components);
    }

    /**
     * Refuses vectors of another size.
     *
     * @param operation what asks
     * @param slots number of slots that is wanted
     * @param found that of the vector
     * @throws MismatchException if they differ
     */
    public static void size(String operation, int slots, int found) {
        if (slots != found) {
            throw new MismatchException(operation + ": expected a vector of " + slots + " slots, found " + found
                    + "; pad or split it to the number of slots");
        }
    }

    static void equalSizes(String operation, List<?> a, List<?> b) {
        if (a.isEmpty() || a.size() != b.size()) {
            throw new MismatchException(operation + ": expected two lists of one length, at least 1, found " + a.size()
                    + " and " + b.size() + "; give one factor for each value");
        }
    }

    static void sums(String operation, int terms, List<List<PlainVector>> p) {
        for (List<PlainVector> sum : p) {
            if (sum.size() != terms || sum.stream().allMatch(v -> v == null)) {
                throw new MismatchException(operation + ": expected one plain vector or null for each of " + terms
                        + " steps, and not only null, found " + sum.size() + " entries; give every sum a term");
            }
        }
    }

    /** Refuses a result whose second component would be zero: anybody could read it. */
    static void notTransparent(String operation, boolean transparent, boolean allowed) {
        if (transparent && !allowed) {
            throw new TransparentCiphertextException(operation);
        }
    }

    static void finiteSlots(String operation, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new MismatchException(operation + ": expected finite values, found " + values[i] + " in slot " + i
                        + "; check where it was computed");
            }
        }
    }

    /**
     * Refuses an interval with exchanged ends.
     *
     * @param operation what asks
     * @param low left end
     * @param high right end
     * @throws InvalidParametersException if low is above high or one is not a number
     */
    public static void interval(String operation, double low, double high) {
        if (!(low <= high)) {
            throw new InvalidParametersException(operation + ": expected the ends of an interval in order, found " + low
                    + " and " + high + "; exchange them");
        }
    }

    /** What to say of slots outside of an interval, up to rounding; null if there is none. */
    static IntervalException outside(String operation, double[] slots, double low, double high, PlainVector where) {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < slots.length; i++) {
            if (where == null || where.re(i) != 0 || where.im(i) != 0) {
                smallest = Math.min(smallest, slots[i]);
                largest = Math.max(largest, slots[i]);
            }
        }
        double slack = 0x1p-30 * Math.max(Math.abs(low), Math.abs(high));
        return smallest < low - slack || largest > high + slack
                ? new IntervalException(operation, smallest, largest, low, high)
                : null;
    }

    /** What to say of slots that are nearer to zero than low, up to rounding; null if there is none. */
    static IntervalException tooSmall(String operation, double[] slots, double low, double high, PlainVector where) {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int i = 0; i < slots.length; i++) {
            if (where == null || where.re(i) != 0 || where.im(i) != 0) {
                smallest = Math.min(smallest, Math.abs(slots[i]));
                largest = Math.max(largest, Math.abs(slots[i]));
            }
        }
        return smallest < low - 0x1p-30 * high
                ? new IntervalException(
                        operation,
                        "or their negatives, as the sign of smaller ones is not certain",
                        smallest,
                        largest,
                        low,
                        high,
                        "take a smaller resolution, or say with a vector which slots matter")
                : null;
    }

    static void finite(String operation, double c) {
        if (!Double.isFinite(c)) {
            throw new InvalidParametersException(
                    operation + ": expected a finite constant, found " + c + "; check where it was computed");
        }
    }

    static void canRescale(int level, int scaleDegree, int maxLevel) {
        if (scaleDegree != 2) {
            throw new ScaleException("rescale: expected a value of scale degree 2, found " + scaleDegree
                    + "; multiply first, or use dropToLevel to give up levels");
        }
        if (level < 1) {
            throw new LevelException(
                    "rescale: expected a value of level 1 or more, found level 0; the circuit needs at least "
                            + (maxLevel + 1) + " levels and the chain has " + maxLevel
                            + ": choose parameters with more levels, or refresh the value");
        }
    }

    /** @param limits null without a refresher */
    static void canRefresh(Refresher.Limits limits, int level, int scaleDegree, int components) {
        if (limits == null) {
            throw new MismatchException("refresh: expected an algebra with a refresher, found one without; give"
                    + " CkksSlotAlgebra a Bootstrapper, or SimulatedSlotAlgebra.Builder.refreshing its limits");
        }
        factor("refresh", scaleDegree, components);
        if (level < limits.inputLevel() || level > limits.outputLevel()) {
            throw new LevelException("refresh: expected a value of level " + limits.inputLevel() + ".."
                    + limits.outputLevel() + ", found level " + level + "; refresh before the level falls below "
                    + limits.inputLevel());
        }
    }

    /** The limits, if an algebra can have them; null is none. */
    static Refresher.Limits limits(Refresher.Limits limits, int slots, int maxLevel) {
        if (limits != null && (limits.outputLevel() > maxLevel || limits.period() > slots)) {
            throw new MismatchException("Refresher: expected an output level up to " + maxLevel + " and a period up to "
                    + slots + " slots, found level " + limits.outputLevel() + " and " + limits.period()
                    + " slots; make algebra and refresher of the same parameters");
        }
        return limits;
    }

    static void refreshed(Refresher.Limits limits, int level, int scaleDegree, int components) {
        if (level != limits.outputLevel() || scaleDegree != 1 || components != 2) {
            throw new MismatchException("refresh: expected a refresher's result of level " + limits.outputLevel()
                    + ", scale degree 1 and 2 components, found level " + level + ", scale degree " + scaleDegree
                    + " and "
                    + components + " components; limits() must tell what refresh(v) does");
        }
    }

    /** Slots must be within the bound, real unless complex ones survive, and repeat themselves; null if they are and do. */
    static IntervalException beyond(Refresher.Limits r, SlotValues v) {
        IntervalException found = beyond(v.re, r.bound(), LARGER, SMALLER_SLOTS);
        if (found == null && v.im != null) {
            found = r.complexSlots()
                    ? beyond(v.im, r.bound(), LARGER, SMALLER_SLOTS)
                    : beyond(v.im, 0, "as imaginary parts are lost", "take parameters with complexSlots(true)");
        }
        return found;
    }

    private static IntervalException beyond(double[] part, double bound, String reason, String remedy) {
        double smallest = 0;
        double largest = 0;
        for (double x : part) {
            smallest = Math.min(smallest, x);
            largest = Math.max(largest, x);
        }
        double most = bound + REFRESH_SLACK * Math.max(1, bound);
        return smallest < -most || largest > most
                ? new IntervalException("refresh", reason, smallest, largest, 0 - bound, bound, remedy)
                : null;
    }

    /** The same for slots with a bound only, not a number if unknown. */
    static IntervalException beyond(Refresher.Limits r, double bound) {
        return beyond(new double[] {Double.isNaN(bound) ? 0 : bound}, r.bound(), LARGER, SMALLER_SLOTS);
    }

    /** Vectors of fewer slots must repeat themselves. */
    static void repeats(int period, double[] part) {
        if (part == null) {
            return;
        }
        for (int i = period; i < part.length; i++) {
            double expected = part[i - period];
            if (Math.abs(part[i] - expected) > REFRESH_SLACK * Math.max(1, Math.abs(expected))) {
                throw new MismatchException("refresh: expected a vector that repeats itself after " + period
                        + " slots, found " + expected + " in slot " + (i - period) + " and " + part[i] + " in slot " + i
                        + "; fill all slots with copies, or take parameters with more slots");
            }
        }
    }

    static void canDrop(String operation, int level, int target) {
        if (target < 0 || target > level) {
            throw new LevelException(operation + ": expected a level from 0 to " + level + ", found " + target
                    + "; levels can only be given up");
        }
    }

    /**
     * Steps modulo the number of slots.
     *
     * @param steps any integer
     * @param slots a power of two
     * @return the same rotation in (-slots/2, slots/2]
     */
    public static int normalise(int steps, int slots) {
        int left = Math.floorMod(steps, slots);
        return left > slots / 2 ? left - slots : left;
    }

    static int[] normalise(String operation, int[] steps, int slots) {
        if (steps.length == 0) {
            throw new MismatchException(
                    operation + ": expected at least 1 step, found none; give the steps to rotate by");
        }
        int[] out = new int[steps.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = normalise(steps[i], slots);
        }
        return out;
    }

    static void giantSteps(String operation, int sums, int giantSteps) {
        if (sums == 0 || sums != giantSteps) {
            throw new MismatchException(operation + ": expected at least one sum and a giant step for each, found "
                    + sums + " sums and " + giantSteps + " giant steps; give step 0 where nothing is rotated");
        }
    }
}
