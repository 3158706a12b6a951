package io.github.hecnn.mlr.approx;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * The polynomial p of a given degree that minimises the integral of {@code (f - p)^2} over an interval.
 *
 * <p>The normal equations of monomials are hopeless beyond degree 10 or so. Legendre polynomials are orthogonal on the interval, so
 * each of their coefficients is one integral, {@code (2k+1)/2 * integral of f P_k}, taken by composite Gauss-Legendre quadrature
 * (64 panels of 32 nodes: exact to rounding for functions as smooth as a sigmoid at any interval of use). Only the change to
 * monomials is ill-conditioned, so it runs in 60-digit decimals and each coefficient is rounded once. Evaluating a monomial form of
 * degree 31 near the ends of the interval still loses digits in double arithmetic; that belongs to the form, not to the fit.
 *
 * <p><b>The paper's cubic.</b> arXiv 2304.03807 uses {@code 0.5 + 0.106795345 z - 0.000385032598 z^3} for [-8, 8]. The
 * least-squares cubic there is {@code 0.5 + 0.150120410 z - 0.001593017 z^3}, root mean square error 0.060 against 0.112, the numbers
 * also known from encrypted logistic regression elsewhere. The paper describes its own as a minimiser of 128 times the integral of the
 * squared difference plus the integral of the squared difference of derivatives, both to the degree-11 fit; evaluated as
 * written that gives 0.150023902 and -0.001590382. Neither the plain fit nor one with derivatives, on any symmetric interval, nor a
 * fit on evenly spaced points gives the published pair: the plain fit meets the linear coefficient on [-12.27, 12.27] and the cubic one on
 * [-13.68, 13.68]. So {@link SigmoidApproximation#PAPER_CUBIC} carries the published numbers, with which the authors' published weights are
 * reproduced, and this class the fit.
 */
public final class LeastSquaresFit {
    /** The highest degree accepted. */
    public static final int MAX_DEGREE = 31;

    private static final int PANELS = 64;
    private static final int NODES = 32;
    private static final MathContext DIGITS = new MathContext(60);

    private LeastSquaresFit() {}

    /**
     * Fits a polynomial. Pure and deterministic.
     *
     * @param f finite on the interval; evaluated 2048 times
     * @param degree 1..31
     * @param lo lower end of the interval
     * @param hi upper end, above lo
     * @return monomial coefficients in the variable of f, [degree + 1], constant term first
     * @throws IllegalArgumentException if the degree is out of range, the interval is empty or not finite, or f is not finite at
     *     some point of it
     */
    public static double[] fit(DoubleUnaryOperator f, int degree, double lo, double hi) {
        checkDegree(degree);
        Intervals.check("least-squares fit", lo, hi);
        return toMonomials(legendreCoefficients(f, degree, lo, hi), lo, hi);
    }

    static void checkDegree(int degree) {
        if (degree < 1 || degree > MAX_DEGREE) {
            throw new IllegalArgumentException("least-squares fit: expected a degree of 1.." + MAX_DEGREE + ", found "
                    + degree + "; choose one in range");
        }
    }

    /** Coefficients of P_0 .. P_degree in t, where x = (lo + hi)/2 + t (hi - lo)/2. */
    private static double[] legendreCoefficients(DoubleUnaryOperator f, int degree, double lo, double hi) {
        GaussIntegrator rule = new GaussIntegratorFactory().legendre(NODES);
        double[] c = new double[degree + 1];
        double middle = lo / 2 + hi / 2;
        double half = hi / 2 - lo / 2;
        for (int panel = 0; panel < PANELS; panel++) {
            double center = (2 * panel + 1 - PANELS) / (double) PANELS;
            for (int i = 0; i < NODES; i++) {
                double t = center + rule.getPoint(i) / PANELS;
                double x = middle + t * half;
                double value = f.applyAsDouble(x);
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException("least-squares fit: expected a finite function on [" + lo + ", "
                            + hi + "], found " + value + " at " + x + "; choose an interval without poles");
                }
                addTerms(c, t, value * rule.getWeight(i) / PANELS);
            }
        }
        for (int k = 0; k <= degree; k++) {
            c[k] *= k + 0.5;
        }
        return c;
    }

    private static void addTerms(double[] c, double t, double weighted) {
        double before = 0;
        double p = 1;
        for (int k = 0; k < c.length; k++) {
            c[k] += weighted * p;
            double next = ((2 * k + 1) * t * p - k * before) / (k + 1);
            before = p;
            p = next;
        }
    }

    private static double[] toMonomials(double[] legendre, double lo, double hi) {
        int n = legendre.length;
        BigDecimal[] inT = monomialsOfLegendreSeries(legendre);
        // t = s x + o; Horner's rule in polynomials of x.
        BigDecimal width = new BigDecimal(hi).subtract(new BigDecimal(lo));
        BigDecimal s = BigDecimal.valueOf(2).divide(width, DIGITS);
        BigDecimal o =
                new BigDecimal(hi).add(new BigDecimal(lo)).divide(width, DIGITS).negate();
        BigDecimal[] p = zeros(n);
        for (int k = n - 1; k >= 0; k--) {
            for (int j = n - 1; j > 0; j--) {
                p[j] = p[j].multiply(o).add(p[j - 1].multiply(s), DIGITS);
            }
            p[0] = p[0].multiply(o).add(inT[k], DIGITS);
        }
        double[] result = new double[n];
        for (int k = 0; k < n; k++) {
            result[k] = p[k].doubleValue();
        }
        return result;
    }

    private static BigDecimal[] monomialsOfLegendreSeries(double[] legendre) {
        int n = legendre.length;
        BigDecimal[] sum = zeros(n);
        BigDecimal[] before = zeros(n);
        BigDecimal[] p = zeros(n);
        p[0] = BigDecimal.ONE;
        for (int k = 0; k < n; k++) {
            BigDecimal c = new BigDecimal(legendre[k]);
            BigDecimal[] next = zeros(n);
            for (int j = 0; j <= k; j++) {
                sum[j] = sum[j].add(c.multiply(p[j]), DIGITS);
            }
            for (int j = 0; j < n; j++) {
                BigDecimal up = j == 0 ? BigDecimal.ZERO : p[j - 1].multiply(BigDecimal.valueOf(2L * k + 1));
                next[j] = up.subtract(before[j].multiply(BigDecimal.valueOf(k)))
                        .divide(BigDecimal.valueOf(k + 1L), DIGITS);
            }
            before = p;
            p = next;
        }
        return sum;
    }

    private static BigDecimal[] zeros(int n) {
        BigDecimal[] z = new BigDecimal[n];
        Arrays.fill(z, BigDecimal.ZERO);
        return z;
    }
}
