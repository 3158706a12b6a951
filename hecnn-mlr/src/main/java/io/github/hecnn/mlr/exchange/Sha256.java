package io.github.hecnn.mlr.exchange;

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

    /** Of an array. */
    public static String of(byte[] bytes) {
        return hex(digest().digest(bytes));
    }

    /** Of a stream, read to its end. */
    public static String of(InputStream stream) throws IOException {
        MessageDigest digest = digest();
        byte[] block = new byte[1 << 20];
        for (int n = stream.read(block); n >= 0; n = stream.read(block)) {
            digest.update(block, 0, n);
        }
        return hex(digest.digest());
    }

    /** Of a file. */
    public static String of(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return of(stream);
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every Java platform has it, this one does not", e);
        }
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
