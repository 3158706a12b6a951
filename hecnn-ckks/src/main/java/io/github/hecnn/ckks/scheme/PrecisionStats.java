package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.error.MismatchException;

/**
 * How far decrypted slots are from the expected ones.
 *
 * @param maxError largest absolute error
 * @param meanError mean absolute error
 * @param deviation root of the mean squared error
 */
public record PrecisionStats(double maxError, double meanError, double deviation) {
    /**
     * Compares two vectors.
     *
     * @param expected what should be there
     * @param actual what was decrypted, at least as long
     * @return statistics over the expected length
     * @throws MismatchException if there are fewer actual than expected values, or none
     */
    public static PrecisionStats of(double[] expected, double[] actual) {
        if (expected.length == 0 || actual.length < expected.length) {
            throw new MismatchException("PrecisionStats: expected at least one and " + expected.length
                    + " decrypted values, found " + actual.length
                    + "; compare vectors of the same slots");
        }
        double max = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < expected.length; i++) {
            double e = Math.abs(expected[i] - actual[i]);
            max = Math.max(max, e);
            sum += e;
            squares += e * e;
        }
        return new PrecisionStats(max, sum / expected.length, Math.sqrt(squares / expected.length));
    }

    /** {@return bits behind the binary point that are right in every slot: -log2 of the largest error} */
    public double bits() {
        return -Math.log(maxError) / Math.log(2);
    }
}
