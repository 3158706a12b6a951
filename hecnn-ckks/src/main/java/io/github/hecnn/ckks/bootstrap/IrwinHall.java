package io.github.hecnn.ckks.bootstrap;

import java.math.BigInteger;

/**
 * How often the multiple of q(0) that raising adds to a coefficient is beyond the range of the modular reduction. With a sparse secret of
 * Hamming weight h it is the rounded sum of h + 1 uniform numbers between -1/2 and 1/2, a distribution of Irwin and Hall; its tail is
 * summed exactly.
 */
final class IrwinHall {
    private IrwinHall() {}

    /**
     * log2 of the probability that the multiple is above a bound in magnitude.
     *
     * @param hammingWeight h
     * @param bound largest multiple that does no harm
     * @return log2 of the probability for one coefficient; minus infinity if it cannot be
     */
    static double log2Beyond(int hammingWeight, int bound) {
        int n = hammingWeight + 1;
        // twice the tail P(sum of n uniforms on [0,1] < t), t = n/2 - bound - 1/2, everything doubled to stay with
        // integers
        int doubled = n - 2 * bound - 1;
        BigInteger sum = BigInteger.ZERO;
        BigInteger choose = BigInteger.ONE;
        for (int k = 0; 2 * k < doubled; k++) {
            BigInteger term =
                    choose.multiply(BigInteger.valueOf(doubled - 2L * k).pow(n));
            sum = k % 2 == 0 ? sum.add(term) : sum.subtract(term);
            choose = choose.multiply(BigInteger.valueOf(n - k)).divide(BigInteger.valueOf(k + 1L));
        }
        if (sum.signum() <= 0) {
            return Double.NEGATIVE_INFINITY;
        }
        BigInteger denominator = BigInteger.ONE;
        for (int k = 2; k <= n; k++) {
            denominator = denominator.multiply(BigInteger.valueOf(k));
        }
        return 1 + log2(sum) - log2(denominator) - n;
    }

    private static double log2(BigInteger x) {
        int shift = Math.max(0, x.bitLength() - 60);
        return Math.log(x.shiftRight(shift).doubleValue()) / Math.log(2) + shift;
    }
}
