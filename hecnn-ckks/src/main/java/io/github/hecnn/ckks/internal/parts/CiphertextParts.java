package io.github.hecnn.ckks.internal.parts;

import io.github.hecnn.ckks.internal.Seed;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.List;
import java.util.Objects;

/**
 * What a ciphertext is made of.
 *
 * @param parametersId id of the parameter set
 * @param keyPairId fingerprint of the key pair; {@link KeyPairId#UNKNOWN} if nobody tells
 * @param slots after how many slots the vector repeats itself, a power of two up to N/2; 0 if nobody tells
 * @param components two or three polynomials on one basis, NTT domain; not copied, they must not change any more
 * @param scale factor between the slots and the polynomial's values
 * @param seed polynomial 0 of it is c1, in a fresh symmetric ciphertext; null if there is none
 */
public record CiphertextParts(
        long parametersId, KeyPairId keyPairId, int slots, List<RnsPolynomial> components, double scale, Seed seed) {
    /** Of slots nobody tells the number of, without a seed. */
    public CiphertextParts(long parametersId, KeyPairId keyPairId, List<RnsPolynomial> components, double scale) {
        this(parametersId, keyPairId, 0, components, scale, null);
    }

    /** Checks that the pair is given, and copies the list. */
    public CiphertextParts {
        Objects.requireNonNull(keyPairId, "keyPairId");
        components = List.copyOf(components);
    }
}
