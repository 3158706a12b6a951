package io.github.hecnn.ckks.circuit;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * The slot algebra on plain doubles, to rehearse a circuit before its keys exist: no noise, no security, but exactly the checks,
 * errors and books of the real one. A missing rotation key or one level too few shows up here in seconds.
 *
 * <p>In books-only form values carry no slots at all, which is enough to plan: levels, keys and counts of a circuit do not depend
 * on the data.
 *
 * <p>Thread-safe. Errors are those of {@link SlotAlgebra}.
 */
public final class SimulatedSlotAlgebra implements SlotAlgebra<SimulatedVector> {
    private final int slots;
    private final int maxLevel;
    private final boolean booksOnly;
    private final SlotBooks<SimulatedVector> books;

    private SimulatedSlotAlgebra(Builder b) {
        slots = b.slots;
        maxLevel = b.maxLevel;
        booksOnly = b.booksOnly;
        books = new SimulatedBooks(this, b.keys());
    }

    /**
     * An algebra with every key.
     *
     * @param slots number of slots, a power of two, at least 2
     * @param maxLevel top level, at least 0
     * @throws InvalidParametersException for other numbers
     */
    public SimulatedSlotAlgebra(int slots, int maxLevel) {
        this(builder(slots, maxLevel));
    }

    /**
     * Starts a description with every key, and with slots.
     *
     * @param slots number of slots, a power of two, at least 2
     * @param maxLevel top level, at least 0
     * @return a builder
     * @throws InvalidParametersException for other numbers
     */
    public static Builder builder(int slots, int maxLevel) {
        return new Builder(slots, maxLevel);
    }

    /** Describes a {@link SimulatedSlotAlgebra}. Not thread-safe. */
    public static final class Builder {
        private final int slots;
        private final int maxLevel;
        private NavigableSet<Integer> rotationSteps;
        private boolean conjugation = true;
        private boolean relinearization = true;
        private boolean booksOnly;

        private Builder(int slots, int maxLevel) {
            if (slots < 2 || Integer.bitCount(slots) != 1) {
                throw new InvalidParametersException(
                        "SimulatedSlotAlgebra: expected a power of two of slots, at least 2, found " + slots
                                + "; take half the ring degree");
            }
            if (maxLevel < 0) {
                throw new InvalidParametersException("SimulatedSlotAlgebra: expected a top level of 0 or more, found "
                        + maxLevel + "; give the number of rescalings");
            }
            this.slots = slots;
            this.maxLevel = maxLevel;
        }

        /**
         * Limits the rotations to those there are keys for.
         *
         * @param steps steps to the left, any integers
         * @return this
         */
        public Builder rotationSteps(Collection<Integer> steps) {
            rotationSteps = new TreeSet<>();
            steps.forEach(step -> rotationSteps.add(SlotChecks.normalise(step, slots)));
            return this;
        }

        /**
         * Leaves the conjugation key out.
         *
         * @return this
         */
        public Builder withoutConjugationKey() {
            conjugation = false;
            return this;
        }

        /**
         * Leaves the relinearisation key out.
         *
         * @return this
         */
        public Builder withoutRelinearizationKey() {
            relinearization = false;
            return this;
        }

        /**
         * Keeps the books but no slots.
         *
         * @return this
         */
        public Builder booksOnly() {
            booksOnly = true;
            return this;
        }

        private SimulatedBooks.Keys keys() {
            return new SimulatedBooks.Keys(rotationSteps, conjugation, relinearization);
        }

        /**
         * Makes the algebra.
         *
         * @return a new algebra with empty books
         */
        public SimulatedSlotAlgebra build() {
            return new SimulatedSlotAlgebra(this);
        }
    }

    /**
     * A fresh value of the top level.
     *
     * @param values real slots, copied; not looked at in a books-only algebra
     * @return the value
     * @throws MismatchException if there are not {@link #slots()} numbers
     */
    public SimulatedVector encrypt(double[] values) {
        SlotChecks.size("encrypt", slots, values.length);
        return booksOnly ? fresh() : new SimulatedVector(this, maxLevel, 1, 2, values.clone(), null);
    }

    /**
     * A fresh value of the top level.
     *
     * @param re real parts of the slots, copied; not looked at in a books-only algebra
     * @param im imaginary parts
     * @return the value
     * @throws MismatchException if there are not {@link #slots()} numbers of each
     */
    public SimulatedVector encrypt(double[] re, double[] im) {
        SlotChecks.size("encrypt", slots, re.length);
        SlotChecks.size("encrypt", slots, im.length);
        return booksOnly ? fresh() : new SimulatedVector(this, maxLevel, 1, 2, re.clone(), im.clone());
    }

    /**
     * A fresh value of the top level with zeros in its slots, or without slots in a books-only algebra.
     *
     * @return the value
     */
    public SimulatedVector fresh() {
        return new SimulatedVector(this, maxLevel, 1, 2, booksOnly ? null : new double[slots], null);
    }

    /**
     * Real parts of the slots.
     *
     * @param v a value of this algebra
     * @return a new array of {@link #slots()} numbers
     * @throws MismatchException in a books-only algebra, or for a value of another one
     */
    public double[] decrypt(SimulatedVector v) {
        return withSlots("decrypt", v).re.clone();
    }

    /**
     * Imaginary parts of the slots.
     *
     * @param v a value of this algebra
     * @return a new array of {@link #slots()} numbers
     * @throws MismatchException in a books-only algebra, or for a value of another one
     */
    public double[] decryptImaginary(SimulatedVector v) {
        double[] im = withSlots("decryptImaginary", v).im;
        return im == null ? new double[slots] : im.clone();
    }

    private SimulatedVector withSlots(String operation, SimulatedVector v) {
        books.own(operation, v);
        if (booksOnly) {
            throw new MismatchException(operation
                    + ": expected values with slots, found a books-only algebra; build one without booksOnly()");
        }
        return v;
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public int maxLevel() {
        return maxLevel;
    }

    @Override
    public int level(SimulatedVector v) {
        return books.own("level", v).level;
    }

    @Override
    public int scaleDegree(SimulatedVector v) {
        return books.own("scaleDegree", v).scaleDegree;
    }

    @Override
    public SimulatedVector add(SimulatedVector a, SimulatedVector b) {
        return combine("add", a, b, (x, y) -> x + y);
    }

    @Override
    public SimulatedVector subtract(SimulatedVector a, SimulatedVector b) {
        return combine("subtract", a, b, (x, y) -> x - y);
    }

    private SimulatedVector combine(String operation, SimulatedVector a, SimulatedVector b, DoubleBinaryOperator f) {
        int level = books.sum(operation, a, b);
        double[] re = booksOnly ? null : SlotArrays.zip(a.re, b.re, f);
        double[] im = booksOnly ? null : SlotArrays.zip(a.im, b.im, f);
        return new SimulatedVector(this, level, a.scaleDegree, Math.max(a.components, b.components), re, im);
    }

    @Override
    public SimulatedVector negate(SimulatedVector a) {
        books.own("negate", a);
        return scaled(a, -1, a.scaleDegree);
    }

    @Override
    public SimulatedVector addPlain(SimulatedVector a, PlainVector p) {
        return offset("addPlain", a, p, 1);
    }

    @Override
    public SimulatedVector subtractPlain(SimulatedVector a, PlainVector p) {
        return offset("subtractPlain", a, p, -1);
    }

    private SimulatedVector offset(String operation, SimulatedVector a, PlainVector p, int sign) {
        books.plainSum(operation, a, p);
        if (booksOnly) {
            return a;
        }
        double[] re = a.re.clone();
        double[] im = p.isReal() ? a.im : a.im == null ? new double[slots] : a.im.clone();
        for (int i = 0; i < slots; i++) {
            re[i] += sign * p.re(i);
            if (!p.isReal()) {
                im[i] += sign * p.im(i);
            }
        }
        return new SimulatedVector(this, a.level, a.scaleDegree, a.components, re, im);
    }

    @Override
    public SimulatedVector addConstant(SimulatedVector a, double c) {
        books.constantSum("addConstant", a, c);
        double[] re = booksOnly ? null : SlotArrays.map(a.re, x -> x + c);
        return new SimulatedVector(this, a.level, a.scaleDegree, a.components, re, a.im);
    }

    @Override
    public SimulatedVector multiplyPlain(SimulatedVector a, PlainVector p) {
        return plainSum("multiplyPlain", List.of(a), List.of(p));
    }

    @Override
    public SimulatedVector sumOfPlainProducts(List<SimulatedVector> a, List<PlainVector> p) {
        return plainSum("sumOfPlainProducts", a, p);
    }

    private SimulatedVector plainSum(String operation, List<SimulatedVector> a, List<PlainVector> p) {
        int level = books.plainProducts(operation, a, p);
        int components = a.stream().mapToInt(v -> v.components).max().orElse(2);
        if (booksOnly) {
            return new SimulatedVector(this, level, 2, components, null, null);
        }
        SlotArrays.Accumulator sum = new SlotArrays.Accumulator(slots);
        for (int i = 0; i < a.size(); i++) {
            sum.addProduct(a.get(i), p.get(i));
        }
        return new SimulatedVector(this, level, 2, components, sum.re, sum.im);
    }

    @Override
    public SimulatedVector multiplyConstant(SimulatedVector a, double c) {
        books.constantProduct("multiplyConstant", a, c);
        return scaled(a, c, 2);
    }

    @Override
    public SimulatedVector multiplyInteger(SimulatedVector a, long k) {
        books.integerProduct("multiplyInteger", a);
        return scaled(a, (double) k, a.scaleDegree);
    }

    private SimulatedVector scaled(SimulatedVector a, double c, int scaleDegree) {
        double[] re = booksOnly ? null : SlotArrays.map(a.re, x -> x * c);
        double[] im = a.im == null ? null : SlotArrays.map(a.im, x -> x * c);
        return new SimulatedVector(this, a.level, scaleDegree, a.components, re, im);
    }

    @Override
    public SimulatedVector multiplyByI(SimulatedVector a) {
        books.own("multiplyByI", a);
        if (booksOnly) {
            return a;
        }
        double[] re = a.im == null ? new double[slots] : SlotArrays.map(a.im, x -> -x);
        return new SimulatedVector(this, a.level, a.scaleDegree, a.components, re, a.re);
    }

    @Override
    public SimulatedVector multiply(SimulatedVector a, SimulatedVector b) {
        return relinearized("multiply", product("multiply", List.of(a), List.of(b)));
    }

    @Override
    public SimulatedVector multiplyNoRelin(SimulatedVector a, SimulatedVector b) {
        return product("multiplyNoRelin", List.of(a), List.of(b));
    }

    @Override
    public SimulatedVector square(SimulatedVector a) {
        return relinearized("square", product("square", List.of(a), List.of(a)));
    }

    @Override
    public SimulatedVector sumOfProducts(List<SimulatedVector> a, List<SimulatedVector> b) {
        return product("sumOfProducts", a, b);
    }

    private SimulatedVector product(String operation, List<SimulatedVector> a, List<SimulatedVector> b) {
        int level = books.products(operation, a, b);
        if (booksOnly) {
            return new SimulatedVector(this, level, 2, 3, null, null);
        }
        SlotArrays.Accumulator sum = new SlotArrays.Accumulator(slots);
        for (int i = 0; i < a.size(); i++) {
            sum.addProduct(a.get(i), b.get(i));
        }
        return new SimulatedVector(this, level, 2, 3, sum.re, sum.im);
    }

    @Override
    public SimulatedVector relinearize(SimulatedVector a) {
        books.own("relinearize", a);
        return a.components == 2 ? a : relinearized("relinearize", a);
    }

    private SimulatedVector relinearized(String operation, SimulatedVector a) {
        books.relinearization(operation);
        return new SimulatedVector(this, a.level, a.scaleDegree, 2, a.re, a.im);
    }

    @Override
    public SimulatedVector rescale(SimulatedVector a) {
        books.rescaling(a);
        return new SimulatedVector(this, a.level - 1, 1, a.components, a.re, a.im);
    }

    @Override
    public SimulatedVector dropToLevel(SimulatedVector a, int level) {
        return books.drop(a, level) ? new SimulatedVector(this, level, a.scaleDegree, a.components, a.re, a.im) : a;
    }

    @Override
    public SimulatedVector rotate(SimulatedVector a, int stepsLeft) {
        return rotated(a, books.rotation(a, stepsLeft));
    }

    @Override
    public List<SimulatedVector> rotateHoisted(SimulatedVector a, int[] stepsLeft) {
        List<SimulatedVector> out = new ArrayList<>(stepsLeft.length);
        for (int step : books.rotations("rotateHoisted", a, stepsLeft)) {
            out.add(rotated(a, step));
        }
        return List.copyOf(out);
    }

    @Override
    public List<SimulatedVector> sumsOfRotatedPlainProducts(
            SimulatedVector a, int[] stepsLeft, List<List<PlainVector>> p) {
        int[] steps = books.rotatedSums("sumsOfRotatedPlainProducts", a, stepsLeft, p);
        List<SimulatedVector> out = new ArrayList<>(p.size());
        List<SimulatedVector> rotated = booksOnly
                ? List.of()
                : IntStream.of(steps).mapToObj(s -> rotated(a, s)).toList();
        for (List<PlainVector> sum : p) {
            if (booksOnly) {
                out.add(new SimulatedVector(this, a.level, 2, 2, null, null));
                continue;
            }
            SlotArrays.Accumulator slotsOfSum = new SlotArrays.Accumulator(slots);
            for (int i = 0; i < steps.length; i++) {
                if (sum.get(i) != null) {
                    slotsOfSum.addProduct(rotated.get(i), sum.get(i));
                }
            }
            out.add(new SimulatedVector(this, a.level, 2, 2, slotsOfSum.re, slotsOfSum.im));
        }
        return List.copyOf(out);
    }

    private SimulatedVector rotated(SimulatedVector a, int step) {
        if (step == 0) {
            return a;
        }
        double[] re = a.re == null ? null : SlotArrays.rotate(a.re, step);
        double[] im = a.im == null ? null : SlotArrays.rotate(a.im, step);
        return new SimulatedVector(this, a.level, a.scaleDegree, a.components, re, im);
    }

    @Override
    public SimulatedVector conjugate(SimulatedVector a) {
        books.conjugation(a);
        double[] im = a.im == null ? null : SlotArrays.map(a.im, x -> -x);
        return new SimulatedVector(this, a.level, a.scaleDegree, a.components, a.re, im);
    }

    @Override
    public OperationCounts counts() {
        return books.counts();
    }
}
