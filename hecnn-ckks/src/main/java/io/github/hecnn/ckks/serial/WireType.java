package io.github.hecnn.ckks.serial;

import java.util.Arrays;
import java.util.Optional;

/** What a file holds. The tags are part of the format. */
enum WireType {
    PARAMETERS(1, "a parameter set"),
    PUBLIC_KEY(2, "a public key"),
    SECRET_KEY(3, "a secret key"),
    RELINEARIZATION_KEY(4, "a relinearisation key"),
    ROTATION_KEY(5, "a rotation key"),
    EVALUATION_KEYS(6, "a bundle of evaluation keys"),
    CIPHERTEXT(7, "a ciphertext"),
    CIPHERTEXTS(8, "a list of ciphertexts"),
    PLAINTEXT(9, "a plaintext"),
    BOOTSTRAP_KEYS(10, "a bundle of bootstrapping keys");

    private final int tag;
    private final String text;

    WireType(int tag, String text) {
        this.tag = tag;
        this.text = text;
    }

    int tag() {
        return tag;
    }

    /** Whether it belongs to a key pair, which the header then names. */
    boolean hasKeyPair() {
        return this != PARAMETERS && this != PLAINTEXT;
    }

    /** How messages name it. */
    String text() {
        return text;
    }

    static Optional<WireType> ofTag(int tag) {
        return Arrays.stream(values()).filter(t -> t.tag == tag).findFirst();
    }

    static String describe(int tag) {
        return ofTag(tag).map(WireType::text).orElse("an object of unknown type " + tag);
    }
}
