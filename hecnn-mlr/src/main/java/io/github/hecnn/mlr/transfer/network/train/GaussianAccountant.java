package io.github.hecnn.mlr.transfer.network.train;

import org.apache.commons.math3.special.Erf;

/**
 * Privacy of the Gaussian mechanism, exactly. A release with sensitivity 1 and noise of deviation s, repeated k times on the same data
 * (adaptively, too), is as private as one release with noise s / sqrt(k) (Dong, Roth and Su, arXiv 1905.02383), for which Balle and Wang (arXiv
 * 1805.06530, theorem 8) give
 *
 * <pre>delta(epsilon) = Phi(1/(2s) - epsilon*s) - e^epsilon * Phi(-1/(2s) - epsilon*s).</pre>
 *
 * <p>So there is no slack as in bounds by moments or Renyi divergence. Neighbouring data sets differ by adding or removing one example; if
 * one is replaced by another, the sensitivity doubles: halve the multiplier.
 */
public final class GaussianAccountant {
    private GaussianAccountant() {}

    /**
     * Delta of a number of releases at an epsilon.
     *
     * @param noiseMultiplier deviation of the noise over the sensitivity, 0 or more
     * @param releases at least 1
     * @param epsilon 0 or more
     * @return 0..1; 1 without noise
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static double delta(double noiseMultiplier, int releases, double epsilon) {
        if (!(noiseMultiplier >= 0) || releases < 1 || !(epsilon >= 0)) {
            throw new IllegalArgumentException(
                    "accountant: expected noise and epsilon of 0 or more and at least 1 release," + " found "
                            + noiseMultiplier + ", " + epsilon + " and " + releases + "; correct them");
        }
        if (noiseMultiplier == 0) {
            return 1;
        }
        double s = noiseMultiplier / Math.sqrt(releases);
        double first = phi(1 / (2 * s) - epsilon * s);
        double tail = phi(-1 / (2 * s) - epsilon * s);
        double second = tail == 0 ? 0 : Math.exp(epsilon + Math.log(tail));
        return Math.max(0, Math.min(1, first - second));
    }

    /**
     * Least epsilon of a number of releases at a delta.
     *
     * @param noiseMultiplier deviation of the noise over the sensitivity, 0 or more
     * @param releases at least 1
     * @param delta more than 0 and less than 1; less than 1 over the number of examples, usually
     * @return epsilon to about 1e-9, rounded up; infinite without noise
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static double epsilon(double noiseMultiplier, int releases, double delta) {
        requireDelta(delta);
        if (delta(noiseMultiplier, releases, 0) <= delta) {
            return 0;
        }
        if (noiseMultiplier == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double high = 1;
        while (delta(noiseMultiplier, releases, high) > delta) {
            high *= 2;
        }
        double low = 0;
        while (high - low > 1e-9 * Math.max(1, high)) {
            double middle = (low + high) / 2;
            if (delta(noiseMultiplier, releases, middle) > delta) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /**
     * Least noise for an epsilon and a delta.
     *
     * @param epsilon positive
     * @param delta more than 0 and less than 1
     * @param releases at least 1
     * @return the noise multiplier
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static double noiseMultiplier(double epsilon, double delta, int releases) {
        requireDelta(delta);
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException(
                    "accountant: expected a positive epsilon, found " + epsilon + "; 1 to 10 are usual");
        }
        double high = 1;
        while (delta(high, releases, epsilon) > delta) {
            high *= 2;
        }
        double low = 0;
        while (high - low > 1e-9 * high) {
            double middle = (low + high) / 2;
            if (delta(middle, releases, epsilon) > delta) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static void requireDelta(double delta) {
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException(
                    "accountant: expected a delta between 0 and 1, found " + delta + "; 1e-5 is usual");
        }
    }

    private static double phi(double x) {
        return 0.5 * Erf.erfc(-x / Math.sqrt(2));
    }
}
