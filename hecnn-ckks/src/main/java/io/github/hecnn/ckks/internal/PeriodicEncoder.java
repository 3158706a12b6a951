package io.github.hecnn.ckks.internal;

import io.github.hecnn.core.rns.PeriodicPolynomial;

/** Encodes vectors that repeat themselves to polynomials of which one period is kept. */
public interface PeriodicEncoder {
    /** Real and imaginary parts, each of a power of two of slots, on the primes of a level and the special ones. */
    PeriodicPolynomial encode(double[] re, double[] im, int level, double scale);
}
