package io.github.hecnn.mlr.features;

import io.github.hecnn.core.parallel.WorkerPool;

/** Row sums of |X^T X|, without keeping the matrix. */
final class AbsoluteProducts {
    /** Rows of X^T X that a task builds up: with some hundred features they stay in the cache. */
    private static final int BLOCK = 16;

    private AbsoluteProducts() {}

    /**
     * sum_m |sum_i x_ik x_im| for each k. Tasks share nothing and each adds in the order of samples, so the result is the same for every
     * number of threads.
     *
     * @param x [samples][features], rectangular
     */
    static double[] rowSums(double[][] x, int features) {
        double[] sums = new double[features];
        WorkerPool.common().forEach((features + BLOCK - 1) / BLOCK, b -> {
            int first = b * BLOCK;
            int end = Math.min(first + BLOCK, features);
            double[][] rows = products(x, features, first, end);
            for (int k = first; k < end; k++) {
                double sum = 0;
                for (double v : rows[k - first]) {
                    sum += Math.abs(v);
                }
                sums[k] = sum;
            }
        });
        return sums;
    }

    /** Rows first..end-1 of X^T X. Four samples at a time, so that a row is read and written a quarter as often. */
    private static double[][] products(double[][] x, int features, int first, int end) {
        double[][] rows = new double[end - first][features];
        int whole = x.length & -4;
        for (int i = 0; i < whole; i += 4) {
            for (int k = first; k < end; k++) {
                addFour(rows[k - first], x, i, k);
            }
        }
        for (int i = whole; i < x.length; i++) {
            for (int k = first; k < end; k++) {
                double[] row = rows[k - first];
                double factor = x[i][k];
                for (int m = 0; m < features; m++) {
                    row[m] += factor * x[i][m];
                }
            }
        }
        return rows;
    }

    private static void addFour(double[] row, double[][] x, int i, int k) {
        double[] x0 = x[i];
        double[] x1 = x[i + 1];
        double[] x2 = x[i + 2];
        double[] x3 = x[i + 3];
        double f0 = x0[k];
        double f1 = x1[k];
        double f2 = x2[k];
        double f3 = x3[k];
        for (int m = 0; m < row.length; m++) {
            row[m] += (f0 * x0[m] + f1 * x1[m]) + (f2 * x2[m] + f3 * x3[m]);
        }
    }
}
