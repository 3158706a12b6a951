package io.github.hecnn.ckks.circuit.linear;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.ckks.slots.SlotChecks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A plain matrix times encrypted vectors, by the diagonal method (Halevi and Shoup, ia.cr/2014/106) with baby and
 * giant steps, hoisted once or twice (ia.cr/2020/1203, section 4). One level.
 *
 * <p><b>Layout.</b> A matrix of [rows][columns] is padded with zeros to powers of two r and c. The slots are cut into
 * blocks, one block of all slots unless {@link Builder#blockWidth} says otherwise, and each block holds a vector of
 * its own, x, repeated: slot i of the block holds x[i mod c]. (Entries from {@code columns} to c - 1 meet zeros:
 * anything finite will do.) The result holds y = M x repeated in the same way: slot i of the block holds y[i mod r].
 * With several blocks and a wide matrix, r &lt; c, this is so in the first {@code blockWidth - c + r} slots of a
 * block, and the others hold sums across blocks. {@link #pack} and {@link #unpack} do this for plain numbers.
 *
 * <p><b>Work.</b> There are n = min(r, c) diagonals, because a wide matrix is folded: the slots first collect sums
 * over r columns each, and log2(c / r) rotations add these up. Several blocks take n - 1 diagonals more, for the
 * entries whose rotation would come from the next block. Diagonals of zeros are left out. Diagonal k is split as baby
 * step + giant step: one hoisted rotation for each baby step, one rotation for each giant step but the first, and one
 * rescaling at the end. Where there are more baby steps than giant ones, all sums stay modulo Q and P until the end, and a giant
 * step divides one half of a running sum by P only ({@link SlotAlgebra#giantStepSums}); otherwise every baby step is divided once and products need no special
 * primes. The split is the one of least estimated time, by {@link io.github.hecnn.ckks.cost.OperationPrices}: a baby step costs about a
 * quarter of a single rotation, a giant step one, and a division a third, or the best within {@link Builder#maxRotationKeys}. Sums travel from giant to giant, so one key serves all
 * giant steps that are evenly spaced: 512 diagonals take 63 hoisted and 7 single rotations with 64 keys, 15 and 31
 * with 16 keys, or 511 single ones with one key. Every diagonal is kept as a vector of doubles, and once encoded as a
 * polynomial modulo all primes of its level and the special ones: for large matrices this is most of the memory.
 *
 * <p><b>Precision.</b> Encoding rounds every diagonal to about {@code 2^-scaleBits}. Rotations after the products are
 * taken before the rescaling, so their noise is divided by the scale and vanishes beside that of the input; baby steps
 * that are divided one by one add to each of their terms about what a rescaling of the input adds.
 *
 * <p>A transform belongs to a number of slots, not to an algebra: rehearse on the simulator, then run. Its plain
 * vectors are encoded by the first application at each level and remembered by the algebra. Immutable and
 * thread-safe.
 */
public final class LinearTransform {
    private final int slots;
    private final MatrixLayout layout;
    private final int plainProducts;
    private final DiagonalSplit split;
    private final int[] babies;
    private final int[] giants;
    /** [giant][baby], null where there is no diagonal. */
    private final List<List<PlainVector>> factors;

    private final boolean everyGiantHasTerms;

    private LinearTransform(Builder b) {
        slots = b.slots;
        MatrixDiagonals diagonals = b.diagonals();
        layout = diagonals.layout();
        NavigableMap<Integer, PlainVector> vectors = diagonals.vectors();
        plainProducts = vectors.size();
        NavigableSet<Integer> unwrapped =
                b.evenly ? vectors.navigableKeySet() : DiagonalSplit.unwrapped(vectors.keySet(), slots);
        split = b.evenly
                ? DiagonalSplit.even(unwrapped, slots, layout.foldingSteps(), b.maxRotationKeys)
                : DiagonalSplit.cheapest(unwrapped, slots, layout.foldingSteps(), b.maxRotationKeys, b.giantSteps);
        babies = split.babies();
        giants = split.giants();
        factors = new ArrayList<>(giants.length);
        for (int i = 0; i < giants.length; i++) {
            factors.add(new ArrayList<>(Collections.nCopies(babies.length, null)));
        }
        for (int k : unwrapped) {
            int giant = split.giant(k);
            factors.get(Arrays.binarySearch(giants, giant))
                    .set(
                            Arrays.binarySearch(babies, split.baby(k)),
                            vectors.get(Math.floorMod(k, slots)).rotatedRight(giant));
        }
        everyGiantHasTerms = factors.stream().allMatch(sum -> sum.stream().anyMatch(Objects::nonNull));
    }

    /**
     * A transform of a real matrix for one vector that is repeated in all slots.
     *
     * @param slots slots of the values, a power of two, at least 2
     * @param matrix [rows][columns]
     * @return the transform
     * @throws InvalidParametersException for another number of slots, or if an entry is not finite
     * @throws MismatchException if the matrix is empty, ragged or larger than the slots
     */
    public static LinearTransform of(int slots, double[][] matrix) {
        return builder(slots).matrix(matrix).build();
    }

    /**
     * Starts a description.
     *
     * @param slots slots of the values, a power of two, at least 2
     * @return a builder
     * @throws InvalidParametersException for another number
     */
    public static Builder builder(int slots) {
        return new Builder(slots);
    }

    /** Describes a {@link LinearTransform}. Not thread-safe. */
    public static final class Builder {
        private final int slots;
        private double[][] re;
        private double[][] im;
        private Map<Integer, PlainVector> given;
        private int blockWidth;
        private int maxRotationKeys = Integer.MAX_VALUE;
        private boolean giantSteps = true;
        private boolean evenly;

        private Builder(int slots) {
            if (slots < 2 || Integer.bitCount(slots) != 1) {
                throw new InvalidParametersException(
                        "LinearTransform: expected a power of two of slots, at least 2, found " + slots
                                + "; take algebra.slots()");
            }
            this.slots = slots;
            blockWidth = slots;
        }

        /**
         * A real matrix.
         *
         * @param matrix [rows][columns]; copied by {@link #build}
         * @return this
         */
        public Builder matrix(double[][] matrix) {
            re = matrix;
            im = null;
            given = null;
            return this;
        }

        /**
         * A complex matrix.
         *
         * @param realParts [rows][columns]; copied by {@link #build}
         * @param imaginaryParts [rows][columns]; copied by {@link #build}
         * @return this
         */
        public Builder matrix(double[][] realParts, double[][] imaginaryParts) {
            re = realParts;
            im = imaginaryParts;
            given = null;
            return this;
        }

        /**
         * The diagonals themselves, for a sparse transform of all slots: slot i of the result is the sum over k of
         * p_k[i] times slot (i + k) mod slots. A block width then has no effect.
         *
         * @param p the vectors by their diagonal, any integers, no two equal modulo the number of slots
         * @return this
         */
        public Builder diagonals(Map<Integer, PlainVector> p) {
            given = new TreeMap<>(p);
            re = null;
            im = null;
            return this;
        }

        /**
         * Several vectors side by side, one in each block.
         *
         * @param width slots of a block, a power of two that holds the padded rows and columns; all slots by default
         * @return this
         */
        public Builder blockWidth(int width) {
            blockWidth = width;
            return this;
        }

        /**
         * Limits the rotation keys, in exchange for time.
         *
         * @param keys most different steps of rotations; no limit by default
         * @return this
         */
        public Builder maxRotationKeys(int keys) {
            maxRotationKeys = keys;
            return this;
        }

        /**
         * Baby steps only: a key for every diagonal, one division by P in all. The fastest for few diagonals, where
         * the search finds it by itself.
         *
         * @return this
         */
        public Builder withoutGiantSteps() {
            giantSteps = false;
            return this;
        }

        /**
         * Splits as if there were no gaps between diagonals: a few rotations more, but evenly spaced ones, which need no more keys than
         * a matrix without gaps, in the end one. For diagonals that lie unevenly. Has no use together with {@link #withoutGiantSteps}.
         *
         * @return this
         */
        public Builder evenSteps() {
            evenly = true;
            return this;
        }

        private MatrixDiagonals diagonals() {
            if (given != null) {
                return MatrixDiagonals.given(slots, given);
            }
            if (re == null) {
                throw new InvalidParametersException(
                        "LinearTransform: expected a matrix or diagonals, found neither; call matrix or diagonals");
            }
            return MatrixDiagonals.of(slots, blockWidth, re, im);
        }

        /**
         * Makes the transform and its plain vectors.
         *
         * @return a new transform
         * @throws InvalidParametersException if nothing or no finite number is given, the block width is no power of
         *     two up to the number of slots, or no split does with so few keys
         * @throws MismatchException if the matrix is empty, ragged or larger than a block, real and imaginary parts
         *     have different shapes, there is no diagonal, two are equal, or one has another size than the slots
         */
        public LinearTransform build() {
            return new LinearTransform(this);
        }
    }

    /**
     * The product, rescaled.
     *
     * @param algebra computes on slots
     * @param x vectors in the layout above; scale degree 1, two components, level 1 or more
     * @param <V> values of the algebra
     * @return the products in the layout above, one level down
     * @throws MismatchException if the algebra has another number of slots or x has three components
     * @throws LevelException if x has level 0
     * @throws io.github.hecnn.ckks.error.ScaleException if x has scale degree 2
     * @throws io.github.hecnn.ckks.error.MissingKeyException without the key of one of {@link #rotationSteps}
     */
    public <V> V apply(SlotAlgebra<V> algebra, V x) {
        own(algebra);
        if (algebra.level(x) < 1) {
            throw new LevelException(
                    "LinearTransform: expected a value of level 1 or more, found level 0; apply it earlier in "
                            + "the circuit, or choose parameters with more levels");
        }
        return algebra.rescale(applyWithoutRescale(algebra, x));
    }

    /**
     * The product at scale degree 2, to be added to others before one rescaling.
     *
     * @param algebra computes on slots
     * @param x vectors in the layout above; scale degree 1, two components, any level
     * @param <V> values of the algebra
     * @return the products in the layout above, same level, scale degree 2
     * @throws MismatchException if the algebra has another number of slots or x has three components
     * @throws io.github.hecnn.ckks.error.ScaleException if x has scale degree 2
     * @throws io.github.hecnn.ckks.error.MissingKeyException without the key of one of {@link #rotationSteps}
     */
    public <V> V applyWithoutRescale(SlotAlgebra<V> algebra, V x) {
        own(algebra);
        V out = split.dividesSums() && everyGiantHasTerms
                ? algebra.giantStepSums(x, babies, factors, travels())
                : travelled(algebra, x);
        for (int step : layout.foldingSteps()) {
            out = algebra.add(out, algebra.rotate(out, step));
        }
        return out;
    }

    /** [giant] steps to the one before it, or home. */
    private int[] travels() {
        int[] steps = giants.clone();
        for (int i = 1; i < steps.length; i++) {
            steps[i] = giants[i] - giants[i - 1];
        }
        return steps;
    }

    private <V> V travelled(SlotAlgebra<V> algebra, V x) {
        List<V> sums = sums(algebra, x);
        int[] steps = travels();
        int last = steps.length - 1;
        V out = algebra.rotate(sums.get(last), steps[last]);
        for (int i = last - 1; i >= 0; i--) {
            V sum = sums.get(i);
            out = algebra.rotate(sum == null ? out : algebra.add(out, sum), steps[i]);
        }
        return out;
    }

    /** [giant] null where it has no diagonal. */
    private <V> List<V> sums(SlotAlgebra<V> algebra, V x) {
        List<V> rotated = algebra.rotateHoisted(x, babies);
        List<V> out = new ArrayList<>(factors.size());
        for (List<PlainVector> p : factors) {
            List<V> terms = new ArrayList<>(babies.length);
            List<PlainVector> used = new ArrayList<>(babies.length);
            for (int i = 0; i < babies.length; i++) {
                if (p.get(i) != null) {
                    terms.add(rotated.get(i));
                    used.add(p.get(i));
                }
            }
            out.add(used.isEmpty() ? null : algebra.sumOfPlainProducts(terms, used));
        }
        return out;
    }

    private void own(SlotAlgebra<?> algebra) {
        if (algebra.slots() != slots) {
            throw new MismatchException("LinearTransform: expected an algebra of " + slots + " slots, found one of "
                    + algebra.slots() + "; make the transform with algebra.slots()");
        }
    }

    /**
     * Lays plain vectors out for {@link #apply}, one for each block.
     *
     * @param x [vector][columns], at least one vector and at most {@link #blocks}; missing ones are zero
     * @return the slots
     * @throws MismatchException for another number of vectors or of entries
     */
    public double[] pack(double[]... x) {
        return layout.pack(x);
    }

    /**
     * Takes the products out of the slots.
     *
     * @param resultSlots slots of a result
     * @return [block][rows]
     * @throws MismatchException for another number of slots
     */
    public double[][] unpack(double[] resultSlots) {
        return layout.unpack(resultSlots);
    }

    /** {@return slots of the values, a power of two} */
    public int slots() {
        return slots;
    }

    /** {@return vectors side by side, the number of blocks} */
    public int blocks() {
        return layout.blocks();
    }

    /** {@return levels of {@link #apply}, always 1} */
    public int levels() {
        return 1;
    }

    /** {@return rotations that need keys: steps to the left, normalised, unmodifiable} */
    public NavigableSet<Integer> rotationSteps() {
        TreeSet<Integer> steps = new TreeSet<>(split.steps());
        for (int step : layout.foldingSteps()) {
            steps.add(SlotChecks.normalise(step, slots));
        }
        return Collections.unmodifiableNavigableSet(steps);
    }

    /** {@return plain products of one application, and plain vectors that are kept: diagonals that are not zero} */
    public int plainProducts() {
        return plainProducts;
    }

    /**
     * Baby steps of one application: rotations that share one decomposition and are not divided by P.
     *
     * @return their number, without step 0
     */
    public int hoistedRotations() {
        return split.hoistedRotations();
    }

    /** {@return giant steps and foldings of one application, which are single rotations} */
    public int rotations() {
        return split.rotations() + layout.foldingSteps().size();
    }

    @Override
    public String toString() {
        return layout + ": " + plainProducts + " plain products, " + hoistedRotations() + " hoisted and " + rotations()
                + " single rotations, " + rotationSteps().size() + " rotation keys, 1 level";
    }
}
