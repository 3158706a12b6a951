package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.internal.Door;
import io.github.hecnn.ckks.internal.parts.PlaintextParts;
import io.github.hecnn.core.rns.RnsPolynomial;

/**
 * An encoded vector of slots: a polynomial in the NTT domain, whose slot values are scaled by {@link #scale}. Made by
 * {@link CkksEncoder} and {@link Decryptor}. Immutable and thread-safe.
 */
public final class Plaintext {
    /** The number of slots of a plaintext that may be decoded with any number. */
    public static final int UNKNOWN_SLOTS = 0;

    private final PlaintextParts parts;

    static {
        Door.open(Plaintext.class, PlaintextParts.class, p -> p.parts, Plaintext::new);
    }

    Plaintext(PlaintextParts parts) {
        requireSlots("Plaintext", parts.slots(), parts.polynomial().basis().degree() / 2);
        this.parts = parts;
    }

    static void requireSlots(String operation, int slots, int most) {
        if (slots < 0 || slots > most || (slots & (slots - 1)) != 0) {
            throw new MismatchException(operation + ": expected a power of two up to " + most
                    + " slots, or 0 where it is unknown, found " + slots + "; give the number that was encoded");
        }
    }

    RnsPolynomial polynomial() {
        return parts.polynomial();
    }

    /** {@return id of the parameter set, {@link io.github.hecnn.ckks.params.CkksParameters#rootId()}} */
    public long parametersId() {
        return parts.parametersId();
    }

    /** {@return the scale: factor between the slots and the polynomial's values} */
    public double scale() {
        return parts.scale();
    }

    /**
     * Largest magnitude of a slot, by which the evaluator knows what products and sums may grow to.
     *
     * @return not a number if unknown, as after decryption
     */
    public double bound() {
        return parts.bound();
    }

    /** {@return how many slots were encoded, a power of two up to N/2; {@link #UNKNOWN_SLOTS} if unknown} */
    public int slots() {
        return parts.slots();
    }

    /** {@return the level: number of limbs less one} */
    public int level() {
        return parts.polynomial().size() - 1;
    }
}
