package io.github.hecnn.ckks.bootstrap;

import io.github.hecnn.ckks.params.CkksParameters;

/**
 * The time of a refresh on one thread, from the work of its steps on single limbs: transforms, passes (a product, sum or permutation of whole
 * limbs), and terms of base extensions. Prices are those of a server of 2025 with vectors of 512 bits, where the scalar NTT of 2^15 that
 * benchmarks are quoted in takes 0.50 ms; machines differ.
 */
final class RefreshCost {
    /** Nanoseconds for each coefficient of a limb, at N = 2^16; transforms grow by the logarithm of N. */
    private static final double TRANSFORM = 2.4;

    private static final double PASS = 0.62;
    private static final double TERM = 0.05;
    private static final int PRICED_LOG_DEGREE = 16;

    private final CkksParameters ckks;
    private double transforms;
    private double passes;
    private double terms;

    private RefreshCost(CkksParameters ckks) {
        this.ckks = ckks;
    }

    /** Seconds of a refresh. */
    static double seconds(BootstrapPlan p) {
        RefreshCost c = new RefreshCost(p.ckks());
        int special = c.ckks.chain().specialPrimes().size();
        int lowDigit = p.lowSpecialPrimes();
        for (StagePlan s : p.slotsToCoeffs()) {
            c.stage(s, lowDigit, lowDigit);
        }
        c.keySwitch(1, lowDigit, lowDigit);
        c.keySwitch(1, 1, 1);
        int top = c.ckks.chainLevel() + 1;
        c.transforms += 2 * top;
        int sums = c.ckks.logRingDegree() - 1 - p.logSlots();
        for (int i = 0;
                i <= sums;
                i++) { // the switch back from the sparse secret, then the sums of sparsely packed vectors
            c.keySwitch(top, special, c.ckks.digitSize());
        }
        for (StagePlan s : p.coeffsToSlots()) {
            c.stage(s, special, c.ckks.digitSize());
        }
        int reductionTop = p.reduction().topLevel() + 1;
        c.keySwitch(reductionTop + 1, special, c.ckks.digitSize());
        c.hoisted(reductionTop + 1, special, c.ckks.digitSize());
        for (int half = 0; half < (p.complex() ? 2 : 1); half++) {
            int products = ModularReductionPlan.products(p.correctionDegree());
            int levels = ModularReductionPlan.levels(p.correctionDegree());
            for (int i = 0; i < products; i++) {
                int limbs = reductionTop - i * levels / products;
                c.keySwitch(limbs, special, c.ckks.digitSize());
                c.passes += 8 * limbs; // product, sums with factors, constants
            }
        }
        double perCoefficient = c.transforms * TRANSFORM * c.ckks.logRingDegree() / PRICED_LOG_DEGREE
                + c.passes * PASS
                + c.terms * TERM;
        return perCoefficient * c.ckks.ringDegree() * 1e-9;
    }

    private void decompose(int limbs, int special, int digit) {
        int digits = (limbs + digit - 1) / digit;
        transforms += digits * (limbs + special); // own limbs go back, the others forward
        terms += limbs * (double) (limbs + special - Math.min(limbs, digit));
    }

    private void product(int limbs, int special, int digit) {
        int digits = (limbs + digit - 1) / digit;
        passes += (2 * digits + 3) * (limbs + special);
    }

    private void divide(int limbs, int special) {
        transforms += limbs + special;
        terms += limbs * (double) special;
        passes += limbs;
    }

    private void keySwitch(int limbs, int special, int digit) {
        decompose(limbs, special, digit);
        hoisted(limbs, special, digit);
    }

    /** One product of a decomposition that is there. */
    private void hoisted(int limbs, int special, int digit) {
        product(limbs, special, digit);
        divide(limbs, special);
        divide(limbs, special);
    }

    private void stage(StagePlan s, int special, int digit) {
        int limbs = s.level() + 1;
        decompose(limbs, special, digit);
        for (int i = 1; i < s.babies(); i++) {
            product(limbs, special, digit);
        }
        passes += 2.0 * s.diagonals() * (limbs + special);
        for (int i = 1; i < s.giants(); i++) {
            divide(limbs, special);
            decompose(limbs, special, digit);
            product(limbs, special, digit);
            passes += 3 * (limbs + special);
        }
        divide(limbs, special);
        divide(limbs, special);
    }
}
