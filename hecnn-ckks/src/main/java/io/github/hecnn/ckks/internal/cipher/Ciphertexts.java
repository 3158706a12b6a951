package io.github.hecnn.ckks.internal.cipher;

import io.github.hecnn.ckks.internal.Door;
import io.github.hecnn.ckks.internal.Seed;
import io.github.hecnn.ckks.internal.parts.CiphertextParts;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.List;
import java.util.Optional;

/** From ciphertexts to their components and back. */
public final class Ciphertexts {
    private static final Door<Ciphertext, CiphertextParts> DOOR = Door.to(Ciphertext.class, CiphertextParts.class);

    private Ciphertexts() {}

    /**
     * A ciphertext of given components, which must not change any more.
     *
     * @throws io.github.hecnn.ckks.error.MismatchException if the number of slots is neither unknown nor a power of two up to N/2
     */
    public static Ciphertext of(CiphertextParts parts) {
        return DOOR.around(parts);
    }

    /** What c1 of a fresh symmetric ciphertext was expanded from. */
    public static Optional<Seed> seed(Ciphertext c) {
        return Optional.ofNullable(DOOR.inside(c).seed());
    }

    /**
     * The components, only to be read.
     *
     * @throws IllegalStateException if the ciphertext was released
     */
    public static List<RnsPolynomial> components(Ciphertext c) {
        return DOOR.inside(c).components();
    }
}
