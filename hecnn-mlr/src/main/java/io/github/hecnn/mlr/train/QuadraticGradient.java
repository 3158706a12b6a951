package io.github.hecnn.mlr.train;

/**
 * The diagonal preconditioner that turns the gradient of multiclass logistic regression into the paper's quadratic gradient.
 *
 * <p>From Boehning's bound 1/4 X^T X of the Hessian, arXiv 2304.03807 takes the diagonal matrix of its absolute row sums:
 * b_k = 1 / (1e-10 + 1/4 sum_i |x_ik| sum_m |x_im|), one row for all classes, and G_jk = b_k ((Y - P)^T X)_jk. It depends on the
 * features only, and the client computes it in the clear.
 */
public final class QuadraticGradient {
    private static final double EPSILON = 1e-10;
    private static final double QUARTER = 0.25;

    private QuadraticGradient() {}

    /**
     * The diagonal, with sums over samples as in the paper.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @return b, [features], positive
     * @throws IllegalArgumentException if x is empty, ragged, not finite or without its column of ones
     */
    public static double[] diagonal(double[][] x) {
        return diagonal(x, 1);
    }

    /**
     * The diagonal with means over samples in place of sums, for gradients that are means over a minibatch.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @return b, [features], positive
     * @throws IllegalArgumentException if x is empty, ragged, not finite or without its column of ones
     */
    public static double[] meanDiagonal(double[][] x) {
        return diagonal(x, x.length);
    }

    private static double[] diagonal(double[][] x, double divisor) {
        if (x.length == 0) {
            throw new IllegalArgumentException(
                    "quadratic gradient: expected at least 1 sample, found none; give training data");
        }
        int features = x[0].length;
        DesignMatrix.check("quadratic gradient", x, features);
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
        for (int k = 0; k < features; k++) {
            sums[k] = 1 / (EPSILON + QUARTER * (sums[k] / divisor));
        }
        return sums;
    }
}
