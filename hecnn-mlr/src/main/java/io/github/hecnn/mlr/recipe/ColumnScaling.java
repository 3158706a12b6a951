package io.github.hecnn.mlr.recipe;

import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.features.QuadraticGradient;
import java.util.Arrays;

/**
 * The client's preconditioning: feature k is multiplied by f_k before encryption, and the decrypted weight of feature k by the
 * same f_k. With {@code f_k = rho * sqrt(b_k)} and the gradient divided by {@code rho^2} this is exactly the quadratic gradient
 * {@code b_k * G_k} (arXiv 2304.03807), without a ciphertext or a level for b.
 *
 * <p>rho is a public constant that balances the sizes of scaled features (about {@code 2 rho / sqrt(n d)}) and weights, so that
 * neither drowns in noise. A column of zeros has factor 0: its gradient is zero, so its weight never changes.
 *
 * <p>These numbers are all the owner has to keep to read its weights. They tell something about the data: they stay with the owner.
 * Immutable and thread-safe: the array is copied on the way in and out.
 *
 * @param factors f, [features], each 0 or positive, finite
 */
@SuppressWarnings("ArrayRecordComponent") // copied, and compared by content below
public record ColumnScaling(double[] factors) {
    /**
     * Checks and copies the components.
     *
     * @param factors f, [features], each 0 or positive, finite
     * @throws IllegalArgumentException if there are no factors, or one is negative or not finite
     */
    public ColumnScaling {
        factors = factors.clone();
        if (factors.length == 0 || !Arrays.stream(factors).allMatch(f -> f >= 0 && f < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "column scaling: expected factors of 0 or more, one for each feature, found "
                            + Arrays.toString(factors) + "; make it with ColumnScaling.of");
        }
    }

    /**
     * {@return the constant rho: the fourth root of samples times features, rounded to a power of two}
     *
     * @param samples number of training samples
     * @param features columns with the leading 1
     */
    public static double balance(int samples, int features) {
        return Math.scalb(1.0, (int) Math.round(Math.log((double) samples * features) / Math.log(2) / 4));
    }

    /**
     * {@return the scaling of a design matrix}
     *
     * @param x [samples][features] with the column of ones
     * @param preconditioner which b
     * @throws IllegalArgumentException as {@link QuadraticGradient#diagonal(double[][], Preconditioner)}
     */
    public static ColumnScaling of(double[][] x, Preconditioner preconditioner) {
        double[] b = QuadraticGradient.diagonal(x, preconditioner);
        double rho = balance(x.length, b.length);
        double[] factors = new double[b.length];
        for (int k = 0; k < b.length; k++) {
            factors[k] = isZero(x, k) ? 0 : rho * Math.sqrt(b[k]);
        }
        return new ColumnScaling(factors);
    }

    private static boolean isZero(double[][] x, int k) {
        for (double[] row : x) {
            if (row[k] != 0) {
                return false;
            }
        }
        return true;
    }

    /** {@return a copy of the factors} */
    @Override
    public double[] factors() {
        return factors.clone();
    }

    /** {@return number of features} */
    public int features() {
        return factors.length;
    }

    /**
     * {@return what feature k is multiplied by}
     *
     * @param k column, from 0
     */
    public double factor(int k) {
        return factors[k];
    }

    /**
     * {@return a weight w of feature k in the units of the ciphertexts}
     *
     * @param w a weight
     * @param k its column, from 0
     */
    public double encodeWeight(double w, int k) {
        return factors[k] == 0 ? 0 : w / factors[k];
    }

    /**
     * {@return weight of feature k from a slot; the initial one where the feature is always zero}
     *
     * @param slot decrypted
     * @param k its column, from 0
     * @param initialWeight of the training
     */
    public double decodeWeight(double slot, int k, double initialWeight) {
        return factors[k] == 0 ? initialWeight : slot * factors[k];
    }

    /**
     * Refuses a scaling for another number of features.
     *
     * @param operation begins the text
     * @param expected columns with the leading 1
     * @throws IllegalArgumentException if it is another
     */
    public void requireFeatures(String operation, int expected) {
        if (factors.length != expected) {
            throw new IllegalArgumentException(operation + ": expected a column scaling of " + expected
                    + " features, found one of " + factors.length + "; give that of the training data");
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ColumnScaling s && Arrays.equals(factors, s.factors);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(factors);
    }

    /** Number of features; the factors tell something about the data. */
    @Override
    public String toString() {
        return "column scaling of " + factors.length + " features";
    }
}
