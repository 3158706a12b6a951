package io.github.hecnn.core.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in hexadecimal. */
public final class Sha256 {
    private Sha256() {}

    /**
     * {@return SHA-256 of an array}
     *
     * @param bytes any
     */
    public static String of(byte[] bytes) {
        return hex(digest().digest(bytes));
    }

    /**
     * {@return SHA-256 of a stream, read to its end}
     *
     * @param stream left open
     * @throws IOException if the stream cannot be read
     */
    public static String of(InputStream stream) throws IOException {
        MessageDigest digest = digest();
        byte[] block = new byte[1 << 20];
        for (int n = stream.read(block); n >= 0; n = stream.read(block)) {
            digest.update(block, 0, n);
        }
        return hex(digest.digest());
    }

    /**
     * {@return SHA-256 of a file}
     *
     * @param file any
     * @throws IOException if a file cannot be read
     */
    public static String of(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return of(stream);
        }
    }

    /** A stream that takes the checksum of what is read from it. For one thread. */
    public static final class Reading extends FilterInputStream {
        private final MessageDigest digest = digest();
        private long bytes;

        /** @param in closed with this one */
        public Reading(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] b, int offset, int length) throws IOException {
            int n = in.read(b, offset, length);
            if (n > 0) {
                digest.update(b, offset, n);
                bytes += n;
            }
            return n;
        }

        @Override
        public long skip(long n) throws IOException {
            return read(new byte[(int) Math.min(n, 1 << 16)]);
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        /**
         * Reads the rest.
         *
         * @return checksum of all of it
         * @throws IOException if the rest cannot be read
         */
        public String finish() throws IOException {
            byte[] block = new byte[1 << 16];
            while (read(block) >= 0) {
                // counted
            }
            return hex(digest.digest());
        }

        /** {@return bytes that were read so far} */
        public long bytes() {
            return bytes;
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
