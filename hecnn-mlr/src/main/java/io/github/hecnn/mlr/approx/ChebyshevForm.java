package io.github.hecnn.mlr.approx;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;

/** Polynomials as sums of c_k T_k(t), where t runs from -1 to 1 as x runs from lo to hi: fits, and the way to powers of x and back. */
final class ChebyshevForm {
    private static final int GRID = 4000;
    private static final MathContext DIGITS = new MathContext(60);

    private ChebyshevForm() {}

    /**
     * The polynomial that minimises the sum of weight * (f - p)^2 over 4001 evenly spaced points.
     *
     * @param f finite on the interval
     * @param weight positive on the interval
     * @param degree 1..31
     * @return Chebyshev coefficients, [degree + 1]
     */
    static double[] weightedFit(DoubleUnaryOperator f, DoubleUnaryOperator weight, int degree, double lo, double hi) {
        double[][] rows = new double[GRID + 1][degree + 1];
        double[] values = new double[GRID + 1];
        for (int i = 0; i <= GRID; i++) {
            double x = lo + (hi - lo) * i / GRID;
            double t = (2 * x - lo - hi) / (hi - lo);
            double root = Math.sqrt(weight.applyAsDouble(x));
            double before = t;
            double now = 1;
            for (int k = 0; k <= degree; k++) {
                rows[i][k] = root * now;
                double next = 2 * t * now - before;
                before = now;
                now = next;
            }
            values[i] = root * f.applyAsDouble(x);
        }
        return new QRDecomposition(new Array2DRowRealMatrix(rows, false))
                .getSolver()
                .solve(new ArrayRealVector(values, false))
                .toArray();
    }

    /** Coefficients in powers of x, each rounded once. */
    static double[] toMonomials(double[] chebyshev, double lo, double hi) {
        int n = chebyshev.length;
        BigDecimal[] sum = zeros(n);
        BigDecimal[] before = zeros(n);
        BigDecimal[] now = zeros(n);
        now[0] = BigDecimal.ONE;
        for (int k = 0; k < n; k++) {
            BigDecimal c = new BigDecimal(chebyshev[k]);
            for (int j = 0; j <= k; j++) {
                sum[j] = sum[j].add(c.multiply(now[j], DIGITS), DIGITS);
            }
            BigDecimal[] next = timesT(now, lo, hi);
            for (int j = 0; j < n; j++) {
                next[j] = k == 0 ? next[j] : next[j].add(next[j]).subtract(before[j], DIGITS);
            }
            before = now;
            now = next;
        }
        double[] out = new double[n];
        Arrays.setAll(out, k -> sum[k].doubleValue());
        return out;
    }

    /** t p, with t = s x + o; the highest coefficient of p is zero whenever the product is used. */
    private static BigDecimal[] timesT(BigDecimal[] p, double lo, double hi) {
        BigDecimal width = new BigDecimal(hi).subtract(new BigDecimal(lo));
        BigDecimal s = BigDecimal.valueOf(2).divide(width, DIGITS);
        BigDecimal o = new BigDecimal(hi).add(new BigDecimal(lo)).negate().divide(width, DIGITS);
        BigDecimal[] out = new BigDecimal[p.length];
        for (int j = 0; j < p.length; j++) {
            BigDecimal lower = j == 0 ? BigDecimal.ZERO : p[j - 1].multiply(s, DIGITS);
            out[j] = p[j].multiply(o, DIGITS).add(lower, DIGITS);
        }
        return out;
    }

    /** Chebyshev coefficients of a polynomial in powers of x, each rounded once. */
    static double[] ofMonomials(double[] monomials, double lo, double hi) {
        int n = monomials.length;
        BigDecimal half = new BigDecimal(hi).subtract(new BigDecimal(lo)).divide(BigDecimal.valueOf(2), DIGITS);
        BigDecimal middle = new BigDecimal(hi).add(new BigDecimal(lo)).divide(BigDecimal.valueOf(2), DIGITS);
        BigDecimal two = BigDecimal.valueOf(2);
        BigDecimal[] c = zeros(n);
        for (int k = n - 1;
                k >= 0;
                k--) { // Horner's rule: c = c * (middle + half t) + m_k, with t T_j = (T_(j-1) + T_(j+1)) / 2
            BigDecimal[] next = zeros(n);
            for (int j = 0; j < n; j++) {
                if (c[j].signum() == 0) {
                    continue;
                }
                next[j] = next[j].add(c[j].multiply(middle, DIGITS), DIGITS);
                BigDecimal part = c[j].multiply(half, DIGITS);
                if (j == 0) {
                    next[1] = next[1].add(part, DIGITS);
                } else {
                    BigDecimal each = part.divide(two, DIGITS);
                    next[j - 1] = next[j - 1].add(each, DIGITS);
                    next[j + 1] = next[j + 1].add(each, DIGITS);
                }
            }
            next[0] = next[0].add(new BigDecimal(monomials[k]), DIGITS);
            c = next;
        }
        double[] out = new double[n];
        for (int k = 0; k < n; k++) {
            out[k] = c[k].doubleValue();
        }
        return out;
    }

    private static BigDecimal[] zeros(int n) {
        BigDecimal[] z = new BigDecimal[n];
        Arrays.fill(z, BigDecimal.ZERO);
        return z;
    }
}
