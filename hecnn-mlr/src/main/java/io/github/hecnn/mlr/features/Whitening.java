package io.github.hecnn.mlr.features;

import io.github.hecnn.core.parallel.WorkerPool;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Principal components of centred rows. With fewer samples n than features d the n x n matrix of inner products has the same eigenvalues
 * as the d x d covariance times n, and is much smaller; an eigenvector u of it gives the component X^T u / |X^T u|.
 */
final class Whitening {
    /** Components below this part of the largest variance are rounding noise. */
    private static final double RANK_TOLERANCE = 1e-12;

    private static final int CHUNK = 512;

    private Whitening() {}

    /**
     * The matrix to multiply centred rows with.
     *
     * @param centered [samples][features], columns of mean zero
     * @param lambda ridge, relative to the mean eigenvalue of the covariance
     * @param most components at most
     * @return [features][components]
     */
    static double[][] fit(double[][] centered, double lambda, int most) {
        int samples = centered.length;
        int features = centered[0].length;
        boolean gram = samples < features;
        double[][] rows = gram ? centered : transpose(centered);
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(products(rows), false));
        double trace = 0;
        for (double w : eigen.getRealEigenvalues()) {
            trace += Math.max(w, 0) / samples;
        }
        double ridge = lambda * (trace / features);
        double largest = eigen.getRealEigenvalue(0) / samples;
        int available = Math.min(most, rows.length);
        int components = 0;
        while (components < available && eigen.getRealEigenvalue(components) / samples > RANK_TOLERANCE * largest) {
            components++;
        }
        double[][] result = new double[features][components];
        for (int k = 0; k < components; k++) {
            double[] v = eigen.getEigenvector(k).toArray();
            double[] direction = unit(gram ? combine(rows, v) : v);
            double scale = 1 / Math.sqrt(eigen.getRealEigenvalue(k) / samples + ridge);
            for (int j = 0; j < features; j++) {
                result[j][k] = direction[j] * scale;
            }
        }
        return result;
    }

    /**
     * All inner products of the rows, in chunks of columns that fit the cache; exactly symmetric, and the same for every number of
     * threads.
     */
    private static double[][] products(double[][] rows) {
        int n = rows.length;
        double[][] p = new double[n][n];
        for (int from = 0; from < rows[0].length; from += CHUNK) {
            int start = from;
            int end = Math.min(from + CHUNK, rows[0].length);
            WorkerPool.common().forEach(n, i -> {
                for (int j = 0; j <= i; j++) {
                    p[i][j] += dot(rows[i], rows[j], start, end);
                }
            });
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                p[j][i] = p[i][j];
            }
        }
        return p;
    }

    /** Four partial sums, so that additions do not wait for each other. */
    private static double dot(double[] a, double[] b, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int whole = from + ((to - from) & -4);
        for (int k = from; k < whole; k += 4) {
            s0 += a[k] * b[k];
            s1 += a[k + 1] * b[k + 1];
            s2 += a[k + 2] * b[k + 2];
            s3 += a[k + 3] * b[k + 3];
        }
        for (int k = whole; k < to; k++) {
            s0 += a[k] * b[k];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static double[][] transpose(double[][] m) {
        double[][] t = new double[m[0].length][m.length];
        for (int i = 0; i < m.length; i++) {
            for (int j = 0; j < t.length; j++) {
                t[j][i] = m[i][j];
            }
        }
        return t;
    }

    private static double[] combine(double[][] rows, double[] weights) {
        double[] sum = new double[rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            for (int k = 0; k < sum.length; k++) {
                sum[k] += weights[i] * rows[i][k];
            }
        }
        return sum;
    }

    /** Length 1, and the entry of largest magnitude positive, so that the result is unique. */
    private static double[] unit(double[] v) {
        int peak = 0;
        double squares = 0;
        for (int k = 0; k < v.length; k++) {
            squares += v[k] * v[k];
            peak = Math.abs(v[k]) > Math.abs(v[peak]) ? k : peak;
        }
        double factor = Math.copySign(1 / Math.sqrt(squares), v[peak]);
        for (int k = 0; k < v.length; k++) {
            v[k] *= factor;
        }
        return v;
    }
}
