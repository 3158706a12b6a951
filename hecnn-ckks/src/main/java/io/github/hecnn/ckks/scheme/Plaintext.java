package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.error.MismatchException;
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
 * @param slots how many slots were encoded, a power of two up to N/2; {@link #UNKNOWN_SLOTS} if unknown
 */
public record Plaintext(long parametersId, RnsPolynomial polynomial, double scale, double bound, int slots) {
    /** The number of slots of a plaintext that may be decoded with any number. */
    public static final int UNKNOWN_SLOTS = 0;

    /**
     * Checks the number of slots.
     *
     * @throws MismatchException if it is neither unknown nor a power of two up to N/2
     */
    public Plaintext {
        requireSlots("Plaintext", slots, polynomial.basis().degree() / 2);
    }

    static void requireSlots(String operation, int slots, int most) {
        if (slots < 0 || slots > most || (slots & (slots - 1)) != 0) {
            throw new MismatchException(operation + ": expected a power of two up to " + most
                    + " slots, or 0 where it is unknown, found " + slots + "; give the number that was encoded");
        }
    }

    /**
     * An encoded vector of which only the polynomial is known.
     *
     * @param parametersId id of the parameter set
     * @param polynomial the encoded polynomial on q(0)..q(level)
     * @param scale factor between the slots and the polynomial's values
     */
    public Plaintext(long parametersId, RnsPolynomial polynomial, double scale) {
        this(parametersId, polynomial, scale, Double.NaN, UNKNOWN_SLOTS);
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
