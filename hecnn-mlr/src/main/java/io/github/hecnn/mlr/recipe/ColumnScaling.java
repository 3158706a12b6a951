package io.github.hecnn.mlr.recipe;

import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.features.QuadraticGradient;

/**
 * The client's preconditioning: feature k is multiplied by f_k before encryption, and the decrypted weight of feature k by the
 * same f_k. With {@code f_k = rho * sqrt(b_k)} and the gradient divided by {@code rho^2} this is exactly the quadratic gradient
 * {@code b_k * G_k} (arXiv 2304.03807), without a ciphertext or a level for b.
 *
 * <p>rho is a public constant that balances the sizes of scaled features (about {@code 2 rho / sqrt(n d)}) and weights, so that
 * neither drowns in noise. A column of zeros has factor 0: its gradient is zero, so its weight never changes.
 */
public final class ColumnScaling {
    private final double[] factors;

    private ColumnScaling(double[] factors) {
        this.factors = factors;
    }

    /** The constant rho: the fourth root of samples times features, rounded to a power of two. */
    public static double balance(int samples, int features) {
        return Math.scalb(1.0, (int) Math.round(Math.log((double) samples * features) / Math.log(2) / 4));
    }

    /**
     * Factors that were kept.
     *
     * @param factors [features] as of {@link #factors}
     * @throws IllegalArgumentException if one is negative or not finite
     */
    public static ColumnScaling ofFactors(double[] factors) {
        for (double f : factors) {
            if (!(f >= 0 && f < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("column scaling: expected factors of 0 or more, found " + f
                        + "; give those of ColumnScaling.factors");
            }
        }
        return new ColumnScaling(factors.clone());
    }

    /** A copy of all factors, [features]. */
    public double[] factors() {
        return factors.clone();
    }

    /**
     * Checks the number of features.
     *
     * @throws IllegalArgumentException if there are others
     */
    public void requireFeatures(int features) {
        if (factors.length != features) {
            throw new IllegalArgumentException("column scaling: expected factors of " + features + " features, found "
                    + factors.length + "; use those of the data that was encrypted");
        }
    }

    /** @param x [samples][features] with the column of ones */
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

    /** What feature k is multiplied by. */
    public double factor(int k) {
        return factors[k];
    }

    /** Initial weight w of feature k in the units of the ciphertexts. */
    public double encodeWeight(double w, int k) {
        return factors[k] == 0 ? 0 : w / factors[k];
    }

    /** Weight of feature k from a slot; the initial one where the feature is always zero. */
    public double decodeWeight(double slot, int k, double initialWeight) {
        return factors[k] == 0 ? initialWeight : slot * factors[k];
    }
}
