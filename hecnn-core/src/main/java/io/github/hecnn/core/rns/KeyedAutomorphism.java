package io.github.hecnn.core.rns;

import java.util.List;

/**
 * An automorphism with the key that switches its result back to the secret. Immutable and thread-safe.
 *
 * @param map the automorphism; null for the identity
 * @param keyB first half of its key: [digit] polynomials on Q and P, NTT domain; null for the identity
 * @param keyA second half
 */
public record KeyedAutomorphism(Automorphism map, List<RnsPolynomial> keyB, List<RnsPolynomial> keyA) {
    /** No automorphism, no key. */
    public static final KeyedAutomorphism IDENTITY = new KeyedAutomorphism(null, null, null);

    boolean isIdentity() {
        return map == null;
    }
}
