package io.github.hecnn.mlr.approx;

import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import java.util.function.DoubleUnaryOperator;

/**
 * A polynomial that stands in for the logistic sigmoid {@code 1 / (1 + exp(-z))}, since CKKS evaluates polynomials only.
 *
 * <p>Immutable and thread-safe.
 *
 * @param polynomial in powers of z, of degree 1 or more, {@link Polynomial#validOn valid on} the interval on which it is meant to be used
 */
public record SigmoidApproximation(Polynomial polynomial) implements DoubleUnaryOperator {
    /**
     * The cubic of arXiv 2304.03807: {@code 0.5 + 0.106795345 z - 0.106795345 * 0.003605331 z^3}.
     *
     * <p>The paper calls it a least-squares fit on [-8, 8]; its numbers are kept here as published because the authors' weights
     * were trained with them. They are not what a least-squares fit on [-8, 8] gives: see {@link LeastSquaresFit}. The cubic has
     * its turning points at |z| = 9.62, beyond which it pulls scores the wrong way.
     */
    public static final SigmoidApproximation PAPER_CUBIC =
            new SigmoidApproximation(new double[] {0.5, 0.106795345, 0, -0.106795345 * 0.003605331}, -8, 8);

    /**
     * For long training: degree 15 on [-24, 16], weighted as {@link #weighted} says with centre -4, spread 5 and floor 0.003. Largest error on
     * [-12, 8] 0.0313. Scores of a training with steps of 16 times the quadratic gradient's bound and smoothed labels stay within [-20, 14].
     */
    public static final SigmoidApproximation WEIGHTED_15 = weighted(15, -24, 16, -4, 5, 0.003);

    /** For long training with a level less: degree 7 on [-20, 12], centre -3.5, spread 5 and floor 0.01; steps of 12. */
    public static final SigmoidApproximation WEIGHTED_7 = weighted(7, -20, 12, -3.5, 5, 0.01);

    private static final int ERROR_GRID = 4096;

    /**
     * Checks.
     *
     * @param polynomial in powers of z, of degree 1 or more, valid on the interval on which it is meant to be used
     * @throws IllegalArgumentException if the polynomial is in Chebyshev form or constant, or its interval is empty or not finite
     */
    public SigmoidApproximation {
        if (polynomial.isChebyshev() || polynomial.degree() < 1) {
            throw new IllegalArgumentException(
                    "sigmoid approximation: expected a polynomial in powers of z, of degree 1 or more, found a "
                            + polynomial + "; give Polynomial.monomial a linear term");
        }
        Intervals.check("sigmoid approximation", polynomial.validFrom(), polynomial.validTo());
    }

    /**
     * A polynomial with the interval on which it is meant to be used.
     *
     * @param coefficients of the powers of z, [degree + 1], constant term first, finite; the degree is 1 or more
     * @param lo lower end of the interval
     * @param hi upper end, above {@code lo}
     * @throws IllegalArgumentException if the polynomial is constant, a coefficient is not finite, or the interval is empty or not finite
     */
    public SigmoidApproximation(double[] coefficients, double lo, double hi) {
        this(polynomial(coefficients, lo, hi));
    }

    private static Polynomial polynomial(double[] coefficients, double lo, double hi) {
        for (int k = 0; k < coefficients.length; k++) {
            if (!Double.isFinite(coefficients[k])) {
                throw new IllegalArgumentException("sigmoid approximation: expected finite coefficients, found "
                        + coefficients[k] + " for z^" + k + "; fit again on a smaller interval or degree");
            }
        }
        Intervals.check("sigmoid approximation", lo, hi);
        return Polynomial.monomial(coefficients).validOn(lo, hi);
    }

    /**
     * {@return the continuous least-squares polynomial of the sigmoid on {@code [-halfWidth, halfWidth]}} The sigmoid less one half is odd,
     * so the constant is exactly 0.5 and every other even coefficient exactly 0: an even degree gives the polynomial of the
     * degree below.
     *
     * @param degree 1..31
     * @param halfWidth positive
     * @throws IllegalArgumentException if the degree or the interval is out of range
     */
    public static SigmoidApproximation leastSquares(int degree, double halfWidth) {
        double[] c = LeastSquaresFit.fit(SigmoidApproximation::sigmoid, degree, -halfWidth, halfWidth);
        for (int k = 0; k < c.length; k += 2) {
            c[k] = 0; // rounding noise of the quadrature
        }
        c[0] = 0.5;
        return new SigmoidApproximation(c, -halfWidth, halfWidth);
    }

    /**
     * {@return the weighted least-squares polynomial of the sigmoid: near it where most scores are, and bounded on the rest of an interval that may be wide and need not be symmetric}
     * The weight of the squared error at z is exp(-((z - centre) / spread)^2 / 2) + floor; the sum runs over 4001 evenly spaced points.
     *
     * @param degree 1..31
     * @param lo lower end of the interval
     * @param hi upper end
     * @param centre where scores are expected
     * @param spread positive
     * @param floor positive: the smaller it is, the nearer to the sigmoid around the centre and the wilder at the ends
     * @throws IllegalArgumentException if the degree or the interval is out of range, or spread or floor is not positive
     */
    public static SigmoidApproximation weighted(
            int degree, double lo, double hi, double centre, double spread, double floor) {
        return weighted(SigmoidApproximation::sigmoid, degree, lo, hi, centre, spread, floor);
    }

    static SigmoidApproximation weighted(
            DoubleUnaryOperator response,
            int degree,
            double lo,
            double hi,
            double centre,
            double spread,
            double floor) {
        LeastSquaresFit.checkDegree(degree);
        Intervals.check("sigmoid approximation", lo, hi);
        if (!(spread > 0) || !(floor > 0) || !Double.isFinite(centre) || !Double.isFinite(spread + floor)) {
            throw new IllegalArgumentException(
                    "sigmoid approximation: expected a finite centre and positive spread and floor, found " + centre
                            + ", " + spread + " and " + floor + "; use the middle of the interval, 5 and 0.003");
        }
        double[] c = ChebyshevForm.weightedFit(
                response,
                z -> Math.exp(-0.5 * ((z - centre) / spread) * ((z - centre) / spread)) + floor,
                degree,
                lo,
                hi);
        return new SigmoidApproximation(ChebyshevForm.toMonomials(c, lo, hi), lo, hi);
    }

    /**
     * The same polynomial as a sum of Chebyshev polynomials of the interval, whose coefficients are no larger than the polynomial: the form to
     * evaluate from degree 10 on.
     *
     * @return in Chebyshev form on the interval
     */
    public Polynomial chebyshev() {
        return Polynomial.chebyshev(lo(), hi(), ChebyshevForm.ofMonomials(coefficients(), lo(), hi()));
    }

    /**
     * {@return the sigmoid itself, without overflow for any z}
     *
     * @param z any number
     */
    public static double sigmoid(double z) {
        if (z >= 0) {
            return 1 / (1 + Math.exp(-z));
        }
        double e = Math.exp(z);
        return e / (1 + e);
    }

    /** {@return a copy of the monomial coefficients, [degree + 1], constant term first} */
    public double[] coefficients() {
        return polynomial.coefficients();
    }

    /** {@return lower end of the interval on which the polynomial is meant to be used} */
    public double lo() {
        return polynomial.validFrom();
    }

    /** {@return upper end of the interval} */
    public double hi() {
        return polynomial.validTo();
    }

    /** {@return the degree, 1 or more} */
    public int degree() {
        return polynomial.degree();
    }

    /** {@return whether this less its constant term is an odd polynomial, as a fit on a symmetric interval is} */
    public boolean isOdd() {
        double[] c = coefficients();
        for (int k = 2; k < c.length; k += 2) {
            if (c[k] != 0) {
                return false;
            }
        }
        return true;
    }

    /** The polynomial at z, by Horner's rule; also outside the interval, where it is no longer near the sigmoid. */
    @Override
    public double applyAsDouble(double z) {
        return polynomial.valueAt(z);
    }

    /** {@return the largest |polynomial - sigmoid| on a grid of 4097 points of the interval} */
    public double maxError() {
        double max = 0;
        for (int i = 0; i <= ERROR_GRID; i++) {
            double z = lo() + (hi() - lo()) * i / ERROR_GRID;
            max = Math.max(max, Math.abs(applyAsDouble(z) - sigmoid(z)));
        }
        return max;
    }

    @Override
    public String toString() {
        StringBuilder s = new StringBuilder();
        double[] c = coefficients();
        for (int k = 0; k < c.length; k++) {
            if (c[k] != 0) {
                s.append(s.isEmpty() ? "" : " + ").append(c[k]);
                s.append(k == 0 ? "" : k == 1 ? " z" : " z^" + k);
            }
        }
        return s + " on [" + lo() + ", " + hi() + "]";
    }
}
