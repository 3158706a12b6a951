package io.github.hecnn.core.modular;

import java.math.BigInteger;

/**
 * An odd prime below 2^49 and scalar arithmetic on its residues.
 *
 * <p>A residue is an exact integer in a {@code double}, canonical and balanced: |r| &lt;= (q-1)/2, and zero is +0.0. Every
 * residue has exactly one such form, so results can be compared bit by bit. All operations take and return canonical
 * residues and are exact; operands that are not canonical give unspecified results, they are not checked. Loops over whole
 * polynomials belong to the kernels; the methods here are for tables, constants and tests.
 *
 * <p>The product of two residues has up to 96 bits. It is held as a rounded high part and its exact error, both by fused
 * multiply-add (van der Hoeven and Lecerf, "Faster FFTs in medium precision").
 *
 * <p>Immutable and thread-safe.
 */
public final class Modulus {
    /** Every modulus is below 2^MAX_BITS: the ceiling under which sums of products stay exact in the kernels. */
    public static final int MAX_BITS = 49;

    // Up to here x * (1/q) is rounded to a quotient that is off by one at the most, and x - k*q is exact.
    private static final double FAST_REDUCTION_LIMIT = 0x1p52;

    private final long value;
    private final double q;
    private final double inverse;
    private final double half;

    private Modulus(long value) {
        this.value = value;
        this.q = value;
        this.inverse = 1.0 / q;
        this.half = (q - 1) / 2;
    }

    /**
     * A modulus.
     *
     * @param prime an odd prime below 2^49
     * @throws IllegalArgumentException if it is not in range or not prime
     */
    public static Modulus of(long prime) {
        if (prime < 3 || prime >= 1L << MAX_BITS) {
            throw new IllegalArgumentException("Modulus.of: expected an odd prime from 3 to 2^" + MAX_BITS
                    + " - 1, found " + prime + "; take one from NttPrimes");
        }
        if (!ModularMath.isPrime(prime)) {
            throw new IllegalArgumentException(
                    "Modulus.of: expected a prime, found the composite " + prime + "; take one from NttPrimes");
        }
        return new Modulus(prime);
    }

    /** The prime q. */
    public long value() {
        return value;
    }

    /** The prime q, exact as a double. */
    public double asDouble() {
        return q;
    }

    /** 1.0 / q, rounded to nearest. */
    public double inverse() {
        return inverse;
    }

    /** The base-2 logarithm of q. */
    public double log2() {
        return Math.log(q) / Math.log(2);
    }

    /** The canonical residue of any integer. */
    public double balance(long v) {
        return center(v % value);
    }

    /** The canonical residue of any integer. */
    public double balance(BigInteger v) {
        return center(v.mod(BigInteger.valueOf(value)).longValueExact());
    }

    /**
     * The canonical residue of an integer held in a double, exact for any magnitude, also beyond 2^53.
     *
     * @param x a finite double without fractional part
     * @throws IllegalArgumentException if x is infinite, NaN or not an integer
     */
    public double reduceExact(double x) {
        if (Math.abs(x) < FAST_REDUCTION_LIMIT) {
            if (x != Math.rint(x)) {
                throw notAnInteger(x);
            }
            return canonical(Math.fma(-Math.rint(x * inverse), q, x));
        }
        if (!Double.isFinite(x)) {
            throw notAnInteger(x);
        }
        return canonical(x % q); // the remainder of doubles is exact
    }

    /** The representative in [0, q) of a canonical residue. */
    public long toUnsigned(double r) {
        long v = (long) r;
        return v < 0 ? v + value : v;
    }

    /** a + b mod q. */
    public double add(double a, double b) {
        return canonical(a + b);
    }

    /** a - b mod q. */
    public double subtract(double a, double b) {
        return canonical(a - b);
    }

    /** a * b mod q. */
    public double multiply(double a, double b) {
        double high = a * b;
        double low = Math.fma(a, b, -high);
        double quotient = Math.rint(high * inverse);
        return canonical(Math.fma(-quotient, q, high) + low);
    }

    /**
     * a^e mod q; 0^0 is 1.
     *
     * @throws IllegalArgumentException if the exponent is negative
     */
    public double pow(double a, long e) {
        if (e < 0) {
            throw new IllegalArgumentException("Modulus.pow: expected an exponent of 0 or more, found " + e
                    + "; invert the base for negative powers");
        }
        double result = 1.0;
        double square = a;
        for (long rest = e; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                result = multiply(result, square);
            }
            square = multiply(square, square);
        }
        return result;
    }

    /**
     * The inverse of a mod q.
     *
     * @throws IllegalArgumentException if a is 0
     */
    public double invert(double a) {
        return center(ModularMath.inverse(toUnsigned(a), value));
    }

    /**
     * A residue to multiply many others by.
     *
     * @param w canonical residue
     * @return with its quotient by q
     */
    public Factor factor(double w) {
        return new Factor(w, w / q);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Modulus modulus && modulus.value == value;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }

    // |r| < q
    private double center(long r) {
        return canonical((double) r);
    }

    // Any exact integer |r| < 1.5 q. Adding 0.0 turns -0.0 into 0.0.
    private double canonical(double r) {
        if (r > half) {
            return r - q;
        }
        if (r < -half) {
            return r + q;
        }
        return r + 0.0;
    }

    private static IllegalArgumentException notAnInteger(double x) {
        return new IllegalArgumentException(
                "Modulus.reduceExact: expected a finite integer, found " + x + "; round the value first");
    }
}
