package io.github.hecnn.ckks.circuit.linear;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.ckks.slots.SlotChecks;
import java.util.Arrays;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Sums over blocks of slots, and copies across blocks, in a logarithmic number of rotations.
 *
 * <p><b>Blocks.</b> The slots are cut into blocks of {@code width * stride}. Slot i of a block belongs to group
 * {@code i mod stride}, so every group has {@code width} members, {@code stride} slots apart; with stride 1 a block
 * is one group. The first {@code stride} slots of a block are the first members of its groups. One block may be all
 * slots: then sums run around, and every slot receives the sum of its group at no extra cost.
 *
 * <p>Width and stride are powers of two. The keys of {@link #rotationSteps} are enough for every operation. Errors of
 * the algebra that are not named here pass through. Immutable and thread-safe.
 */
public final class SlotSums {
    private final int slots;
    private final int width;
    private final int stride;
    private final PlainVector firstMembers;

    private SlotSums(int slots, int width, int stride) {
        this.slots = slots;
        this.width = width;
        this.stride = stride;
        double[] mask = new double[width * stride];
        Arrays.fill(mask, 0, stride, 1);
        firstMembers = PlainVector.repeated(mask, slots);
    }

    /**
     * Sums over neighbouring slots.
     *
     * @param slots slots of the values, a power of two, at least 2
     * @param width slots of a block, a power of two up to the number of slots
     * @return the sums
     * @throws InvalidParametersException for other numbers
     */
    public static SlotSums of(int slots, int width) {
        return of(slots, width, 1);
    }

    /**
     * Sums over slots at equal distances.
     *
     * @param slots slots of the values, a power of two, at least 2
     * @param width members of a group, a power of two
     * @param stride distance of two members, a power of two; {@code width * stride} is at most the number of slots
     * @return the sums
     * @throws InvalidParametersException for other numbers
     */
    public static SlotSums of(int slots, int width, int stride) {
        boolean powers = Integer.bitCount(slots) == 1 && Integer.bitCount(width) == 1 && Integer.bitCount(stride) == 1;
        if (!powers || slots < 2 || width < 1 || stride < 1 || (long) width * stride > slots) {
            throw new InvalidParametersException(
                    "SlotSums: expected powers of two with width * stride at most the number of slots, found slots "
                            + slots + ", width " + width + ", stride " + stride + "; pad the groups");
        }
        return new SlotSums(slots, width, stride);
    }

    /** {@return members of a group, a power of two} */
    public int width() {
        return width;
    }

    /** {@return distance of two members of a group, a power of two} */
    public int stride() {
        return stride;
    }

    /**
     * Whether a block is all slots, so that sums reach every slot by themselves.
     *
     * @return true if {@code width * stride} is the number of slots
     */
    public boolean cyclic() {
        return width * stride == slots;
    }

    /**
     * Rotations of all operations: to the left for sums and, unless {@link #cyclic}, to the right for copies as well.
     *
     * @return normalised steps, unmodifiable; 2 log2(width) of them, or log2(width) if cyclic
     */
    public NavigableSet<Integer> rotationSteps() {
        NavigableSet<Integer> steps = new TreeSet<>();
        for (int step = stride; step < width * stride; step *= 2) {
            steps.add(SlotChecks.normalise(step, slots));
            if (!cyclic()) {
                steps.add(SlotChecks.normalise(-step, slots));
            }
        }
        return Collections.unmodifiableNavigableSet(steps);
    }

    /**
     * 1 in the first member of every group and 0 in the others.
     *
     * @return the mask, always the same object
     */
    public PlainVector firstMembers() {
        return firstMembers;
    }

    /**
     * Sums each group into its first member: log2(width) rotations, no level. In general slot i receives the sum of
     * slots i, i + stride, ..., i + (width - 1) stride around the end, which is the sum of a group in its first
     * member only, or everywhere if {@link #cyclic}.
     *
     * @param algebra computes on slots
     * @param a a value of either scale degree and two components; summing a product before it is rescaled is the more
     *     exact way
     * @param <V> values of the algebra
     * @return the sums, same level and scale degree
     * @throws MismatchException if the algebra has another number of slots
     * @throws io.github.hecnn.ckks.error.MissingKeyException without the key of a step
     */
    public <V> V sum(SlotAlgebra<V> algebra, V a) {
        own("sum", algebra);
        V out = a;
        for (int step = width * stride / 2; step >= stride; step /= 2) {
            out = plusRotated(algebra, out, step, out != a);
        }
        return out;
    }

    /** v and v rotated; intermediate values are given back. */
    private static <V> V plusRotated(SlotAlgebra<V> algebra, V v, int step, boolean usedUp) {
        V rotated = algebra.rotate(v, step);
        V out = algebra.add(v, rotated);
        algebra.release(rotated);
        if (usedUp) {
            algebra.release(v);
        }
        return out;
    }

    /**
     * Copies the first member of each group to all of it: log2(width) rotations, no level.
     *
     * @param algebra computes on slots
     * @param a a value of either scale degree and two components, zero outside of the first members (multiply with
     *     {@link #firstMembers} if it is not)
     * @param <V> values of the algebra
     * @return the copies, same level and scale degree
     * @throws MismatchException if the algebra has another number of slots
     * @throws io.github.hecnn.ckks.error.MissingKeyException without the key of a step
     */
    public <V> V replicate(SlotAlgebra<V> algebra, V a) {
        own("replicate", algebra);
        V out = a;
        for (int step = stride; step < width * stride; step *= 2) {
            // around all slots left and right are the same set of sums, and one set of keys serves both
            out = plusRotated(algebra, out, cyclic() ? step : -step, out != a);
        }
        return out;
    }

    /**
     * The sum of each group in all of its members. One level and 2 log2(width) rotations; no level and log2(width)
     * rotations if {@link #cyclic}.
     *
     * @param algebra computes on slots
     * @param a a value of scale degree 1 and two components, of level 1 or more unless cyclic
     * @param <V> values of the algebra
     * @return the sums, scale degree 1, {@link #levelsOfSumEverywhere} levels down
     * @throws MismatchException if the algebra has another number of slots
     * @throws io.github.hecnn.ckks.error.MissingKeyException without the key of a step
     * @throws io.github.hecnn.ckks.error.LevelException at level 0, unless cyclic
     * @throws io.github.hecnn.ckks.error.ScaleException for scale degree 2, unless cyclic
     */
    public <V> V sumEverywhere(SlotAlgebra<V> algebra, V a) {
        V sum = sum(algebra, a);
        if (cyclic()) {
            return sum;
        }
        V first = algebra.multiplyPlain(sum, firstMembers);
        V copies = replicate(algebra, first);
        V out = algebra.rescale(copies);
        release(algebra, first, copies);
        return out;
    }

    /** {@return levels of {@link #sumEverywhere}: 0 if cyclic, otherwise 1} */
    public int levelsOfSumEverywhere() {
        return cyclic() ? 0 : 1;
    }

    /**
     * Inner product of each group of one value with the same group of another, in its first member (everywhere if
     * {@link #cyclic}; otherwise the other slots hold sums across groups): one level, one product, one
     * relinearisation, log2(width) rotations.
     *
     * @param algebra computes on slots
     * @param a a value of scale degree 1 and two components
     * @param b another, any level
     * @param <V> values of the algebra
     * @return the inner products, scale degree 1, one level below the lower operand
     * @throws MismatchException if the algebra has another number of slots
     * @throws io.github.hecnn.ckks.error.MissingKeyException without the relinearisation key or the key of a step
     * @throws io.github.hecnn.ckks.error.LevelException at level 0
     * @throws io.github.hecnn.ckks.error.ScaleException for scale degree 2
     */
    public <V> V innerProduct(SlotAlgebra<V> algebra, V a, V b) {
        own("innerProduct", algebra);
        return rescaledSum(algebra, algebra.multiply(a, b));
    }

    /**
     * Inner product of each group with the same group of a plain vector, placed as by {@link
     * #innerProduct(SlotAlgebra, Object, Object)}: one level, one plain product, log2(width) rotations, no
     * relinearisation.
     *
     * @param algebra computes on slots
     * @param a a value of scale degree 1 and two components
     * @param b a plain vector; make it once and use it often
     * @param <V> values of the algebra
     * @return the inner products, scale degree 1, one level down
     * @throws MismatchException if algebra or vector have another number of slots
     * @throws io.github.hecnn.ckks.error.MissingKeyException without the key of a step
     * @throws io.github.hecnn.ckks.error.LevelException at level 0
     * @throws io.github.hecnn.ckks.error.ScaleException for scale degree 2
     */
    public <V> V innerProductPlain(SlotAlgebra<V> algebra, V a, PlainVector b) {
        own("innerProductPlain", algebra);
        return rescaledSum(algebra, algebra.multiplyPlain(a, b));
    }

    /** Of a product that nobody else has. */
    private <V> V rescaledSum(SlotAlgebra<V> algebra, V product) {
        V sum = sum(algebra, product);
        V out = algebra.rescale(sum);
        release(algebra, product, sum);
        return out;
    }

    /** Two values, or one and the same. */
    private static <V> void release(SlotAlgebra<V> algebra, V first, V second) {
        algebra.release(first);
        if (second != first) {
            algebra.release(second);
        }
    }

    private void own(String operation, SlotAlgebra<?> algebra) {
        if (algebra.slots() != slots) {
            throw new MismatchException(operation + ": expected an algebra of " + slots + " slots, found one of "
                    + algebra.slots() + "; make the sums with algebra.slots()");
        }
    }
}
