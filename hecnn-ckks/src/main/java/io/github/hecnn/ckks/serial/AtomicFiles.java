package io.github.hecnn.ckks.serial;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Files that are either the old one or the whole new one. */
final class AtomicFiles {
    /** What fills a file. */
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    /** What reads a file; the text begins its messages. */
    interface Reader<T> {
        T readFrom(InputStream in, String operation) throws IOException;
    }

    private AtomicFiles() {}

    /** Writes beside the target and moves into place; a secret file is readable for its owner only, where the system can. */
    static void write(Path target, boolean secret, Body body) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(target)) {
            throw new IOException(
                    "write " + target + ": expected the name of a file, found a folder; name a file in it");
        }
        try {
            Path temporary = create(folder, target.getFileName().toString(), secret);
            try {
                try (OutputStream out = Files.newOutputStream(temporary, StandardOpenOption.TRUNCATE_EXISTING)) {
                    body.writeTo(out);
                }
                move(temporary, target);
            } catch (IOException | RuntimeException | Error e) {
                discard(temporary, e);
                throw e;
            }
        } catch (FileSystemException e) {
            throw new IOException(
                    "write " + target + ": expected a folder that can be written to, found " + reason(e)
                            + "; choose another one",
                    e);
        }
    }

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

    private static Path create(Path folder, String name, boolean secret) throws IOException {
        if (secret) {
            return Files.createTempFile(folder, "." + name + ".", ".tmp"); // for its owner only from the first moment
        }
        return Files.createFile(folder.resolve("." + name + "." + UUID.randomUUID() + ".tmp"));
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void discard(Path temporary, Throwable because) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            because.addSuppressed(e);
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
