package io.github.hecnn.mlr.approx;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A polynomial that stands in for the logistic sigmoid {@code 1 / (1 + exp(-z))}, since CKKS evaluates polynomials only.
 *
 * <p>Immutable and thread-safe: arrays are copied on the way in and out.
 *
 * @param coefficients monomial coefficients, [degree + 1], constant term first, finite, at least two of them
 * @param lo lower end of the interval on which the polynomial is meant to be used
 * @param hi upper end, above {@code lo}
 */
@SuppressWarnings("ArrayRecordComponent") // copied, and compared by content below
public record SigmoidApproximation(double[] coefficients, double lo, double hi) implements DoubleUnaryOperator {
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
     * Checks and copies.
     *
     * @param coefficients monomial coefficients, [degree + 1], constant term first, finite, at least two of them
     * @param lo lower end of the interval on which the polynomial is meant to be used
     * @param hi upper end, above {@code lo}
     * @throws IllegalArgumentException if there are fewer than two coefficients, one is not finite, or the interval is empty or
     *     not finite
     */
    public SigmoidApproximation {
        if (coefficients.length < 2) {
            throw new IllegalArgumentException(
                    "sigmoid approximation: expected at least 2 coefficients (degree 1), found " + coefficients.length
                            + "; add the linear term");
        }
        for (int k = 0; k < coefficients.length; k++) {
            if (!Double.isFinite(coefficients[k])) {
                throw new IllegalArgumentException("sigmoid approximation: expected finite coefficients, found "
                        + coefficients[k] + " for z^" + k + "; fit again on a smaller interval or degree");
            }
        }
        Intervals.check("sigmoid approximation", lo, hi);
        coefficients = coefficients.clone();
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
        LeastSquaresFit.checkDegree(degree);
        Intervals.check("sigmoid approximation", lo, hi);
        if (!(spread > 0) || !(floor > 0) || !Double.isFinite(centre) || !Double.isFinite(spread + floor)) {
            throw new IllegalArgumentException(
                    "sigmoid approximation: expected a finite centre and positive spread and floor, found " + centre
                            + ", " + spread + " and " + floor + "; use the middle of the interval, 5 and 0.003");
        }
        double[] c = ChebyshevForm.weightedFit(
                SigmoidApproximation::sigmoid,
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
     * @return [degree + 1], constant term first and not halved
     */
    public double[] chebyshevCoefficients() {
        return ChebyshevForm.ofMonomials(coefficients, lo, hi);
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
    @Override
    public double[] coefficients() {
        return coefficients.clone();
    }

    /** {@return the degree as given, counting trailing zero coefficients} */
    public int degree() {
        return coefficients.length - 1;
    }

    /** {@return whether this less its constant term is an odd polynomial, as a fit on a symmetric interval is} */
    public boolean isOdd() {
        for (int k = 2; k < coefficients.length; k += 2) {
            if (coefficients[k] != 0) {
                return false;
            }
        }
        return true;
    }

    /** The polynomial at z, by Horner's rule; also outside the interval, where it is no longer near the sigmoid. */
    @Override
    public double applyAsDouble(double z) {
        double p = 0;
        for (int k = coefficients.length - 1; k >= 0; k--) {
            p = p * z + coefficients[k];
        }
        return p;
    }

    /** {@return the largest |polynomial - sigmoid| on a grid of 4097 points of the interval} */
    public double maxError() {
        double max = 0;
        for (int i = 0; i <= ERROR_GRID; i++) {
            double z = lo + (hi - lo) * i / ERROR_GRID;
            max = Math.max(max, Math.abs(applyAsDouble(z) - sigmoid(z)));
        }
        return max;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof SigmoidApproximation s
                && Arrays.equals(coefficients, s.coefficients)
                && Double.compare(lo, s.lo) == 0
                && Double.compare(hi, s.hi) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(coefficients) + Double.hashCode(lo)) + Double.hashCode(hi);
    }

    @Override
    public String toString() {
        StringBuilder s = new StringBuilder();
        for (int k = 0; k < coefficients.length; k++) {
            if (coefficients[k] != 0) {
                s.append(s.isEmpty() ? "" : " + ").append(coefficients[k]);
                s.append(k == 0 ? "" : k == 1 ? " z" : " z^" + k);
            }
        }
        return s + " on [" + lo + ", " + hi + "]";
    }
}
