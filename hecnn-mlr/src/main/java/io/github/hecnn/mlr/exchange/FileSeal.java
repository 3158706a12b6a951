package io.github.hecnn.mlr.exchange;

import io.github.hecnn.core.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Name, length and SHA-256 of a file, so that a truncated, damaged or foreign one is noticed before it is read.
 *
 * @param name without a path
 * @param bytes its length
 * @param sha256 of its content, in hexadecimal
 */
public record FileSeal(String name, long bytes, String sha256) {
    /**
     * As it comes from a file, nothing may be missing.
     *
     * @param name without a path
     * @param bytes its length
     * @param sha256 of its content, in hexadecimal
     */
    public FileSeal {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(sha256, "sha256");
    }

    /**
     * {@return the seal of a file as it lies there}
     *
     * @param name its name, without a path
     * @param file where it lies
     * @throws IOException if a file cannot be read
     */
    public static FileSeal of(String name, Path file) throws IOException {
        return new FileSeal(name, Files.size(file), Sha256.of(file));
    }
}
