package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.keys.KeyPairId;

/**
 * What a result inherits from its operands beside their values. Immutable and thread-safe.
 *
 * @param pair fingerprint of the key pair
 * @param slots after how many slots the vector repeats itself, a power of two up to N/2; {@link Plaintext#UNKNOWN_SLOTS} if nobody tells
 */
record Origin(KeyPairId pair, int slots) {
    static Origin of(Ciphertext a) {
        return new Origin(a.keyPairId(), a.slots());
    }

    /** Of a sum or product of two values; refuses different pairs. */
    Origin with(Origin other, String operation) {
        return new Origin(pair.with(other.pair, operation), common(slots, other.slots));
    }

    /** Of a sum or product with a plaintext that repeats itself after so many slots. */
    Origin withPlain(int plainSlots) {
        return new Origin(pair, common(slots, plainSlots));
    }

    private static int common(int a, int b) {
        boolean known = a != Plaintext.UNKNOWN_SLOTS && b != Plaintext.UNKNOWN_SLOTS;
        return known ? Math.max(a, b) : Plaintext.UNKNOWN_SLOTS;
    }
}
