package io.github.hecnn.ckks.bootstrap;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.slots.Refresher;
import java.util.ArrayList;
import java.util.List;

/**
 * How ciphertexts are bootstrapped, and the CKKS parameters for it: the user's levels at the bottom, above them those of the modular reduction
 * and of the transform from coefficients to slots. Immutable and thread-safe; made by {@link #builder()} or taken from {@link BootstrapPreset}.
 *
 * <p><b>The way of a ciphertext.</b> At level {@link #inputLevel()} its slots are moved into the coefficients (SlotsToCoeffs), at the lowest levels and
 * with small keys of their own. At level 0 it is switched to a sparse secret, raised to the whole modulus, which adds small multiples of q(0) to the
 * coefficients, and switched back (ia.cr/2022/024). The coefficients are moved into the slots (CoeffsToSlots), where the multiples are taken out
 * by a scaled sine ({@link ModularReduction}). The result is at the user's top level with its canonical scale.
 *
 * <p><b>Bound.</b> Slots must be at most {@link #bound()} in magnitude, real and imaginary parts each. Beyond it the sine bends, and far beyond it
 * values wrap around: the result is wrong, and nothing notices.
 */
public final class BootstrapParameters {
    private final BootstrapPlan plan;

    private BootstrapParameters(BootstrapPlan plan) {
        this.plan = plan;
    }

    /**
     * Starts a builder with the settings of {@link BootstrapPreset#BOOT_16}.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The CKKS parameters: make the context of all keys and ciphertexts from them.
     *
     * @return parameters with levels above the user's
     */
    public CkksParameters ckksParameters() {
        return plan.ckks();
    }

    /**
     * Whether slots have imaginary parts, too; otherwise those of the result are noise.
     *
     * @return true for complex slots
     */
    public boolean complexSlots() {
        return plan.complex();
    }

    /** {@return slots that are refreshed, a power of two up to N/2: a vector of this length, repeated if there are more slots} */
    public int slots() {
        return plan.slots();
    }

    /** {@return largest magnitude of the real and the imaginary part of a slot} */
    public double bound() {
        return plan.bound();
    }

    /**
     * Lowest level of a ciphertext that can be refreshed; from above it is dropped to this level first.
     *
     * @return number of stages of SlotsToCoeffs
     */
    public int inputLevel() {
        return plan.inputLevel();
    }

    /** {@return level of a refreshed ciphertext, {@link CkksParameters#maxLevel()}} */
    public int outputLevel() {
        return plan.ckks().maxLevel();
    }

    /** {@return levels for computing between one refresh and the next: output level less input level} */
    public int levelsLeft() {
        return outputLevel() - inputLevel();
    }

    /**
     * What a refresh costs and how exact it is, before any key is made. Takes some tens of milliseconds.
     *
     * @return the prediction
     */
    public BootstrapPrediction prediction() {
        return Predictor.of(plan);
    }

    /**
     * What a rehearsal has to know of refreshes, before any key is made: see
     * {@link io.github.hecnn.ckks.slots.SimulatedSlotAlgebra.Builder#refreshing}. Takes as long as {@link #prediction()}.
     *
     * @return levels, slots, bound and predicted root mean square error
     */
    public Refresher.Limits refreshLimits() {
        return refreshLimits(prediction());
    }

    Refresher.Limits refreshLimits(BootstrapPrediction prediction) {
        double deviation = Math.pow(2, prediction.rmsErrorBits());
        return new Refresher.Limits(inputLevel(), outputLevel(), slots(), complexSlots(), bound(), deviation);
    }

    /**
     * What a refresh takes on one thread, from its key switches, each at its level, at the prices of these parameters: for
     * {@link io.github.hecnn.ckks.cost.OperationPrices#withRefresh}.
     *
     * @return seconds: good for comparing circuits and for a progress bar, not a promise
     */
    public double refreshSeconds() {
        return RefreshPrice.seconds(plan);
    }

    /** {@return a fingerprint of the CKKS parameters and all settings here, equal for equal parameters} */
    public long id() {
        return plan.id();
    }

    BootstrapPlan plan() {
        return plan;
    }

    /**
     * The sub-context of SlotsToCoeffs, for its small keys.
     *
     * @param context context of {@link #ckksParameters()}
     * @return a sub-context of the lowest levels, of two digits and as many special primes as a digit has
     */
    public CkksContext lowContext(CkksContext context) {
        return context.subContext(inputLevel(), plan.lowSpecialPrimes(), BootstrapPlan.LOW_DIGITS);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof BootstrapParameters other && other.plan.equals(plan);
    }

    @Override
    public int hashCode() {
        return plan.hashCode();
    }

    @Override
    public String toString() {
        return plan.toString();
    }

    /** Collects settings; not thread-safe. */
    public static final class Builder {
        private int logRingDegree = 16;
        private int levels = 11;
        private int scaleBits = 40;
        private int digits = 2;
        private int secretHammingWeight;
        private SecurityLevel securityLevel = SecurityLevel.CLASSICAL_128;
        private boolean complexSlots;
        private int logSlots = -1;
        private int correctionDegree = 3;
        private int messageRatioBits = 7;
        private int integerBound = 13;
        private int ephemeralWeight = 32;
        private double bound = 1;
        private List<Integer> slotsToCoeffs = List.of();
        private List<Integer> coeffsToSlots = List.of();

        private Builder() {}

        static void range(String what, int value, int low, int high) {
            if (value < low || value > high) {
                throw new InvalidParametersException("bootstrap: expected " + what + " in " + low + ".." + high
                        + ", found " + value + "; set one in that range");
            }
        }

        private List<Integer> stages(String what, List<Integer> given, int logSlots, boolean largestFirst) {
            if (given.isEmpty()) {
                int count = Math.min(3, logSlots);
                List<Integer> out = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    int k = largestFirst ? i : count - 1 - i; // what goes around all slots has fewer diagonals
                    out.add(logSlots / count + (k < logSlots % count ? 1 : 0));
                }
                return out;
            }
            int sum = given.stream().mapToInt(Integer::intValue).sum();
            if (sum != logSlots || given.stream().anyMatch(s -> s < 1 || s > 10)) {
                throw new InvalidParametersException(
                        "bootstrap: expected stages of " + what + " of 1 to 10 butterflies,"
                                + " " + logSlots + " together for 2^" + logSlots + " slots, found " + given
                                + "; leave them out for three even stages");
            }
            return given;
        }

        /**
         * log2 of the ring degree; 16 unless told.
         *
         * @param value 11..17
         * @return this
         */
        public Builder logRingDegree(int value) {
            logRingDegree = value;
            return this;
        }

        /**
         * Level of a refreshed ciphertext, of which SlotsToCoeffs takes its stages; 11 unless told.
         *
         * @param value more than the stages of SlotsToCoeffs
         * @return this
         */
        public Builder levels(int value) {
            levels = value;
            return this;
        }

        /**
         * log2 of the user's scale; 40 unless told.
         *
         * @param value 30..45
         * @return this
         */
        public Builder scaleBits(int value) {
            scaleBits = value;
            return this;
        }

        /**
         * Key-switching digits of the whole chain; 2 unless told. More digits need less modulus for the special primes, and larger keys.
         *
         * @param value 1..64
         * @return this
         */
        public Builder digits(int value) {
            digits = value;
            return this;
        }

        /**
         * Fixed number of non-zero coefficients of the main secret, for comparison with other libraries; 0, a dense secret, unless told.
         *
         * @param value 0..N
         * @return this
         */
        public Builder secretHammingWeight(int value) {
            secretHammingWeight = value;
            return this;
        }

        /**
         * The security to enforce; {@link SecurityLevel#CLASSICAL_128} unless told. The sparse secret has no more than that.
         *
         * @param value {@link SecurityLevel#CLASSICAL_128}, or {@link SecurityLevel#NONE} in tests
         * @return this
         */
        public Builder securityLevel(SecurityLevel value) {
            securityLevel = value;
            return this;
        }

        /**
         * Whether slots are complex; real unless told. Complex slots take a second modular reduction.
         *
         * @param value true for complex slots
         * @return this
         */
        public Builder complexSlots(boolean value) {
            complexSlots = value;
            return this;
        }

        /**
         * log2 of the number of slots; all N/2 unless told. Fewer slots make smaller tables and shorter transforms.
         *
         * @param value 1..logRingDegree - 1
         * @return this
         */
        public Builder logSlots(int value) {
            logSlots = value;
            return this;
        }

        /**
         * Largest magnitude of the real and imaginary parts of slots; 1 unless told. Any bound costs the same: it takes its own bits from the
         * message ratio, and errors grow in proportion to it where it goes with as many more bits of the ratio.
         *
         * @param value positive, at most an eighth of the ratio
         * @return this
         */
        public Builder bound(double value) {
            bound = value;
            return this;
        }

        /**
         * Degree of the odd polynomial that takes out the sine's error; 3 unless told. Degree 1 takes no level, 3 takes two, 5 takes three.
         *
         * @param value 1, 3 or 5
         * @return this
         */
        public Builder correctionDegree(int value) {
            correctionDegree = value;
            return this;
        }

        /**
         * log2 of q(0) over the scale of the message when it is raised; 7 unless told. A small ratio leaves more to the correction, a large
         * one enlarges the noise: 10 goes with degree 1, 7 with degree 3, 5 with degree 5.
         *
         * @param value 3..14
         * @return this
         */
        public Builder messageRatioBits(int value) {
            messageRatioBits = value;
            return this;
        }

        /**
         * Largest multiple of q(0) that is taken out, K; 13 unless told, 15 for a failure that never happens. A refresh fails when a
         * coefficient has a larger one, see {@link BootstrapPrediction#failureBits()}.
         *
         * @param value 8..16
         * @return this
         */
        public Builder integerBound(int value) {
            integerBound = value;
            return this;
        }

        /**
         * Hamming weight of the secret that exists while keys are made only; 32 unless told.
         *
         * @param value 16..64, at least 32 for 128 bits
         * @return this
         */
        public Builder ephemeralWeight(int value) {
            ephemeralWeight = value;
            return this;
        }

        /**
         * Butterflies of every stage of SlotsToCoeffs; three even stages unless told. Each stage takes one of the user's levels.
         *
         * @param butterflies log2 of the radix of each stage, the sum log2 of the slots
         * @return this
         */
        public Builder slotsToCoeffs(int... butterflies) {
            slotsToCoeffs = list(butterflies);
            return this;
        }

        /**
         * Butterflies of every stage of CoeffsToSlots; three even stages unless told. Each stage takes a level of its own.
         *
         * @param butterflies log2 of the radix of each stage, the sum log2 of the slots
         * @return this
         */
        public Builder coeffsToSlots(int... butterflies) {
            coeffsToSlots = list(butterflies);
            return this;
        }

        private static List<Integer> list(int[] values) {
            List<Integer> out = new ArrayList<>();
            for (int v : values) {
                out.add(v);
            }
            return List.copyOf(out);
        }

        /**
         * Picks the primes and checks everything.
         *
         * @return parameters
         * @throws InvalidParametersException if a setting is out of range, or the chain is too long for the security asked for
         */
        public BootstrapParameters build() {
            range("logRingDegree", logRingDegree, 11, 17);
            range("scaleBits", scaleBits, 30, 45);
            range("messageRatioBits", messageRatioBits, 3, 14);
            range("integerBound", integerBound, 8, 16);
            range("ephemeralWeight", ephemeralWeight, 16, 64);
            range("bits of securityLevel", securityLevel.bits(), 0, SecurityLevel.CLASSICAL_128.bits());
            if (correctionDegree != 1 && correctionDegree != 3 && correctionDegree != 5) {
                throw new InvalidParametersException(
                        "bootstrap: expected a correction of degree 1, 3 or 5, found " + correctionDegree + "; use 3");
            }
            double most = Math.scalb(1.0, messageRatioBits - 3);
            if (!(bound > 0 && bound <= most)) {
                throw new InvalidParametersException("bootstrap: expected a bound above 0 and at most " + most
                        + ", an eighth of the message ratio, found " + bound + "; use a larger messageRatioBits");
            }
            int slotBits = logSlots < 0 ? logRingDegree - 1 : logSlots;
            range("logSlots", slotBits, 1, logRingDegree - 1);
            List<Integer> stc = stages("slotsToCoeffs", slotsToCoeffs, slotBits, false);
            List<Integer> cts = stages("coeffsToSlots", coeffsToSlots, slotBits, true);
            if (levels <= stc.size()) {
                throw new InvalidParametersException("bootstrap: expected more levels than the " + stc.size()
                        + " of slotsToCoeffs, found " + levels + "; use levels(" + (stc.size() + 1) + ") or more");
            }
            int bits = BootstrapPlan.UPPER_PRIME_BITS;
            CkksParameters ckks = CkksParameters.builder()
                    .logRingDegree(logRingDegree)
                    .levels(levels)
                    .scaleBits(scaleBits)
                    .digits(digits)
                    .secretHammingWeight(secretHammingWeight)
                    .securityLevel(securityLevel)
                    .upperLevels(ModularReductionPlan.levels(correctionDegree), bits)
                    .upperLevels(cts.size(), bits)
                    .build();
            return new BootstrapParameters(new BootstrapPlan(
                    ckks,
                    complexSlots,
                    correctionDegree,
                    messageRatioBits,
                    integerBound,
                    ephemeralWeight,
                    bound,
                    stc,
                    cts));
        }
    }
}
