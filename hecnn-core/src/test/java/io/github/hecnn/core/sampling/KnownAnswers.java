package io.github.hecnn.core.sampling;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Hashes of samples. A hash that changes means that seeds in existing files expand to something else.
 *
 * <p>The hashes in the tests come from a second implementation: Python integers and decimals on the key stream of
 * {@code openssl enc -aes-256-ctr}, written after the documentation of the classes.
 */
final class KnownAnswers {
    private KnownAnswers() {}

    static byte[] countingSeed() {
        byte[] seed = new byte[RandomSource.SEED_BYTES];
        for (int i = 0; i < seed.length; i++) {
            seed[i] = (byte) i;
        }
        return seed;
    }

    /** SHA-256 of the values as 64-bit little-endian integers. */
    static String hash(double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double v : values) {
            bytes.putLong((long) v);
        }
        return hash(bytes.array());
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
