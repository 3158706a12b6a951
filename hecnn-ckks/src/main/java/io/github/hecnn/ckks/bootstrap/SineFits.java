package io.github.hecnn.ckks.bootstrap;

/** The approximations of bootstrapping in doubles: an even cosine, and the odd polynomial that takes the sine's error out. */
final class SineFits {
    /** Degree of {@link #evenCosine} in v = 2u^2 - 1, which is 30 in u. */
    static final int COSINE_DEGREE = 15;

    private SineFits() {}

    /**
     * 2 cos(a u) for |u| up to 1 as a sum of c[k] T_k(2u^2 - 1), by interpolation in Chebyshev nodes of 2u^2 - 1. The cosine is even, so the
     * powers of u that are left out are zero.
     *
     * @param a largest angle in radians
     * @return [k] coefficients, k up to {@link #COSINE_DEGREE}
     */
    static double[] evenCosine(double a) {
        int m = COSINE_DEGREE + 1;
        double[] c = new double[m];
        for (int k = 0; k < m; k++) {
            double sum = 0;
            for (int j = 0; j < m; j++) {
                double angle = Math.PI * (j + 0.5) / m; // 2u^2 - 1 = cos(angle), so u = cos(angle/2)
                sum += 2 * Math.cos(a * Math.cos(angle / 2)) * Math.cos(k * angle);
            }
            c[k] = sum * (k == 0 ? 1.0 : 2.0) / m;
        }
        return c;
    }

    /**
     * The odd polynomial in d = 2 sin(2 pi z / ratio) that is nearest to z for |z| up to a bound, by interpolation in Chebyshev nodes.
     *
     * @param degree 1, 3 or 5
     * @param ratio period of the sine
     * @param bound largest |z|
     * @return coefficients of d, d^3, d^5, as many as there are
     */
    static double[] oddCorrection(int degree, double ratio, double bound) {
        int m = (degree + 1) / 2;
        double largest = 2 * Math.sin(2 * Math.PI * bound / ratio);
        double[][] equations = new double[m][m + 1];
        for (int j = 0; j < m; j++) {
            double d = largest * Math.cos((2 * j + 1) * Math.PI / (4 * m));
            double power = d;
            for (int k = 0; k < m; k++) {
                equations[j][k] = power;
                power *= d * d;
            }
            equations[j][m] = Math.asin(d / 2) / (2 * Math.PI) * ratio;
        }
        return solve(equations);
    }

    /** Gauss-Jordan elimination with pivots; [m][m + 1], overwritten. */
    private static double[] solve(double[][] a) {
        int m = a.length;
        for (int i = 0; i < m; i++) {
            int pivot = i;
            for (int r = i; r < m; r++) {
                pivot = Math.abs(a[r][i]) > Math.abs(a[pivot][i]) ? r : pivot;
            }
            double[] row = a[i];
            a[i] = a[pivot];
            a[pivot] = row;
            for (int r = 0; r < m; r++) {
                double f = r == i ? 0 : a[r][i] / a[i][i];
                for (int c = i; c <= m && f != 0; c++) {
                    a[r][c] -= f * a[i][c];
                }
            }
        }
        double[] x = new double[m];
        for (int i = 0; i < m; i++) {
            x[i] = a[i][m] / a[i][i];
        }
        return x;
    }

    /** Largest |p(d) - z| of a correction for |z| up to the bound. */
    static double correctionError(double[] c, double ratio, double bound) {
        double worst = 0;
        for (int i = 0; i <= 2000; i++) {
            double z = bound * i / 2000;
            double d = 2 * Math.sin(2 * Math.PI * z / ratio);
            double p = 0;
            for (int k = c.length - 1; k >= 0; k--) {
                p = p * d * d + c[k];
            }
            worst = Math.max(worst, Math.abs(p * d - z));
        }
        return worst;
    }
}
