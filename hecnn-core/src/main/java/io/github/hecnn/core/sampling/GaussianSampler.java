package io.github.hecnn.core.sampling;

/**
 * Gaussian integers: the errors of encryptions and keys, and wide noise for flooding.
 *
 * <p>Up to sigma = {@value #MAX_TABLE_SIGMA} this is the discrete Gaussian, P(x) proportional to exp(-x^2 / (2 sigma^2)),
 * by a table of cumulative probabilities of 63 bits, made in exact decimal arithmetic. Values beyond 9.5 sigma, which
 * have together less than 2^-64, do not occur (30 is the largest for sigma 3.2). The statistical distance from the
 * untruncated distribution is below 2^-64 per table entry: below 2^-58 a sample for sigma 3.2. Every sample looks at the
 * whole table, so time and memory accesses do not depend on the values.
 *
 * <p>Above that it is the continuous normal distribution rounded to the nearest integer, in 53-bit arithmetic by Box and
 * Muller's transformation, with the values beyond 8.6 sigma missing: made for flooding, not for the errors that security
 * rests on, and not constant-time.
 *
 * <p>A seed gives the same values on every platform. Immutable; thread-safe as long as threads do not share a source.
 */
public final class GaussianSampler {
    /** The usual standard deviation of errors, the one the security tables are made for. */
    public static final double SIGMA = 3.2;

    /** Up to this standard deviation the samples are of the discrete Gaussian by table. */
    public static final double MAX_TABLE_SIGMA = 32;

    private static final double MIN_SIGMA = 0.5;
    private static final double MAX_SIGMA = 0x1p44; // 8.6 sigma stay below 2^48, half of the largest modulus

    private final double sigma;
    private final GaussianTable table;

    /**
     * A sampler with mean zero.
     *
     * @param sigma the standard deviation, from 0.5 to 2^44
     * @throws IllegalArgumentException if sigma is out of range
     */
    public GaussianSampler(double sigma) {
        if (!(sigma >= MIN_SIGMA && sigma <= MAX_SIGMA)) {
            throw new IllegalArgumentException("GaussianSampler: expected a standard deviation from " + MIN_SIGMA
                    + " to 2^44, found " + sigma + "; take GaussianSampler.SIGMA for errors");
        }
        this.sigma = sigma;
        this.table = sigma <= MAX_TABLE_SIGMA ? GaussianTable.of(sigma) : null;
    }

    /**
     * Fills an array with independent samples.
     *
     * @param r where the bits come from; advanced by 8 bytes a sample
     * @param out [coefficients], gets integers, small enough to be canonical residues of any modulus above 20 sigma
     */
    public void fill(RandomSource r, double[] out) {
        if (table != null) {
            table.fill(r, out);
        } else {
            fillRounded(r, out);
        }
    }

    private void fillRounded(RandomSource r, double[] out) {
        for (int i = 0; i < out.length; i += 2) {
            // StrictMath: the same bits on every platform.
            double radius = sigma * StrictMath.sqrt(-2 * StrictMath.log(1 - r.nextDouble()));
            double angle = 2 * Math.PI * r.nextDouble();
            out[i] = Math.rint(radius * StrictMath.cos(angle)) + 0.0;
            if (i + 1 < out.length) {
                out[i + 1] = Math.rint(radius * StrictMath.sin(angle)) + 0.0;
            }
        }
    }
}
