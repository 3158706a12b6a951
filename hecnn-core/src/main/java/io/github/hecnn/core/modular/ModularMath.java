package io.github.hecnn.core.modular;

import java.math.BigInteger;

/** Number theory on 64-bit integers: exact for every modulus below 2^63, quickest below 2^50. Stateless. */
public final class ModularMath {
    // Below this the quotient a*b/q, worked out in doubles, is off by one at the most.
    private static final long DOUBLE_QUOTIENT_LIMIT = 1L << 50;

    // As Miller-Rabin bases these leave no composite below 3.18e23 undetected (Sorenson and Webster,
    // "Strong pseudoprimes to twelve prime bases").
    private static final int[] WITNESSES = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};

    private ModularMath() {}

    /** Whether n is prime; exact for every long. Numbers below 2 are not. */
    public static boolean isPrime(long n) {
        if (n < 2) {
            return false;
        }
        for (int p : WITNESSES) {
            if (n % p == 0) {
                return n == p;
            }
        }
        int twos = Long.numberOfTrailingZeros(n - 1);
        long odd = (n - 1) >> twos;
        for (int base : WITNESSES) {
            if (!isStrongProbablePrime(n, base, odd, twos)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isStrongProbablePrime(long n, long base, long odd, int twos) {
        long x = powReduced(base % n, odd, n);
        if (x == 1 || x == n - 1) {
            return true;
        }
        for (int i = 1; i < twos; i++) {
            x = multiplyReduced(x, x, n);
            if (x == n - 1) {
                return true;
            }
        }
        return false;
    }

    /**
     * a * b mod q, in [0, q).
     *
     * @param a any long; negative values are reduced first
     * @param b any long; negative values are reduced first
     * @throws IllegalArgumentException if q is less than 1
     */
    public static long multiply(long a, long b, long q) {
        requireModulus("ModularMath.multiply", q);
        return multiplyReduced(Math.floorMod(a, q), Math.floorMod(b, q), q);
    }

    /**
     * a^e mod q, in [0, q).
     *
     * @param a any long; negative values are reduced first
     * @throws IllegalArgumentException if q is less than 1 or e is negative
     */
    public static long pow(long a, long e, long q) {
        requireModulus("ModularMath.pow", q);
        if (e < 0) {
            throw new IllegalArgumentException("ModularMath.pow: expected an exponent of 0 or more, found " + e
                    + "; use inverse for negative powers");
        }
        return powReduced(Math.floorMod(a, q), e, q);
    }

    /**
     * The inverse of a mod q, in [0, q).
     *
     * @param a any long; negative values are reduced first
     * @throws IllegalArgumentException if q is less than 2, or a and q have a common factor
     */
    public static long inverse(long a, long q) {
        if (q < 2) {
            throw new IllegalArgumentException(
                    "ModularMath.inverse: expected a modulus of 2 or more, found " + q + "; pass the prime");
        }
        long previous = q;
        long current = Math.floorMod(a, q);
        long previousFactor = 0;
        long factor = 1;
        while (current > 1) {
            long quotient = previous / current;
            long remainder = previous - quotient * current;
            long nextFactor = previousFactor - quotient * factor;
            previous = current;
            current = remainder;
            previousFactor = factor;
            factor = nextFactor;
        }
        if (current == 0) {
            throw new IllegalArgumentException(
                    "ModularMath.inverse: expected a value coprime to " + q + ", found " + a + "; it has no inverse");
        }
        return Math.floorMod(factor, q);
    }

    /**
     * A primitive 2N-th root of unity mod q, N = 2^logRingDegree: g^((q-1)/2N) for the smallest g &gt;= 2 which gives one.
     * The choice is part of the binary format: values in the NTT domain depend on it.
     *
     * @return psi in [2, q) with psi^N = -1 mod q
     * @throws IllegalArgumentException if q is not prime or not 1 mod 2N, or logRingDegree is not from 1 to 40
     */
    public static long primitiveRoot2N(long q, int logRingDegree) {
        if (logRingDegree < 1 || logRingDegree > 40) {
            throw new IllegalArgumentException(
                    "ModularMath.primitiveRoot2N: expected a logarithm of the ring degree from 1 to" + " 40, found "
                            + logRingDegree + "; pass log2 of N, not N");
        }
        long order = 2L << logRingDegree;
        if (q < 3 || q % order != 1 || !isPrime(q)) {
            throw new IllegalArgumentException("ModularMath.primitiveRoot2N: expected a prime that is 1 mod 2N = "
                    + order + ", found " + q + "; take one from NttPrimes");
        }
        long exponent = (q - 1) / order;
        for (long g = 2; ; g++) {
            long psi = powReduced(g, exponent, q);
            // Its order divides 2N, a power of two, so psi^N = -1 says that the order is 2N exactly.
            if (powReduced(psi, order / 2, q) == q - 1) {
                return psi;
            }
        }
    }

    private static long powReduced(long a, long e, long q) {
        long result = 1 % q;
        long square = a;
        for (long rest = e; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                result = multiplyReduced(result, square, q);
            }
            square = multiplyReduced(square, square, q);
        }
        return result;
    }

    // a and b in [0, q)
    private static long multiplyReduced(long a, long b, long q) {
        if (q > DOUBLE_QUOTIENT_LIMIT) {
            return BigInteger.valueOf(a)
                    .multiply(BigInteger.valueOf(b))
                    .mod(BigInteger.valueOf(q))
                    .longValueExact();
        }
        long quotient = (long) ((double) a * (double) b / (double) q);
        long r = a * b - quotient * q; // both products overflow, their difference does not
        if (r < 0) {
            return r + q;
        }
        return r >= q ? r - q : r;
    }

    private static void requireModulus(String operation, long q) {
        if (q < 1) {
            throw new IllegalArgumentException(
                    operation + ": expected a modulus of 1 or more, found " + q + "; pass the prime");
        }
    }
}
