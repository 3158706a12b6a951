package io.github.hecnn.mlr.recipe.row;

import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Where samples, classes and features of a minibatch are in the slots.
 *
 * <p>Classes come in Q groups of rho, the group width. Slot {@code i * rho + j} belongs to row i, which is a sample, and to class j of the
 * group of the ciphertext. Features f and f + K travel as the real and the imaginary part of one complex feature; there are K = K1 * K2
 * of them, a power of two that divides the number of rows R = slots / rho. K1 are the baby steps and K2 the giant steps.
 *
 * <ul>
 *   <li>Weights of group q: slot (i, j) holds the conjugate of complex feature i mod K of class q rho + j. They repeat after K rho slots.
 *   <li>Features: ciphertext (a, b), 0 &lt;= a &lt; K2, 0 &lt;= b &lt; K1, holds in row i complex feature (i + b) mod K of sample i - a K1, the same
 *       for all classes. The K ciphertexts of one block of R samples serve the forward and the backward pass, without masks: rows are
 *       the outermost index, so every rotation by whole rows is cyclic.
 *   <li>Labels of group q: slot (i, j) holds what class q rho + j of sample i should score.
 * </ul>
 *
 * @param slots of a ciphertext, half the ring degree; a power of two
 * @param groupWidth rho, a power of two
 * @param classes at least 2
 * @param features real ones with the leading 1, at least 2
 * @param babySteps K1, a power of two that divides K
 */
public record RowLayout(int slots, int groupWidth, int classes, int features, int babySteps) {
    /**
     * Checks the numbers.
     *
     * @param slots of a ciphertext, half the ring degree; a power of two
     * @param groupWidth rho, a power of two
     * @param classes at least 2
     * @param features real ones with the leading 1, at least 2
     * @param babySteps K1, a power of two that divides K
     * @throws IllegalArgumentException if one is out of the range given above, there are fewer rows than complex features, or more groups
     *     than one ciphertext can take through a refresh
     */
    public RowLayout {
        require(slots >= 2 && isPower(slots), "a power of two of slots", slots, "take half the ring degree");
        require(isPower(groupWidth), "a power of two as group width", groupWidth, "use 1, 2, 4, 8 or 16");
        require(classes >= 2, "at least 2 classes", classes, "raise it");
        require(features >= 2, "at least 2 features, the leading 1 counted", features, "raise it");
        int k = complexFeatures(features);
        require(
                isPower(babySteps) && babySteps <= k,
                "a power of two of baby steps up to " + k,
                babySteps,
                "take about its square root");
        require(
                (long) k * groupWidth <= slots,
                "at least " + (long) k * groupWidth + " slots for " + features + " features and a group width of "
                        + groupWidth,
                slots,
                "use a smaller group width or a larger ring");
        long merged = (long) k * groupWidth * mergedGroups(classes, groupWidth);
        require(
                merged <= slots,
                "at least " + merged + " slots for the groups of " + classes + " classes together",
                slots,
                "use a larger ring or another group width");
    }

    private static void require(boolean holds, String expected, int found, String remedy) {
        if (!holds) {
            throw new IllegalArgumentException("row layout: expected " + expected + ", found " + found + "; " + remedy);
        }
    }

    private static boolean isPower(int n) {
        return n > 0 && Integer.bitCount(n) == 1;
    }

    private static int powerFrom(int n) {
        return n == 1 ? 1 : Integer.highestOneBit(n - 1) << 1;
    }

    /**
     * Complex features for a number of real ones.
     *
     * @param features real features with the leading 1, at least 2
     * @return the least power of two that is at least half of it
     */
    static int complexFeatures(int features) {
        return powerFrom((features + 1) / 2);
    }

    private static int mergedGroups(int classes, int groupWidth) {
        return powerFrom((classes + groupWidth - 1) / groupWidth);
    }

    /** {@return R: rows, and so samples of a block} */
    public int rows() {
        return slots / groupWidth;
    }

    /** {@return Q: groups of classes} */
    public int groups() {
        return (classes + groupWidth - 1) / groupWidth;
    }

    /** {@return K: complex features, and so ciphertexts of features for a block of samples} */
    public int complexFeatures() {
        return complexFeatures(features);
    }

    /** {@return K2} */
    public int giantSteps() {
        return complexFeatures() / babySteps;
    }

    /** {@return slots after which the weights of a group repeat themselves: K rho} */
    public int period() {
        return complexFeatures() * groupWidth;
    }

    /**
     * {@return slots after which all groups in one ciphertext repeat themselves: the period times the number of groups, rounded up to a power of two}
     */
    public int mergedPeriod() {
        return period() * mergedGroups(classes, groupWidth);
    }

    /**
     * Blocks that hold a number of samples.
     *
     * @param samples 0 or more
     * @return samples / rows, rounded up
     */
    public int blocks(int samples) {
        return Math.toIntExact(((long) samples + rows() - 1) / rows());
    }

    /** {@return rotations of the forward pass, which needs their keys at a high level: hoisted baby steps and one giant step} */
    public NavigableSet<Integer> forwardSteps() {
        NavigableSet<Integer> steps = new TreeSet<>();
        for (int b = 1; b < babySteps; b++) {
            steps.add(normalised(b * groupWidth));
        }
        if (giantSteps() > 1) {
            steps.add(normalised(babySteps * groupWidth));
        }
        return Collections.unmodifiableNavigableSet(steps);
    }

    /** {@return rotations of the backward pass, at a low level: hoisted giant steps, one baby step, and the sum over rows} */
    public NavigableSet<Integer> backwardSteps() {
        NavigableSet<Integer> steps = new TreeSet<>();
        for (int a = 1; a < giantSteps(); a++) {
            steps.add(normalised(-a * babySteps * groupWidth));
        }
        if (babySteps > 1) {
            steps.add(normalised(-groupWidth));
        }
        for (int step = period(); step < slots; step *= 2) {
            steps.add(normalised(step));
        }
        return Collections.unmodifiableNavigableSet(steps);
    }

    /** {@return rotations that take groups of classes apart, at a high level; none if there is one group} */
    public NavigableSet<Integer> splitSteps() {
        NavigableSet<Integer> steps = new TreeSet<>();
        for (int step = period(); step < mergedPeriod(); step *= 2) {
            steps.add(normalised(step));
        }
        return Collections.unmodifiableNavigableSet(steps);
    }

    /** {@return how many rotations take the groups of one value apart; halves that hold no group are left out} */
    public int splitRotations() {
        int done = 0;
        int values = 1;
        for (int each = mergedPeriod() / period(); each > 1; each /= 2) { // groups in each of the values
            done += values;
            values = Math.min(2 * values, (2 * groups() + each - 1) / each);
        }
        return done;
    }

    /** {@return all rotations; conjugation and relinearisation are needed besides} */
    public NavigableSet<Integer> rotationSteps() {
        NavigableSet<Integer> steps = new TreeSet<>(forwardSteps());
        steps.addAll(backwardSteps());
        steps.addAll(splitSteps());
        return Collections.unmodifiableNavigableSet(steps);
    }

    private int normalised(int step) {
        int s = Math.floorMod(step, slots);
        return s > slots / 2 ? s - slots : s;
    }

    /**
     * The power of the ring's X whose slots change sign after a number of slots, so that two vectors that repeat after it travel as one.
     *
     * @param period a power of two below the number of slots
     */
    int monomial(int period) {
        return slots / (2 * period);
    }

    /** Slot of a row and a class of the group. */
    int slot(int row, int classOfGroup) {
        return row * groupWidth + classOfGroup;
    }

    @Override
    public String toString() {
        return rows() + " rows of " + groupWidth + " classes, " + groups() + (groups() == 1 ? " group, " : " groups, ")
                + features + " features as " + babySteps + " x " + giantSteps() + " complex ones";
    }
}
