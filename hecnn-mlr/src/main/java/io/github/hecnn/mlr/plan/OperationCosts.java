package io.github.hecnn.mlr.plan;

import io.github.hecnn.ckks.circuit.OperationCounts;

/**
 * Prices of operations in units of one plain key switch, to compare layouts. A hoisted rotation saves the decomposition, which is
 * about half of a key switch; products and rescalings are those of RNS-CKKS at about ten primes. Rough on purpose: the layouts that
 * compete differ by much more.
 */
public final class OperationCosts {
    private static final double DECOMPOSITION = 0.5;
    private static final double HOISTED = 0.5;
    private static final double PRODUCT = 0.05;
    private static final double PLAIN_PRODUCT = 0.03;
    private static final double RESCALE = 0.15;

    private OperationCosts() {}

    public static double total(OperationCounts counts) {
        return counts.rotations()
                + counts.conjugations()
                + counts.relinearizations()
                + DECOMPOSITION * counts.hoistings()
                + HOISTED * counts.hoistedRotations()
                + PRODUCT * counts.multiplications()
                + PLAIN_PRODUCT * (counts.plainMultiplications() + counts.constantMultiplications())
                + RESCALE * (counts.rescales() + counts.alignments());
    }
}
