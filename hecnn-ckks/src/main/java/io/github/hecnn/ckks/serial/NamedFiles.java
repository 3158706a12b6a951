package io.github.hecnn.ckks.serial;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Reads files so that every refusal names them. */
final class NamedFiles {
    /** What reads a file; the text begins its messages. */
    interface Reader<T> {
        T readFrom(InputStream in, String operation) throws IOException;
    }

    private NamedFiles() {}

    /** Reads a whole file; the messages of all refusals name it. */
    static <T> T read(Path source, String operation, Reader<T> reader) throws IOException {
        String named = operation + " " + source.getFileName();
        if (Files.isDirectory(source)) {
            throw new IOException(operation + " " + source + ": expected a file, found a folder; name a file in it");
        }
        try (InputStream in = Files.newInputStream(source)) {
            return reader.readFrom(in, named);
        } catch (FileSystemException e) {
            throw new IOException(
                    operation + " " + source + ": expected a readable file, found " + reason(e) + "; check the path",
                    e);
        }
    }

    private static String reason(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "that " + e.getFile() + " does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return "that " + e.getFile() + " may not be opened";
        }
        if (e instanceof NotDirectoryException) {
            return "that " + e.getFile() + " is not a folder";
        }
        return e.getMessage();
    }
}
