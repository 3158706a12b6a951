package io.github.hecnn.ckks.circuit.polynomial;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.slots.SlotChecks;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A real polynomial of one variable, in powers of x or in the Chebyshev polynomials of an interval. Immutable and
 * thread-safe.
 *
 * <p>In powers, coefficients of approximations grow and cancel; beyond degree 10 or so take the Chebyshev form, whose
 * coefficients are no larger than the function.
 */
public final class Polynomial {
    /** Largest degree. */
    public static final int MAX_DEGREE = 1023;

    private static final double NARROWEST = 0x1p-20;

    private final double[] coefficients;
    private final boolean chebyshev;
    private final double lo;
    private final double hi;
    private final double validFrom;
    private final double validTo;

    private Polynomial(double[] coefficients, boolean chebyshev, double lo, double hi) {
        this(coefficients, chebyshev, lo, hi, lo, hi);
    }

    private Polynomial(
            double[] coefficients, boolean chebyshev, double lo, double hi, double validFrom, double validTo) {
        int length = coefficients.length;
        for (int i = 0; i < length; i++) {
            if (!Double.isFinite(coefficients[i])) {
                throw new InvalidParametersException("Polynomial: expected finite coefficients, found "
                        + coefficients[i] + " at index " + i + "; correct it");
            }
        }
        while (length > 0 && coefficients[length - 1] == 0) {
            length--;
        }
        if (length > MAX_DEGREE + 1) {
            throw new InvalidParametersException("Polynomial: expected a degree of at most " + MAX_DEGREE + ", found "
                    + (length - 1) + "; approximate with fewer terms");
        }
        this.coefficients = Arrays.copyOf(coefficients, Math.max(length, 1));
        this.chebyshev = chebyshev;
        this.lo = lo;
        this.hi = hi;
        this.validFrom = validFrom;
        this.validTo = validTo;
    }

    /**
     * The sum of c[j] x^j.
     *
     * @param c finite coefficients, constant first, as many as wanted; zeros at the end are dropped
     * @return the polynomial
     * @throws InvalidParametersException if a coefficient is not finite or the degree is above {@link #MAX_DEGREE}
     */
    public static Polynomial monomial(double... c) {
        return new Polynomial(c, false, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * The sum of c[j] T_j(t), where t runs from -1 to 1 as x runs from lo to hi.
     *
     * @param lo left end of the interval
     * @param hi right end, at least 2^-20 more than lo
     * @param c finite coefficients, constant first and not halved; zeros at the end are dropped
     * @return the polynomial
     * @throws InvalidParametersException if the ends are not finite or not in order, a coefficient is not finite or
     *     the degree is above {@link #MAX_DEGREE}
     */
    public static Polynomial chebyshev(double lo, double hi, double... c) {
        if (!Double.isFinite(hi - lo) || hi - lo < NARROWEST) {
            throw new InvalidParametersException(
                    "Polynomial: expected an interval from lo to hi at least 2^-20 wide, found " + lo + " to " + hi
                            + "; order the ends or widen it");
        }
        return new Polynomial(c, true, lo, hi);
    }

    /**
     * The polynomial that agrees with a function in the zeros of T_(degree+1): within a factor of about 2 + (2/pi)
     * ln(degree + 1) as close to it on the interval as any polynomial of this degree can be. Coefficients that are
     * nothing but rounding errors, as the even ones of an odd function, become zero.
     *
     * @param f the function, finite on the interval
     * @param degree largest degree, from 0 to {@link #MAX_DEGREE}
     * @param lo left end of the interval
     * @param hi right end, at least 2^-20 more than lo
     * @return the polynomial in Chebyshev form
     * @throws InvalidParametersException if the degree is out of range, the ends are not in order, or the function is
     *     not finite somewhere
     */
    public static Polynomial interpolate(DoubleUnaryOperator f, int degree, double lo, double hi) {
        if (degree < 0 || degree > MAX_DEGREE) {
            throw new InvalidParametersException("Polynomial: expected a degree from 0 to " + MAX_DEGREE + ", found "
                    + degree + "; choose a degree in that range");
        }
        chebyshev(lo, hi);
        int n = degree + 1;
        double[] values = new double[n];
        double largest = 0;
        for (int k = 0; k < n; k++) {
            values[k] = f.applyAsDouble(lo + (hi - lo) * (1 + Math.cos(Math.PI * (k + 0.5) / n)) / 2);
            largest = Math.max(largest, Math.abs(values[k]));
        }
        double[] c = new double[n];
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int k = 0; k < n; k++) {
                sum += values[k] * Math.cos(Math.PI * (j * (2L * k + 1) % (4L * n)) / (2 * n));
            }
            c[j] = (j == 0 ? 1 : 2) * sum / n;
            if (Math.abs(c[j]) <= 0x1p-50 * largest) {
                c[j] = 0;
            }
        }
        return chebyshev(lo, hi, c);
    }

    /** {@return index of the last coefficient that is not zero; 0 for a constant, zero included} */
    public int degree() {
        return coefficients.length - 1;
    }

    /** {@return coefficients, constant first, in a new array of degree + 1 numbers} */
    public double[] coefficients() {
        return coefficients.clone();
    }

    /** {@return whether it is in Chebyshev form, or else in powers} */
    public boolean isChebyshev() {
        return chebyshev;
    }

    /** {@return left end of the interval of the Chebyshev form; minus infinity for powers} */
    public double lo() {
        return lo;
    }

    /** {@return right end of the interval of the Chebyshev form; infinity for powers} */
    public double hi() {
        return hi;
    }

    /**
     * The same polynomial with the interval it is good for, as an approximation of a function that is only close to it there.
     * {@link PolynomialEvaluator} has a rehearsal hold the slots against it.
     *
     * @param from left end
     * @param to right end, not below the left one; infinite ends are no limit
     * @return the polynomial with that interval
     * @throws InvalidParametersException if the ends are not in order or not numbers
     */
    public Polynomial validOn(double from, double to) {
        SlotChecks.interval("Polynomial.validOn", from, to);
        return new Polynomial(coefficients, chebyshev, lo, hi, from, to);
    }

    /**
     * Left end of the interval the polynomial is good for.
     *
     * @return that of {@link #validOn}, else that of the Chebyshev form; minus infinity for powers
     */
    public double validFrom() {
        return validFrom;
    }

    /**
     * Right end of the interval the polynomial is good for.
     *
     * @return that of {@link #validOn}, else that of the Chebyshev form; infinity for powers
     */
    public double validTo() {
        return validTo;
    }

    /**
     * Value at a plain number.
     *
     * @param x the variable
     * @return p(x), by Horner or Clenshaw
     */
    public double valueAt(double x) {
        if (!chebyshev) {
            double sum = 0;
            for (int j = degree(); j >= 0; j--) {
                sum = sum * x + coefficients[j];
            }
            return sum;
        }
        double t = (2 * x - lo - hi) / (hi - lo);
        double b1 = 0;
        double b2 = 0;
        for (int j = degree(); j > 0; j--) {
            double b = 2 * t * b1 - b2 + coefficients[j];
            b2 = b1;
            b1 = b;
        }
        return t * b1 - b2 + coefficients[0];
    }

    /** Whether form, coefficients and intervals are the same. */
    @Override
    public boolean equals(Object o) {
        return o instanceof Polynomial p
                && chebyshev == p.chebyshev
                && Arrays.equals(coefficients, p.coefficients)
                && Arrays.equals(ends(), p.ends());
    }

    private double[] ends() {
        return new double[] {lo, hi, validFrom, validTo};
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(coefficients) + Arrays.hashCode(ends());
    }

    @Override
    public String toString() {
        return (chebyshev
                        ? "Chebyshev series of degree " + degree() + " on [" + lo + ", " + hi + "]"
                        : "polynomial of degree " + degree())
                + " " + Arrays.toString(coefficients);
    }
}
