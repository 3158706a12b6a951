package io.github.hecnn.ckks.internal.cipher;

import io.github.hecnn.ckks.internal.Door;
import io.github.hecnn.ckks.internal.parts.PlaintextParts;
import io.github.hecnn.ckks.scheme.Plaintext;
import io.github.hecnn.core.rns.RnsPolynomial;

/** From plaintexts to their polynomials and back. */
public final class Plaintexts {
    private static final Door<Plaintext, PlaintextParts> DOOR = Door.to(Plaintext.class, PlaintextParts.class);

    private Plaintexts() {}

    /**
     * A plaintext of a given polynomial.
     *
     * @throws io.github.hecnn.ckks.error.MismatchException if the number of slots is neither unknown nor a power of two up to N/2
     */
    public static Plaintext of(PlaintextParts parts) {
        return DOOR.around(parts);
    }

    /** The encoded polynomial. */
    public static RnsPolynomial polynomial(Plaintext p) {
        return DOOR.inside(p).polynomial();
    }
}
