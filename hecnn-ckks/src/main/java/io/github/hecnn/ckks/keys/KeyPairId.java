package io.github.hecnn.ckks.keys;

import io.github.hecnn.ckks.error.MismatchException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Public fingerprint of a key pair. The secret key, every key made from it and every ciphertext under it carry the same one, so that
 * an object of another pair is refused instead of decrypted to noise. Immutable and thread-safe.
 *
 * <p>It is the first half of a SHA-256 over a label, the id of the parameter set and the ternary coefficients of the secret. To find
 * the secret from it takes a guess of the secret: a dense ternary one has N log2(3) bits of entropy, at least 1,600, a sparse one of
 * Hamming weight h at least h. Ciphertexts and public keys give whoever can guess a secret the same means to check the guess. What it
 * does tell is that two files belong to one key pair, as the public key does.
 *
 * <p>It guards against mix-ups, not against forgery: whoever can change a file can change its fingerprint, except that of a secret
 * key, which is computed anew when the key is read.
 *
 * @param high first 64 bits
 * @param low last 64 bits
 */
public record KeyPairId(long high, long low) {
    /** Of objects read from files that do not tell, or made by hand; goes with every other one. */
    public static final KeyPairId UNKNOWN = new KeyPairId(0, 0);

    private static final byte[] LABEL = "hecnn key pair id v1\0".getBytes(StandardCharsets.US_ASCII);

    /** The fingerprint of a secret. */
    static KeyPairId of(long parametersId, byte[] ternaryCoefficients) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(LABEL);
            sha.update(ByteBuffer.allocate(Long.BYTES).putLong(0, parametersId));
            ByteBuffer digest = ByteBuffer.wrap(sha.digest(ternaryCoefficients));
            return new KeyPairId(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** {@return whether this names a pair: false for {@link #UNKNOWN}} */
    public boolean known() {
        return (high | low) != 0;
    }

    /**
     * Puts two objects together: refuses different pairs, and tells the pair of the result.
     *
     * @param found fingerprint of the other object
     * @param operation begins the message of the refusal
     * @return the known one of the two; {@link #UNKNOWN} if neither is
     * @throws MismatchException if both are known and differ
     */
    public KeyPairId with(KeyPairId found, String operation) {
        if (!known() || equals(found)) {
            return found;
        }
        if (!found.known()) {
            return this;
        }
        throw new MismatchException(operation + ": expected an object of key pair " + this + ", found one of key pair "
                + found + "; use keys and ciphertexts of one secret key, keyPairId() of each tells whose it is");
    }

    /**
     * The fingerprint for people.
     *
     * @return 32 hexadecimal digits, or "unknown"
     */
    @Override
    public String toString() {
        return known() ? String.format("%016x%016x", high, low) : "unknown";
    }
}
