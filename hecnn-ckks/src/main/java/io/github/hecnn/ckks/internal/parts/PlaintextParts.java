package io.github.hecnn.ckks.internal.parts;

import io.github.hecnn.core.rns.RnsPolynomial;

/**
 * What a plaintext is made of.
 *
 * @param parametersId id of the parameter set
 * @param polynomial the encoded polynomial on q(0)..q(level), NTT domain
 * @param scale factor between the slots and the polynomial's values
 * @param bound largest magnitude of a slot; not a number if unknown
 * @param slots how many slots were encoded, a power of two up to N/2; 0 if unknown
 */
public record PlaintextParts(long parametersId, RnsPolynomial polynomial, double scale, double bound, int slots) {
    /** Of which only the polynomial is known. */
    public PlaintextParts(long parametersId, RnsPolynomial polynomial, double scale) {
        this(parametersId, polynomial, scale, Double.NaN, 0);
    }
}
