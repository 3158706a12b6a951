package io.github.hecnn.ckks.circuit.function;

import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import java.util.Arrays;

/**
 * The odd polynomial of a degree that is nearest to 1 on [low, 1], and so to the sign on both sides of zero, by Remez' exchange (Cheney,
 * Introduction to Approximation Theory, chapter 3; for the sign see Eremenko and Yuditskii, J. Anal. Math. 101, 2007).
 *
 * <p>p(x) = x q(x^2), with q of degree m - 1 for degree 2m - 1. On m + 1 points of reference the error is +e, -e, +e, ... Divided
 * differences of q are zero beyond its degree, which gives e; q is then known in the points, and elsewhere by the
 * barycentric formula. On [0, low] p rises from 0, because all zeros of its derivative are in between the points.
 *
 * @param polynomial in Chebyshev form on [-1, 1]
 * @param error largest |p(x) - 1| on [low, 1], as found on a grid
 */
record OddMinimax(Polynomial polynomial, double error) {
    private static final int EXCHANGES = 60;
    private static final int POINTS_A_WAVE = 200;
    /** So much finer is the grid on which the error is measured in the end. */
    private static final int FINER = 20;

    /** The largest error of a reference may be so much above its smallest. */
    private static final double LEVEL = 1e-6;
    /** Above the largest error found on the grid, for what is between its points. */
    private static final double MARGIN = 1 + 1e-5;

    /**
     * Finds it.
     *
     * @param degree odd
     * @param low above 0 and below 1
     */
    static OddMinimax of(int degree, double low) {
        int m = (degree + 1) / 2;
        double[] grid = grid(POINTS_A_WAVE * (m + 1), low);
        double[] reference = new double[m + 1];
        Arrays.setAll(reference, j -> grid[j * (grid.length - 1) / m]);
        Interpolant best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int round = 0; round < EXCHANGES; round++) {
            Interpolant q = Interpolant.of(reference);
            double[] errors = new double[grid.length];
            double worst = 0;
            for (int i = 0; i < grid.length; i++) {
                errors[i] = grid[i] * q.at(grid[i] * grid[i]) - 1;
                worst = Math.max(worst, Math.abs(errors[i]));
            }
            if (worst < least) {
                least = worst;
                best = q;
            }
            double[] next = exchanged(grid, errors, m + 1);
            if (next == null || worst <= Math.abs(q.e) * (1 + LEVEL)) {
                break;
            }
            reference = next;
        }
        Interpolant q = best;
        double[] c = Polynomial.interpolate(x -> x * q.at(x * x), degree, -1, 1).coefficients();
        for (int j = 0; j < c.length; j += 2) {
            c[j] = 0; // but for rounding it is
        }
        Polynomial p = Polynomial.chebyshev(-1, 1, c);
        double worst = 0;
        for (double x : grid(FINER * (grid.length - 1), low)) {
            worst = Math.max(worst, Math.abs(p.valueAt(x) - 1));
        }
        return new OddMinimax(p, MARGIN * worst);
    }

    /** Of the interval, denser towards 1. */
    private static double[] grid(int steps, double low) {
        double[] grid = new double[steps + 1];
        Arrays.setAll(grid, i -> low + (1 - low) * Math.sin(Math.PI / 2 * i / steps));
        return grid;
    }

    /** The largest errors of alternating sign: one of each wave, as many as wanted, those at the ends left out first; null if there are too few. */
    private static double[] exchanged(double[] grid, double[] errors, int wanted) {
        int[] peaks = new int[grid.length];
        int count = 0;
        for (int i = 0; i < grid.length; i++) {
            if (count > 0 && (errors[i] >= 0) == (errors[peaks[count - 1]] >= 0)) {
                if (Math.abs(errors[i]) > Math.abs(errors[peaks[count - 1]])) {
                    peaks[count - 1] = i;
                }
            } else {
                peaks[count++] = i;
            }
        }
        int from = 0;
        while (count - from > wanted) {
            if (Math.abs(errors[peaks[from]]) < Math.abs(errors[peaks[count - 1]])) {
                from++;
            } else {
                count--;
            }
        }
        if (count - from < wanted) {
            return null;
        }
        double[] out = new double[wanted];
        for (int j = 0; j < wanted; j++) {
            out[j] = grid[peaks[from + j]];
        }
        return out;
    }

    /** q by its values in u[0..m-1]; e is the error with its sign in u[0]. */
    @SuppressWarnings("ArrayRecordComponent") // of this file only
    private record Interpolant(double[] u, double[] values, double[] weights, double e) {
        static Interpolant of(double[] x) {
            int m = x.length - 1;
            double[] u = new double[m];
            double[] values = new double[m];
            double[] weights = new double[m];
            double ones = 0;
            double signs = 0;
            for (int j = 0; j <= m; j++) {
                double w = 1;
                for (int i = 0; i <= m; i++) {
                    w *= i == j ? 1 : 4 * (x[j] - x[i]) * (x[j] + x[i]);
                }
                ones += 1 / (w * x[j]);
                signs += (j % 2 == 0 ? 1 : -1) / (w * x[j]);
            }
            double e = -ones / signs;
            for (int j = 0; j < m; j++) {
                u[j] = x[j] * x[j];
                values[j] = (1 + (j % 2 == 0 ? e : -e)) / x[j];
                double w = 1;
                for (int i = 0; i < m; i++) {
                    w *= i == j ? 1 : 4 * (x[j] - x[i]) * (x[j] + x[i]);
                }
                weights[j] = 1 / w;
            }
            return new Interpolant(u, values, weights, e);
        }

        double at(double v) {
            double above = 0;
            double below = 0;
            for (int j = 0; j < u.length; j++) {
                double d = v - u[j];
                if (d == 0) {
                    return values[j];
                }
                above += weights[j] / d * values[j];
                below += weights[j] / d;
            }
            return above / below;
        }
    }
}
