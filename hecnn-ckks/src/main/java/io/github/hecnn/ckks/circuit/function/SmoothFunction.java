package io.github.hecnn.ckks.circuit.function;

import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.util.function.DoubleUnaryOperator;

/**
 * A smooth function as one polynomial: the interpolation in Chebyshev nodes of the smallest degree that is close enough, which
 * is within a small factor of the best there is (Trefethen, Approximation Theory and Approximation Practice, chapter 16).
 *
 * <p><b>Cost.</b> Degree d takes ceil(log2(d + 1)) levels, one more where the interval is wide ({@link PolynomialEvaluator}). For 20 bits:
 *
 * <table>
 * <caption>Degree and levels by function, interval and an error of 2^-20</caption>
 * <tr><th>function</th><th>interval</th><th>degree</th><th>levels</th></tr>
 * <tr><td>{@link #sigmoid}</td><td>[-8, 8]</td><td>35</td><td>7</td></tr>
 * <tr><td>{@link #tanh}</td><td>[-4, 4]</td><td>37</td><td>7</td></tr>
 * <tr><td>{@link #exp}</td><td>[-4, 4]</td><td>13</td><td>5</td></tr>
 * <tr><td>{@link #squareRoot}</td><td>[1/16, 1]</td><td>18</td><td>5</td></tr>
 * <tr><td>{@link #inverseSquareRoot}</td><td>[1/16, 1]</td><td>28</td><td>5</td></tr>
 * </table>
 *
 * <p><b>Error.</b> {@link #errorBound} is absolute, the largest error of a fine grid and 1 % more. Noise of the input grows with the
 * steepness of the function, that of the rescalings adds to it. Immutable and thread-safe.
 */
public final class SmoothFunction implements SlotFunction {
    /** Above the largest error found on the grid, for what is between its points. */
    private static final double MARGIN = 1.01;

    private static final int POINTS_A_DEGREE = 16;
    private static final int LEAST_POINTS = 1000;

    private final String name;
    private final DoubleUnaryOperator exact;
    private final Polynomial polynomial;
    private final PolynomialEvaluator evaluator;
    private final double errorBound;

    private SmoothFunction(String name, DoubleUnaryOperator exact, Polynomial polynomial) {
        this.name = name;
        this.exact = exact;
        this.polynomial = polynomial;
        double largest =
                Math.max(Math.abs(polynomial.valueAt(polynomial.lo())), Math.abs(polynomial.valueAt(polynomial.hi())));
        this.evaluator = FunctionChecks.evaluator(name, polynomial, largest);
        this.errorBound = MARGIN * largestError(exact, polynomial);
    }

    /**
     * The logistic function 1 / (1 + exp(-x)).
     *
     * @param bound the domain is [-bound, bound]; positive
     * @param precisionBits the error is at most 2^-precisionBits, 1..40
     * @return the function
     * @throws InvalidParametersException if a number is out of range, or degree 1023 is not enough
     */
    public static SmoothFunction sigmoid(double bound, int precisionBits) {
        return of("sigmoid", x -> 1 / (1 + Math.exp(-x)), -bound, bound, precisionBits);
    }

    /**
     * The hyperbolic tangent.
     *
     * @param bound the domain is [-bound, bound]; positive
     * @param precisionBits the error is at most 2^-precisionBits, 1..40
     * @return the function
     * @throws InvalidParametersException if a number is out of range, or degree 1023 is not enough
     */
    public static SmoothFunction tanh(double bound, int precisionBits) {
        return of("tanh", Math::tanh, -bound, bound, precisionBits);
    }

    /**
     * The exponential function. Its results grow to exp(high), which must fit under the modulus: 2^8 with a first prime of 49 bits and a
     * scale of 40.
     *
     * @param low left end of the domain
     * @param high right end of the domain
     * @param precisionBits the error is at most 2^-precisionBits, absolute, 1..40
     * @return the function
     * @throws InvalidParametersException if a number is out of range, or degree 1023 is not enough
     */
    public static SmoothFunction exp(double low, double high, int precisionBits) {
        return of("exp", Math::exp, low, high, precisionBits);
    }

    /**
     * The square root of positive numbers.
     *
     * @param low left end of the domain, positive: the degree grows with sqrt(high / low)
     * @param high right end of the domain
     * @param precisionBits the error is at most 2^-precisionBits, 1..40
     * @return the function
     * @throws InvalidParametersException if a number is out of range, or degree 1023 is not enough
     */
    public static SmoothFunction squareRoot(double low, double high, int precisionBits) {
        FunctionChecks.positive("squareRoot", low, high);
        return of("squareRoot", Math::sqrt, low, high, precisionBits);
    }

    /**
     * One over the square root of positive numbers.
     *
     * @param low left end of the domain, positive: the degree grows with sqrt(high / low)
     * @param high right end of the domain
     * @param precisionBits the error is at most 2^-precisionBits, absolute, 1..40
     * @return the function
     * @throws InvalidParametersException if a number is out of range, or degree 1023 is not enough
     */
    public static SmoothFunction inverseSquareRoot(double low, double high, int precisionBits) {
        FunctionChecks.positive("inverseSquareRoot", low, high);
        return of("inverseSquareRoot", x -> 1 / Math.sqrt(x), low, high, precisionBits);
    }

    /**
     * Any function, by the smallest degree that is close enough.
     *
     * @param name what it is called in texts
     * @param f the function, finite on the domain, and smooth there if the degree is to be small
     * @param low left end of the domain
     * @param high right end, at least 2^-20 more
     * @param precisionBits the error is at most 2^-precisionBits, 1..40
     * @return the function
     * @throws InvalidParametersException if a number is out of range, the function is not finite, or degree 1023 is not enough
     */
    public static SmoothFunction of(String name, DoubleUnaryOperator f, double low, double high, int precisionBits) {
        double wanted = FunctionChecks.error(name, precisionBits) / MARGIN;
        int enough = 1;
        while (!(largestError(f, fit(f, enough, low, high)) <= wanted)) {
            if (enough == Polynomial.MAX_DEGREE) {
                throw new InvalidParametersException(name + ": expected a function that degree " + enough
                        + " brings within 2^-" + precisionBits + " on " + FunctionChecks.interval(low, high)
                        + ", found a larger error; ask for fewer precisionBits, or a narrower interval");
            }
            enough = Math.min(2 * enough + 1, Polynomial.MAX_DEGREE);
        }
        int tooFew = enough / 2;
        while (enough - tooFew > 1) {
            int middle = (enough + tooFew) / 2;
            if (largestError(f, fit(f, middle, low, high)) <= wanted) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return ofDegree(name, f, low, high, enough);
    }

    /**
     * Any function, by a polynomial of a given degree.
     *
     * @param name what it is called in texts
     * @param f the function, finite on the domain
     * @param low left end of the domain
     * @param high right end, at least 2^-20 more
     * @param degree largest degree, 1..1023
     * @return the function, whose {@link #errorBound} is what comes out
     * @throws InvalidParametersException if a number is out of range, or the function is not finite, or constant
     */
    public static SmoothFunction ofDegree(String name, DoubleUnaryOperator f, double low, double high, int degree) {
        return new SmoothFunction(name, f, fit(f, degree, low, high));
    }

    private static Polynomial fit(DoubleUnaryOperator f, int degree, double low, double high) {
        return Polynomial.interpolate(f, degree, low, high);
    }

    /** On a grid that is denser towards the ends, as the errors' waves are. */
    private static double largestError(DoubleUnaryOperator f, Polynomial p) {
        int points = Math.max(LEAST_POINTS, POINTS_A_DEGREE * (p.degree() + 1));
        double middle = (p.lo() + p.hi()) / 2;
        double half = (p.hi() - p.lo()) / 2;
        double worst = 0;
        for (int i = 0; i <= points; i++) {
            double x = middle - half * Math.cos(Math.PI * i / points);
            worst = Math.max(worst, Math.abs(p.valueAt(x) - f.applyAsDouble(x)));
        }
        return worst;
    }

    /** {@return the polynomial, in Chebyshev form} */
    public Polynomial polynomial() {
        return polynomial;
    }

    @Override
    public String name() {
        return name + " on " + FunctionChecks.interval(low(), high());
    }

    @Override
    public double low() {
        return polynomial.lo();
    }

    @Override
    public double high() {
        return polynomial.hi();
    }

    @Override
    public int degree() {
        return polynomial.degree();
    }

    @Override
    public int levels() {
        return evaluator.levels();
    }

    @Override
    public long relinearizations() {
        return evaluator.counts().relinearizations();
    }

    @Override
    public double errorBound() {
        return errorBound;
    }

    @Override
    public double valueAt(double x) {
        return polynomial.valueAt(x);
    }

    @Override
    public double exactAt(double x) {
        return exact.applyAsDouble(x);
    }

    @Override
    public <V> V evaluate(SlotAlgebra<V> algebra, V x) {
        FunctionChecks.levels(name, algebra.level(x), levels());
        return evaluator.evaluate(algebra, x);
    }

    @Override
    public String toString() {
        return name() + ": degree " + degree() + ", " + levels() + " levels, error " + FunctionChecks.text(errorBound);
    }
}
