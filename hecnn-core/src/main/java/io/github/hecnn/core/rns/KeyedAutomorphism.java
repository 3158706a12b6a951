package io.github.hecnn.core.rns;

/**
 * An automorphism with the key that switches its result back to the secret. Immutable and thread-safe.
 *
 * @param map the automorphism; null for the identity
 * @param key its key; null for the identity
 */
public record KeyedAutomorphism(Automorphism map, KeyHalves key) {
    /** No automorphism, no key. */
    public static final KeyedAutomorphism IDENTITY = new KeyedAutomorphism(null, null);

    boolean isIdentity() {
        return map == null;
    }
}
