package io.github.hecnn.ckks.bootstrap;

import io.github.hecnn.ckks.params.CkksParameters;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What follows from the settings of bootstrapping. Immutable and thread-safe.
 *
 * @param ckks parameters with the upper levels that bootstrapping takes
 * @param complex whether slots have imaginary parts
 * @param correctionDegree 1, 3 or 5
 * @param messageRatioBits log2 of q(0) over the scale of the message when it is raised
 * @param integerBound largest multiple of q(0) that is taken out
 * @param ephemeralWeight Hamming weight of the sparse secret
 * @param bound largest magnitude of real and imaginary parts
 * @param slotsToCoeffsSizes butterflies of each stage, the sum log2 of the slots
 * @param coeffsToSlotsSizes the same
 */
record BootstrapPlan(
        CkksParameters ckks,
        boolean complex,
        int correctionDegree,
        int messageRatioBits,
        int integerBound,
        int ephemeralWeight,
        double bound,
        List<Integer> slotsToCoeffsSizes,
        List<Integer> coeffsToSlotsSizes) {
    /** Bits of all primes above the user's levels. */
    static final int UPPER_PRIME_BITS = 49;

    /** Key-switching digits of SlotsToCoeffs. */
    static final int LOW_DIGITS = 2;

    private static final long MULTIPLIER = 0x5851f42d4c957f2dL;

    int logSlots() {
        return slotsToCoeffsSizes.stream().mapToInt(Integer::intValue).sum();
    }

    int slots() {
        return 1 << logSlots();
    }

    int inputLevel() {
        return slotsToCoeffsSizes.size();
    }

    double messageRatio() {
        return Math.scalb(1.0, messageRatioBits);
    }

    List<StagePlan> slotsToCoeffs() {
        return StagePlan.stages(slotsToCoeffsSizes, false, inputLevel());
    }

    List<StagePlan> coeffsToSlots() {
        return StagePlan.stages(coeffsToSlotsSizes, true, ckks.chainLevel());
    }

    ModularReductionPlan reduction() {
        return ModularReductionPlan.of(ckks, UPPER_PRIME_BITS, correctionDegree, messageRatioBits, integerBound, bound);
    }

    /** What the last stage of SlotsToCoeffs is short of. */
    int pendingAfterSlotsToCoeffs() {
        return slotsToCoeffs().get(slotsToCoeffsSizes.size() - 1).pendingAfter();
    }

    /** What the last stage of CoeffsToSlots is short of; taken back together with the conjugation. */
    int pendingAfterCoeffsToSlots() {
        return coeffsToSlots().get(coeffsToSlotsSizes.size() - 1).pendingAfter();
    }

    /** As many as a digit of the low context has primes: special primes are the largest. */
    int lowSpecialPrimes() {
        return (inputLevel() + LOW_DIGITS) / LOW_DIGITS;
    }

    /** Rotations with keys of the whole context. */
    NavigableSet<Integer> rotations() {
        NavigableSet<Integer> steps = new TreeSet<>();
        coeffsToSlots().forEach(s -> steps.addAll(s.rotations()));
        for (int i = logSlots(); i < ckks.logRingDegree() - 1; i++) {
            steps.add(1 << i); // the sum over what a sparsely packed vector's coefficients leave out
        }
        steps.add(pendingAfterCoeffsToSlots());
        steps.remove(0);
        return steps;
    }

    /** Rotations with keys of the low context. */
    NavigableSet<Integer> lowRotations() {
        NavigableSet<Integer> steps = new TreeSet<>();
        slotsToCoeffs().forEach(s -> steps.addAll(s.rotations()));
        steps.add(pendingAfterSlotsToCoeffs());
        steps.remove(0);
        return steps;
    }

    /** Equal for equal plans on every platform. */
    long id() {
        long h = ckks.id();
        for (char c : settings().toCharArray()) {
            h = h * MULTIPLIER + c;
        }
        return h;
    }

    private String settings() {
        return (complex ? "complex" : "real") + " 2^" + logSlots() + " slots, correction " + correctionDegree
                + ", ratio 2^" + messageRatioBits + ", K " + integerBound + ", h " + ephemeralWeight + ", bound "
                + bound
                + ", slots to coeffs " + slotsToCoeffsSizes + ", coeffs to slots " + coeffsToSlotsSizes;
    }

    @Override
    public String toString() {
        return "Bootstrapping of " + settings() + "; " + ckks;
    }
}
