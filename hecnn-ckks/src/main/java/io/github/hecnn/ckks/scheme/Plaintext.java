package io.github.hecnn.ckks.scheme;

import io.github.hecnn.core.rns.RnsPolynomial;

/**
 * An encoded vector of slots: a polynomial in the NTT domain, whose slot values are scaled by {@code scale}. Immutable and
 * thread-safe.
 *
 * @param parametersId id of the parameter set
 * @param polynomial the encoded polynomial on q(0)..q(level)
 * @param scale factor between the slots and the polynomial's values
 * @param bound largest magnitude of a slot, by which the evaluator knows what products and sums may grow to; not a number if
 *     unknown, as after decryption
 */
public record Plaintext(long parametersId, RnsPolynomial polynomial, double scale, double bound) {
    /**
     * An encoded vector of which only the polynomial is known.
     *
     * @param parametersId id of the parameter set
     * @param polynomial the encoded polynomial on q(0)..q(level)
     * @param scale factor between the slots and the polynomial's values
     */
    public Plaintext(long parametersId, RnsPolynomial polynomial, double scale) {
        this(parametersId, polynomial, scale, Double.NaN);
    }

    /**
     * The level.
     *
     * @return number of limbs - 1
     */
    public int level() {
        return polynomial.size() - 1;
    }
}
