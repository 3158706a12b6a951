package io.github.hecnn.ckks.circuit.function;

import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.slots.SlotAlgebra;

/**
 * 1/x of positive numbers: a polynomial of least relative error, and Goldschmidt's iteration, which squares that error.
 *
 * <p><b>Method.</b> With t(x) running from -1 to 1 on [low, high], p(x) = (1 - T(t(x)) / T(t(0))) / x for the Chebyshev polynomial
 * T of degree d + 1 is a polynomial of degree d, and 1 - x p(x) = T(t(x)) / T(t(0)) is at most 1 / |T(t(0))|, the least there is
 * (Golub and Van Loan, Matrix Computations, 10.1.5). From y = p(x) and e = 1 - x y, y becomes y + y e and e becomes e^2: k
 * iterations leave a relative error of e^(2^k) (Goldschmidt 1964; compare ia.cr/2019/417).
 *
 * <p><b>Cost.</b> L(d) levels without iterations, L(d) + 1 + k with them, L(d) being those of the polynomial, and 2k
 * relinearisations more than the polynomial's. Degree and iterations are those with the fewest relinearisations among all that take
 * at most one level more than the least.
 *
 * <p><b>Results</b> are up to 1 / low and must fit under the modulus: up to 2^8 with a first prime of 49 bits and a scale of 40. Noise
 * of the input grows by up to 1 / low^2. Immutable and thread-safe.
 */
public final class Inverse implements SlotFunction {
    private static final int MOST_ITERATIONS = 6;
    /** What doubles may add. */
    private static final double ROUNDING = 0x1p-46;

    private final double low;
    private final double high;
    private final int iterations;
    private final Polynomial start;
    private final PolynomialEvaluator evaluator;
    private final double relativeError;

    private Inverse(double low, double high, int degree, int iterations) {
        this.low = low;
        this.high = high;
        this.iterations = iterations;
        double atZero = Math.cosh((degree + 1) * acosh((high + low) / (high - low)));
        int sign = degree % 2 == 0 ? -1 : 1; // of T(t(0)), as t(0) is below -1
        start = Polynomial.interpolate(
                x -> {
                    double t = Math.max(-1, Math.min(1, (2 * x - low - high) / (high - low)));
                    return (1 - sign * Math.cos((degree + 1) * Math.acos(t)) / atZero) / x;
                },
                degree,
                low,
                high);
        evaluator = FunctionChecks.evaluator("inverse", start, 1 / low);
        relativeError = Math.pow(1 / atZero, Math.scalb(1.0, iterations)) + ROUNDING;
    }

    /**
     * The inverse on an interval.
     *
     * @param low left end of the domain, positive
     * @param high right end of the domain
     * @param precisionBits the error is at most 2^-precisionBits, absolute, 1..40; relative it is at most low times that
     * @return the function
     * @throws InvalidParametersException if a number is out of range, or no degree up to 1023 does with 6 iterations
     */
    public static Inverse of(double low, double high, int precisionBits) {
        FunctionChecks.positive("inverse", low, high);
        double relative = low * FunctionChecks.error("inverse", precisionBits) - ROUNDING;
        double growth = acosh((high + low) / (high - low));
        Inverse[] candidates = new Inverse[MOST_ITERATIONS + 1];
        int least = Integer.MAX_VALUE;
        for (int k = 0; k <= MOST_ITERATIONS && relative > 0; k++) {
            double wanted = Math.pow(relative, Math.scalb(1.0, -k));
            int degree = Math.max(1, (int) Math.ceil(acosh(1 / Math.min(wanted, 0.5)) / growth - 1e-9) - 1);
            if (degree <= Polynomial.MAX_DEGREE) {
                candidates[k] = new Inverse(low, high, degree, k);
                least = Math.min(least, candidates[k].levels());
            }
        }
        Inverse best = null;
        for (Inverse c : candidates) {
            if (c != null
                    && c.levels() <= least + 1
                    && (best == null || c.relinearizations() < best.relinearizations())) {
                best = c;
            }
        }
        if (best == null) {
            throw new InvalidParametersException("inverse: expected an interval that degree " + Polynomial.MAX_DEGREE
                    + " brings within 2^-" + precisionBits + ", found " + FunctionChecks.interval(low, high)
                    + "; ask for fewer precisionBits, or a narrower interval");
        }
        return best;
    }

    private static double acosh(double x) {
        return Math.log(x + Math.sqrt(x * x - 1));
    }

    /** {@return how often Goldschmidt's iteration is done} */
    public int iterations() {
        return iterations;
    }

    /** {@return the largest |1 - x y|} */
    public double relativeErrorBound() {
        return relativeError;
    }

    @Override
    public String name() {
        return "inverse on " + FunctionChecks.interval(low, high);
    }

    @Override
    public double low() {
        return low;
    }

    @Override
    public double high() {
        return high;
    }

    /** Of the whole: with k iterations, 2^k (degree of the first polynomial + 1) - 1. */
    @Override
    public int degree() {
        return ((start.degree() + 1) << iterations) - 1;
    }

    /** {@return the degree of the polynomial before the iterations} */
    public int startDegree() {
        return start.degree();
    }

    @Override
    public int levels() {
        return evaluator.levels() + (iterations == 0 ? 0 : 1 + iterations);
    }

    @Override
    public long relinearizations() {
        return evaluator.counts().relinearizations() + 2L * iterations;
    }

    @Override
    public double errorBound() {
        return relativeError / low;
    }

    @Override
    public double valueAt(double x) {
        double y = start.valueAt(x);
        double e = 1 - x * y;
        for (int k = 0; k < iterations; k++) {
            y += y * e;
            e *= e;
        }
        return y;
    }

    @Override
    public double exactAt(double x) {
        return 1 / x;
    }

    @Override
    public <V> V evaluate(SlotAlgebra<V> algebra, V x) {
        FunctionChecks.levels("inverse", algebra.level(x), levels());
        V y = evaluator.evaluate(algebra, x);
        if (iterations == 0) {
            return y;
        }
        V e = algebra.rescale(algebra.multiply(x, y));
        e = algebra.addConstant(algebra.negate(e), 1);
        for (int k = 0; k < iterations; k++) {
            y = algebra.rescale(algebra.multiply(y, algebra.addConstant(e, 1)));
            if (k + 1 < iterations) {
                e = algebra.rescale(algebra.square(e));
            }
        }
        return y;
    }

    @Override
    public String toString() {
        return name() + ": degree " + start.degree() + ", " + iterations + " iterations, " + levels()
                + " levels, error " + FunctionChecks.text(errorBound());
    }
}
