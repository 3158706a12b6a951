package io.github.hecnn.ckks.scheme;

import io.github.hecnn.core.rns.RnsPolynomial;

/**
 * An encoded vector of slots: a polynomial in the NTT domain, whose slot values are scaled by {@code scale}. Immutable and
 * thread-safe.
 *
 * @param parametersId id of the parameter set
 * @param polynomial the encoded polynomial on q(0)..q(level)
 * @param scale factor between the slots and the polynomial's values
 */
public record Plaintext(long parametersId, RnsPolynomial polynomial, double scale) {
    /**
     * The level.
     *
     * @return number of limbs - 1
     */
    public int level() {
        return polynomial.size() - 1;
    }
}
