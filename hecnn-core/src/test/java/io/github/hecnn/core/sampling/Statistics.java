package io.github.hecnn.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/** Checks of samples against their distribution. Seeds are fixed, so a check passes always or never. */
final class Statistics {
    private Statistics() {}

    /** Pearson's chi-square stays within five standard deviations of its mean. Bins with few expected hits are merged. */
    static void assertChiSquare(long[] observed, double[] probabilities) {
        double total = 0;
        for (long o : observed) {
            total += o;
        }
        double statistic = 0;
        int bins = 0;
        double expectedRest = 0;
        double observedRest = 0;
        for (int i = 0; i < observed.length; i++) {
            double expected = probabilities[i] * total;
            if (expected < 20) {
                expectedRest += expected;
                observedRest += observed[i];
                continue;
            }
            statistic += square(observed[i] - expected) / expected;
            bins++;
        }
        if (expectedRest >= 5) {
            statistic += square(observedRest - expectedRest) / expectedRest;
            bins++;
        } else {
            assertThat(observedRest).isLessThan(30);
        }
        double freedom = bins - 1;
        assertThat(Math.abs(statistic - freedom))
                .as("chi-square %f at %f degrees of freedom", statistic, freedom)
                .isLessThan(5 * Math.sqrt(2 * freedom));
    }

    /** Every value is an integer of at most this size, and none is -0.0. One assertion for all, since there are many. */
    static void assertIntegersWithin(double[] values, double bound) {
        for (double v : values) {
            if (v != Math.rint(v) || Math.abs(v) > bound || (v == 0 && 1 / v < 0)) {
                throw new AssertionError("expected integers up to " + bound + ", found " + v);
            }
        }
    }

    static double[] uniform(int bins) {
        double[] probabilities = new double[bins];
        Arrays.fill(probabilities, 1.0 / bins);
        return probabilities;
    }

    /** The correlation of a and b, whose means are zero, is within five standard deviations of zero. */
    static void assertUncorrelated(double[] a, double[] b, int shift) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i + shift < a.length; i++) {
            ab += a[i] * b[i + shift];
            aa += a[i] * a[i];
            bb += b[i + shift] * b[i + shift];
        }
        assertThat(Math.abs(ab / Math.sqrt(aa * bb))).isLessThan(5 / Math.sqrt(a.length - shift));
    }

    private static double square(double x) {
        return x * x;
    }
}
