package io.github.hecnn.ckks.noise;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.params.ModulusCapacity;
import java.util.Locale;

/**
 * How much noise hides the error of a computation in results that are shown to others: Gaussian noise on every coefficient, whose deviation is
 * {@link #ratio} times the Euclidean norm of the error's coefficients.
 *
 * <p><b>The theorem</b> (Li, Micciancio, Schultz, Sorrell, ia.cr/2022/816, theorem 3). Noise of deviation
 * {@code sqrt(12 k) 2^(s/2)} times a bound of the error's Euclidean norm leaves s bits of statistical security to k results,
 * chosen one after the other. The Kullback-Leibler divergence between results with and without the error is
 * norm^2 / (2 deviation^2) nats a result, at most 2^-s / 24 in all, so that nobody tells them apart with more than {@link #distance} = 2^(-s/2) / sqrt(48).
 *
 * <p><b>From slots to coefficients.</b> A polynomial's slots are its values at roots of unity, so the Euclidean norm of all N coefficients of an error is
 * the root of the mean square of its slots, times the scale: at most {@code slotError * scale}. A <em>single</em> coefficient has only about
 * {@code slotError * scale / sqrt(N)}, and flooding by that is too little by sqrt(N). What is added to a slot is sqrt(N) times the deviation
 * of a coefficient, divided by the scale, half of its square in the real part.
 *
 * <p><b>The default</b> of {@value #DEFAULT_STATISTICAL_BITS} bits is a distance of 2^-17.8 over all results, OpenFHE's default as well. It is what an
 * attacker gains on the scheme once, without further computation; less than {@value #MIN_STATISTICAL_BITS} bits (2^-12.8) are refused. Every two bits
 * cost one bit of precision, and so do four times as many queries.
 *
 * <p>Rounding noise to integers only processes it further; tails beyond 8.6 deviations that the sampler misses are below 2^-56 a coefficient.
 *
 * @param slotError bound of the computation's error: largest magnitude of the complex error of a slot, positive, whatever the input is. From
 *     {@link NoiseModel#bound}, or a rehearsal with a margin
 * @param queries how many results will be shown in all, those of equal ciphertexts counted every time; at least 1
 * @param statisticalBits s, {@value #MIN_STATISTICAL_BITS} to {@value #MAX_STATISTICAL_BITS}
 */
public record NoiseFlooding(double slotError, int queries, int statisticalBits) {
    /** Bits of statistical security unless said otherwise. */
    public static final int DEFAULT_STATISTICAL_BITS = 30;

    /** With less, results say too much about the key. */
    public static final int MIN_STATISTICAL_BITS = 20;

    /** With more, there is no precision left at any scale there is. */
    public static final int MAX_STATISTICAL_BITS = 80;

    /** Flooding never exceeds this many deviations. */
    private static final double MOST_DEVIATIONS = 8.6;

    private static final double MOST_DEVIATION = 0x1p44; // of the sampler

    /**
     * Checks the numbers.
     *
     * @param slotError see the component
     * @param queries see the component
     * @param statisticalBits see the component
     * @throws InvalidParametersException if the error is not positive and finite, there are no queries, or the bits are out of range
     */
    public NoiseFlooding {
        if (!(slotError > 0) || Double.isInfinite(slotError)) {
            throw new InvalidParametersException(
                    "NoiseFlooding: expected a positive finite bound of a slot's error, found " + slotError
                            + "; take NoiseModel.bound(deviation) of the computation's last step");
        }
        if (queries < 1) {
            throw new InvalidParametersException("NoiseFlooding: expected at least 1 query, found " + queries
                    + "; give the number of results that will be shown in all");
        }
        if (statisticalBits < MIN_STATISTICAL_BITS || statisticalBits > MAX_STATISTICAL_BITS) {
            throw new InvalidParametersException("NoiseFlooding: expected " + MIN_STATISTICAL_BITS + ".."
                    + MAX_STATISTICAL_BITS + " bits of statistical security, found " + statisticalBits + "; "
                    + DEFAULT_STATISTICAL_BITS + " are usual");
        }
    }

    /**
     * With {@value #DEFAULT_STATISTICAL_BITS} bits of statistical security.
     *
     * @param slotError largest magnitude of a slot's error, positive
     * @param queries how many results will be shown in all, at least 1
     * @return the flooding
     * @throws InvalidParametersException if the error is not positive and finite, or there are no queries
     */
    public static NoiseFlooding of(double slotError, int queries) {
        return new NoiseFlooding(slotError, queries, DEFAULT_STATISTICAL_BITS);
    }

    /**
     * The same error and queries with another security.
     *
     * @param bits {@value #MIN_STATISTICAL_BITS} to {@value #MAX_STATISTICAL_BITS}
     * @return the flooding
     * @throws InvalidParametersException if the bits are out of range
     */
    public NoiseFlooding withStatisticalBits(int bits) {
        return new NoiseFlooding(slotError, queries, bits);
    }

    /**
     * The theorem's factor.
     *
     * @return sqrt(12 queries) * 2^(statisticalBits / 2): deviation of a coefficient's noise over the Euclidean norm of the error
     */
    public double ratio() {
        return Math.sqrt(12.0 * queries) * Math.pow(2, statisticalBits / 2.0);
    }

    /**
     * Deviation of the noise on every coefficient.
     *
     * @param scale factor between slots and coefficients
     * @return ratio * slotError * scale
     */
    public double coefficientDeviation(double scale) {
        return ratio() * slotError * scale;
    }

    /**
     * What the noise adds to a slot: the deviation of the real part, and of the imaginary part, when all N/2 slots are used.
     *
     * @param ringDegree N
     * @return sqrt(N/2) * ratio * slotError
     */
    public double slotDeviation(int ringDegree) {
        return Math.sqrt(ringDegree / 2.0) * ratio() * slotError;
    }

    /**
     * What all results together say about the error.
     *
     * @return bound of the statistical distance, 2^(-statisticalBits / 2) / sqrt(48)
     */
    public double distance() {
        return distance(1 / (2 * ratio() * ratio()), queries);
    }

    /**
     * What one result says about an error that is Gaussian-like in all coefficients, by deviations of the same thing: both of slots, or both of
     * coefficients.
     *
     * @param ringDegree N
     * @param ratio deviation of the flooding over that of the error, positive
     * @return Kullback-Leibler divergence in nats, at most N / (2 ratio^2)
     */
    public static double divergence(int ringDegree, double ratio) {
        return ringDegree / (2 * ratio * ratio);
    }

    /**
     * How well many results are told from those without the error.
     *
     * @param divergence Kullback-Leibler divergence of one result, in nats
     * @param queries number of results
     * @return bound of the statistical distance by Pinsker's inequality, sqrt(queries * divergence / 2)
     */
    public static double distance(double divergence, long queries) {
        return Math.sqrt(queries * divergence / 2);
    }

    /**
     * The noise for a value of a given scale and level, if it has room and leaves something to read.
     *
     * @param operation what was asked for
     * @param capacity of the parameters
     * @param ringDegree N
     * @param level level of the value
     * @param scale scale of the value
     * @return deviation of the noise on every coefficient
     * @throws ScaleException if value and noise do not stay below half of the modulus of the level, if less than one bit of a slot is left, or if
     *     the noise is larger than the sampler can make
     * @throws InvalidParametersException if the bound of the slots' error is less than one unit of the scale, which no ciphertext has
     */
    public double requireFits(String operation, ModulusCapacity capacity, int ringDegree, int level, double scale) {
        if (!(slotError * scale >= 1)) {
            throw new InvalidParametersException(operation + ": expected a slot's error of at least 1/scale = "
                    + number(1 / scale) + ", as rounding alone makes, found " + number(slotError)
                    + "; take NoiseModel.bound(deviation) of the computation's last step");
        }
        double deviation = coefficientDeviation(scale);
        double slots = capacity.assumedBound();
        double bits = log2(slots * scale + MOST_DEVIATIONS * deviation);
        if (!(bits < capacity.log2HalfModulus(level))) {
            throw new ScaleException(operation + ": expected value and flooding below Q/2 = 2^"
                    + number(capacity.log2HalfModulus(level)) + " at level " + level + ", found 2^" + number(bits)
                    + ", of which flooding 2^" + number(log2(MOST_DEVIATIONS * deviation))
                    + "; decrypt at a higher level, " + advice());
        }
        if (!(slotDeviation(ringDegree) <= slots / 2)) {
            throw new ScaleException(operation + ": expected flooding that leaves a bit of slots up to " + number(slots)
                    + ", found a deviation of " + number(slotDeviation(ringDegree)) + " in a slot; " + advice());
        }
        if (!(deviation <= MOST_DEVIATION)) {
            throw new ScaleException(
                    operation + ": expected flooding of a deviation up to 2^44 in a coefficient, found 2^"
                            + number(log2(deviation)) + "; rescale the ciphertext first");
        }
        return deviation;
    }

    private String advice() {
        return "compute with more scaleBits, or promise fewer than " + queries + " queries"
                + (statisticalBits > MIN_STATISTICAL_BITS
                        ? ", or lower withStatisticalBits from " + statisticalBits
                        : "");
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    private static String number(double x) {
        return String.format(Locale.ROOT, Math.abs(x) >= 1e-1 && Math.abs(x) < 1e6 ? "%.1f" : "%.3g", x);
    }
}
