package io.github.hecnn.core.internal.kernel.vector.sums;

import io.github.hecnn.core.internal.kernel.Residues;

/**
 * The sums of {@link VectorSums} for one to four products, as many as key switches have digits: each number with a loop of its own
 * ({@link VectorPairLoops}).
 */
final class VectorPairSums {
    static final int MOST_TERMS = 4;

    private interface Loop {
        void run(
                double[][] digits,
                double[][] k0,
                double[][] k1,
                double[] out0,
                double[] out1,
                int from,
                int to,
                int shift,
                double q,
                double qInv,
                boolean lazy);
    }

    /** Two loops that do nothing, and the one for a single product (rule 2). The others are too big to be inlined (rule 3). */
    private static final Loop[] SINGLE = {
        (digits, k0, k1, out0, out1, from, to, shift, q, qInv, lazy) -> {},
        (digits, k0, k1, out0, out1, from, to, shift, q, qInv, lazy) -> {},
        VectorPairLoops::one
    };

    private VectorPairSums() {}

    /** The sums of count products, of the coefficients from from to to, written shift places lower: canonical, or lazy as {@link Residues} says. */
    static void run(
            double[][] digits,
            double[][] k0,
            double[][] k1,
            int count,
            double[] out0,
            double[] out1,
            int from,
            int to,
            int shift,
            double q,
            double qInv,
            boolean lazy) {
        switch (count) {
            case 2 -> VectorPairLoops.two(digits, k0, k1, out0, out1, from, to, shift, q, qInv, lazy);
            case 3 -> VectorPairLoops.three(digits, k0, k1, out0, out1, from, to, shift, q, qInv, lazy);
            case 4 -> VectorPairLoops.four(digits, k0, k1, out0, out1, from, to, shift, q, qInv, lazy);
            default -> {
                for (Loop loop : SINGLE) {
                    loop.run(digits, k0, k1, out0, out1, from, to, shift, q, qInv, lazy);
                }
            }
        }
    }
}
