package io.github.hecnn.ckks.scheme;

import io.github.hecnn.core.rns.RnsPolynomial;

/**
 * An encoded vector of slots modulo q(0)..q(level) and the special primes, for products before the division that ends a key
 * switch (double hoisting). Made by {@link CkksEncoder#encodeExtended}. Immutable and thread-safe.
 */
public final class ExtendedPlaintext {
    private final long parametersId;
    private final RnsPolynomial polynomial;
    private final int level;
    private final double scale;
    private final double bound;

    ExtendedPlaintext(long parametersId, RnsPolynomial polynomial, int level, double scale, double bound) {
        this.parametersId = parametersId;
        this.polynomial = polynomial;
        this.level = level;
        this.scale = scale;
        this.bound = bound;
    }

    RnsPolynomial polynomial() {
        return polynomial;
    }

    /** {@return id of the parameter set, {@link io.github.hecnn.ckks.params.CkksParameters#id()}} */
    public long parametersId() {
        return parametersId;
    }

    /** {@return level of the data primes, 0..chainLevel} */
    public int level() {
        return level;
    }

    /** {@return the scale: factor between the slots and the polynomial's values} */
    public double scale() {
        return scale;
    }

    /** {@return largest magnitude of a slot; not a number if unknown} */
    public double bound() {
        return bound;
    }
}
