package io.github.hecnn.mlr.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads whole files into memory, none of them larger than expected, with errors that name the file. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * The bytes of a file.
     *
     * @param file the file
     * @param most bytes it may have
     * @param advice what to do about a larger one, the end of the error's text
     * @return [bytes]
     * @throws UncheckedIOException if it is missing or cannot be read
     * @throws DataFormatException if it is larger
     */
    public static byte[] bytes(Path file, long most, String advice) {
        try {
            if (Files.size(file) > most) {
                throw new DataFormatException(
                        file + ": expected at most " + most + " bytes, found " + Files.size(file) + "; " + advice);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException(file + ": expected a file, found none; check the path", e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + ": expected a readable file, found: " + e.getMessage() + "; check its permissions", e);
        }
    }
}
