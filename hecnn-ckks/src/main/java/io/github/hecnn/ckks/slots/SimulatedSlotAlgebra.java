package io.github.hecnn.ckks.slots;

import io.github.hecnn.ckks.error.IntervalException;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.ModulusCapacity;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The slot algebra on plain doubles, to rehearse a circuit before its keys exist: no noise, no security, but exactly the checks,
 * errors and books of the real one. A missing rotation key or one level too few shows up here in seconds.
 *
 * <p>It sees what no real run can, the slots, and refuses what the real run would get wrong without a word: values that do not fit
 * below half the modulus at their level and scale ({@link ModulusCapacity}), infinities included, and slots outside of a
 * polynomial's interval. Give it the parameters of the run: {@link #builder(CkksParameters)}. Without parameters the chain is taken
 * to have a first prime of 49 bits and a scale of 40 bits.
 *
 * <p>In books-only form values carry no slots at all, which is enough to plan: levels, keys and counts of a circuit do not depend
 * on the data. A bound on the slots may be declared instead ({@link #fresh(double)}), and is followed through the circuit.
 *
 * <p>Thread-safe. Errors are those of {@link SlotAlgebra}.
 */
public final class SimulatedSlotAlgebra extends SimulatedOperations {
    private SimulatedSlotAlgebra(Builder b) {
        super(
                b.slots,
                b.booksOnly,
                b.capacity,
                b.transparentAllowed,
                b.keys(),
                b.limits,
                b.noise(),
                b.intervalListener);
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

    /**
     * Starts a description of the algebra of a parameter set, with every key, and with slots.
     *
     * @param parameters slots, levels, primes and scales of the run to rehearse
     * @return a builder
     */
    public static Builder builder(CkksParameters parameters) {
        return new Builder(parameters.slots(), parameters.maxLevel()).capacity(ModulusCapacity.of(parameters));
    }

    /**
     * Starts a description with every key, with slots, and with the noise that a model predicts.
     *
     * @param model noise of a parameter set, whose levels, scales and modulus the algebra takes
     * @return a builder; {@link Builder#noiseDraws} sets how many draws
     */
    public static Builder builder(NoiseModel model) {
        Builder b = builder(model.parameters());
        b.noiseModel = model;
        return b;
    }

    /** Describes a {@link SimulatedSlotAlgebra}. Not thread-safe. */
    public static final class Builder {
        private static final int FIRST_PRIME_BITS = 49;
        private static final int SCALE_BITS = 40;
        private static final int NOISE_DRAWS = 16;
        private static final int MOST_NOISE_DRAWS = 1024;

        private final int slots;
        private ModulusCapacity capacity;
        private NavigableSet<Integer> rotationSteps;
        private boolean conjugation = true;
        private boolean relinearization = true;
        private boolean booksOnly;
        private boolean transparentAllowed;
        private Consumer<IntervalException> intervalListener;
        private Refresher.Limits limits;
        private NoiseModel noiseModel;
        private int noiseDraws = NOISE_DRAWS;

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
            this.capacity = ModulusCapacity.ofBits(maxLevel, FIRST_PRIME_BITS, SCALE_BITS);
        }

        /**
         * What the modulus holds, for plans whose parameters do not exist yet; by default a first prime of 49 bits and a scale of
         * 40 bits at every level.
         *
         * @param value primes and scales, see {@link ModulusCapacity#ofBits}
         * @return this
         * @throws InvalidParametersException if it has another number of levels
         */
        public Builder capacity(ModulusCapacity value) {
            if (value.maxLevel() != capacity.maxLevel()) {
                throw new InvalidParametersException(
                        "SimulatedSlotAlgebra: expected a capacity of " + capacity.maxLevel() + " levels, found one of "
                                + value.maxLevel() + "; give both the same number of levels");
            }
            capacity = value;
            return this;
        }

        /**
         * The rule by scale takes slots of ciphertexts to be up to a bound, instead of 1, as
         * {@link io.github.hecnn.ckks.scheme.Evaluator#assumingSlotsUpTo} does in the real run. Slots that are known are still
         * held against the modulus by their values.
         *
         * @param bound largest magnitude of a slot, positive and finite
         * @return this
         * @throws InvalidParametersException if it is not positive and finite
         */
        public Builder assumingSlotsUpTo(double bound) {
            capacity = capacity.assuming(bound);
            return this;
        }

        /**
         * Allows results that anybody could read in the real run, such as a - a and products with zero, as
         * {@link io.github.hecnn.ckks.scheme.Evaluator#allowingTransparent} does.
         *
         * @return this
         */
        public Builder allowingTransparent() {
            transparentAllowed = true;
            return this;
        }

        /**
         * Hears of slots outside of a polynomial's interval, and the rehearsal goes on; without a listener they are refused.
         *
         * @param listener takes what would have been thrown; called by the thread that evaluates
         * @return this
         */
        public Builder onOutsideInterval(Consumer<IntervalException> listener) {
            intervalListener = listener;
            return this;
        }

        /**
         * Lets values be refreshed: levels rise as they will in the real run, slots beyond the limits are refused, or told to the listener of
         * {@link #onOutsideInterval}, and with a noise model the error is added, new in every refresh. The part of it that is the same
         * function of the slots each time adds up faster than that.
         *
         * @param value limits, such as {@link io.github.hecnn.ckks.bootstrap.BootstrapParameters#refreshLimits}
         * @return this
         * @throws MismatchException by {@link #build}, if it raises above the top level, or has more slots
         */
        public Builder refreshing(Refresher.Limits value) {
            limits = value;
            return this;
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

        /**
         * How many possible errors of every slot are followed, with a noise model: 16 unless told. Time and memory of the rehearsal are this many
         * times two those of one without noise; a deviation of one slot is known to about 1/sqrt(2 draws), that of many slots better.
         *
         * @param draws 1..1024
         * @return this
         * @throws InvalidParametersException for another number
         */
        public Builder noiseDraws(int draws) {
            if (draws < 1 || draws > MOST_NOISE_DRAWS) {
                throw new InvalidParametersException("noiseDraws: expected 1.." + MOST_NOISE_DRAWS + ", found " + draws
                        + "; take 16 for deviations of single slots, 4 for those of many together");
            }
            noiseDraws = draws;
            return this;
        }

        private NoiseTracker noise() {
            return noiseModel == null || booksOnly ? null : new NoiseTracker(noiseModel, noiseDraws);
        }

        private SimulatedBooks.Keys keys() {
            return new SimulatedBooks.Keys(rotationSteps, conjugation, relinearization);
        }

        /**
         * Makes the algebra.
         *
         * @return a new algebra with empty books
         * @throws MismatchException if a refresher has an output level or a period beyond those of the algebra
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
     * @throws MismatchException if there are not {@link #slots()} numbers, or one is not finite
     * @throws ScaleException if one does not fit at the top level or all of them round to zero
     */
    public SimulatedVector encrypt(double[] values) {
        SlotChecks.size("encrypt", slots, values.length);
        return booksOnly ? fresh() : encrypted(values.clone(), null);
    }

    /**
     * A fresh value of the top level.
     *
     * @param re real parts of the slots, copied; not looked at in a books-only algebra
     * @param im imaginary parts
     * @return the value
     * @throws MismatchException if there are not {@link #slots()} numbers of each, or one is not finite
     * @throws ScaleException if one does not fit at the top level or all of them round to zero
     */
    public SimulatedVector encrypt(double[] re, double[] im) {
        SlotChecks.size("encrypt", slots, re.length);
        SlotChecks.size("encrypt", slots, im.length);
        return booksOnly ? fresh() : encrypted(re.clone(), im.clone());
    }

    private SimulatedVector encrypted(double[] re, double[] im) {
        SlotChecks.finiteSlots("encrypt", re);
        if (im != null) {
            SlotChecks.finiteSlots("encrypt", im);
        }
        SlotValues values = SlotValues.of(re, im);
        ModulusCapacity.requireNotRoundedToZero(
                "encrypt", values.bound, books.capacity().scale(maxLevel));
        return noisyFresh(value("encrypt", maxLevel, 1, freshParts(), values));
    }

    private SimulatedVector noisyFresh(SimulatedVector v) {
        return noise == null ? v : v.with(noise.fresh(v.level, v.values.bound));
    }

    /**
     * A fresh value of the top level with zeros in its slots, or in a books-only algebra without slots and without a bound.
     *
     * @return the value
     */
    public SimulatedVector fresh() {
        return noisyFresh(value(
                "fresh",
                maxLevel,
                1,
                freshParts(),
                booksOnly ? SlotValues.UNKNOWN : SlotValues.of(new double[slots], null)));
    }

    /**
     * A fresh value of the top level in a books-only algebra, of whose slots a bound is known. Bounds of results are worst cases:
     * those of sums are added and those of products multiplied.
     *
     * @param bound at least the largest magnitude of a slot
     * @return the value
     * @throws MismatchException in an algebra with slots
     * @throws ScaleException if slots up to the bound do not fit at the top level
     */
    public SimulatedVector fresh(double bound) {
        if (!booksOnly) {
            throw new MismatchException(
                    "fresh: expected a books-only algebra, found one with slots; encrypt the slots");
        }
        return value(
                "fresh",
                maxLevel,
                1,
                freshParts(),
                SlotValues.bounded(Double.isNaN(bound) ? Double.POSITIVE_INFINITY : Math.abs(bound)));
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

    private SlotValues withSlots(String operation, SimulatedVector v) {
        books.own(operation, v);
        if (booksOnly) {
            throw new MismatchException(operation
                    + ": expected values with slots, found a books-only algebra; build one without booksOnly()");
        }
        return v.values;
    }

    /**
     * The error that the real run is predicted to have in the real parts of a value, as a root mean square over the slots: a standard deviation, but
     * for known roundings of constants and plain vectors, which are in it, too. Errors that operands have in common are followed, so the powers of
     * a value or a sum over its rotations are predicted right; see {@link NoiseModel} for what an operation adds.
     *
     * @param v a value of this algebra
     * @return root mean square error of a decrypted real part
     * @throws MismatchException without a noise model, or for a value of another algebra
     */
    public double predictedDeviation(SimulatedVector v) {
        double squares = 0;
        for (double d : predictedDeviations(v)) {
            squares += d * d;
        }
        return Math.sqrt(squares / slots);
    }

    /**
     * {@link #predictedDeviation} of every slot by itself: what hides behind a zero of a mask differs from the rest. In practice no slot is off by more
     * than {@link NoiseModel#MAX_DEVIATIONS} of them.
     *
     * @param v a value of this algebra
     * @return [slot] root mean square error of a decrypted real part, over the draws
     * @throws MismatchException without a noise model, or for a value of another algebra
     */
    public double[] predictedDeviations(SimulatedVector v) {
        SlotErrors e = withErrors("predictedDeviations", v);
        return e.deviations(e.re, v.values.bound);
    }

    /**
     * {@link #predictedDeviations} of imaginary parts.
     *
     * @param v a value of this algebra
     * @return [slot] root mean square error of a decrypted imaginary part, over the draws
     * @throws MismatchException without a noise model, or for a value of another algebra
     */
    public double[] predictedImaginaryDeviations(SimulatedVector v) {
        SlotErrors e = withErrors("predictedImaginaryDeviations", v);
        return e.deviations(e.im, v.values.bound);
    }

    /**
     * Possible errors of a value, one of the draws that the deviations are taken of. What follows from decrypted slots in the clear, such as trained
     * weights, is predicted by doing the same with slots plus errors: the root mean square, over the draws, of the differences it makes.
     *
     * @param v a value of this algebra
     * @param draw from 0 to below the number of draws ({@link Builder#noiseDraws})
     * @return [slot] errors, complex
     * @throws MismatchException without a noise model, for a value of another algebra, or if there is no such draw
     */
    public PlainVector possibleErrors(SimulatedVector v, int draw) {
        SlotErrors e = withErrors("possibleErrors", v);
        if (draw < 0 || draw >= e.re.length) {
            throw new MismatchException("possibleErrors: expected a draw in 0.." + (e.re.length - 1) + ", found " + draw
                    + "; ask for more with noiseDraws");
        }
        return PlainVector.complex(e.re[draw], e.im[draw]);
    }

    private SlotErrors withErrors(String operation, SimulatedVector v) {
        books.own(operation, v);
        if (v.errors == null) {
            throw new MismatchException(
                    operation + ": expected an algebra that follows noise, found one without; make it"
                            + " with builder(NoiseModel), and with slots");
        }
        return v.errors;
    }
}
