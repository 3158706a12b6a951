package io.github.hecnn.mlr.features;

import io.github.hecnn.mlr.data.DesignMatrix;
import java.util.Objects;

/**
 * The diagonal preconditioner that turns the gradient of multiclass logistic regression into the quadratic gradient of
 * arXiv 2304.03807.
 *
 * <p>From Boehning's bound 1/4 X^T X of the Hessian a diagonal matrix is made, one row b for all classes, and
 * G_jk = b_k ((Y - P)^T X)_jk. It depends on the features only, and the client computes it in the clear. The paper and the program of
 * its authors make different ones: {@link Preconditioner#ALGORITHM_1} is the paper's, {@link Preconditioner#PROGRAM_BOUND}, the
 * default here, the program's. They are equal for features without negative entries.
 *
 * <p>The constant 1e-10 beside the sums is the paper's and has a unit, that of a squared feature times samples: features so small that
 * it counts hardly train. Standardise them.
 */
public final class QuadraticGradient {
    private static final double EPSILON = 1e-10;
    private static final double QUARTER = 0.25;

    private QuadraticGradient() {}

    /**
     * The diagonal of {@link Preconditioner#PROGRAM_BOUND}, with sums over samples.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @return b, [features], positive
     * @throws IllegalArgumentException as {@link #diagonal(double[][], Preconditioner)}
     */
    public static double[] diagonal(double[][] x) {
        return diagonal(x, Preconditioner.PROGRAM_BOUND);
    }

    /**
     * The diagonal, with sums over samples.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @param preconditioner which one
     * @return b, [features], positive
     * @throws IllegalArgumentException if x is empty, ragged, not finite or without its column of ones, or its products are too large
     *     for a double
     */
    public static double[] diagonal(double[][] x, Preconditioner preconditioner) {
        return diagonal(x, preconditioner, 1);
    }

    /**
     * The diagonal of {@link Preconditioner#PROGRAM_BOUND} with means over samples in place of sums, for gradients that are means over
     * a minibatch.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @return b, [features], positive
     * @throws IllegalArgumentException as {@link #diagonal(double[][], Preconditioner)}
     */
    public static double[] meanDiagonal(double[][] x) {
        return meanDiagonal(x, Preconditioner.PROGRAM_BOUND);
    }

    /**
     * The diagonal with means over samples in place of sums, for gradients that are means over a minibatch.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @param preconditioner which one
     * @return b, [features], positive
     * @throws IllegalArgumentException as {@link #diagonal(double[][], Preconditioner)}
     */
    public static double[] meanDiagonal(double[][] x, Preconditioner preconditioner) {
        return diagonal(x, preconditioner, x.length);
    }

    private static double[] diagonal(double[][] x, Preconditioner preconditioner, double divisor) {
        Objects.requireNonNull(preconditioner, "preconditioner");
        if (x.length == 0) {
            throw new IllegalArgumentException(
                    "quadratic gradient: expected at least 1 sample, found none; give training data");
        }
        int features = x[0].length;
        DesignMatrix.check("quadratic gradient", x, features);
        double[] sums = preconditioner == Preconditioner.ALGORITHM_1
                ? AbsoluteProducts.rowSums(x, features)
                : absoluteSums(x, features);
        for (int k = 0; k < features; k++) {
            if (!Double.isFinite(sums[k])) {
                throw new IllegalArgumentException(
                        "quadratic gradient: expected features whose products a double can hold, found " + sums[k]
                                + " as the sum for column " + k + "; scale them, see FeatureScaler and STANDARDIZE");
            }
            sums[k] = 1 / (EPSILON + QUARTER * (sums[k] / divisor));
        }
        return sums;
    }

    /** sum_i |x_ik| sum_m |x_im|. */
    private static double[] absoluteSums(double[][] x, int features) {
        double[] sums = new double[features];
        for (double[] row : x) {
            double norm = 0;
            for (double v : row) {
                norm += Math.abs(v);
            }
            for (int k = 0; k < features; k++) {
                sums[k] += Math.abs(row[k]) * norm;
            }
        }
        return sums;
    }
}
