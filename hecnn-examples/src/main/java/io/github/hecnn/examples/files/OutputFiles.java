package io.github.hecnn.examples.files;

import io.github.hecnn.examples.cli.UserError;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A set of files written into one folder together: each first under a temporary name in the same folder, all renamed by
 * {@link #commit}. Whatever was not committed is deleted by {@link #close}, and by a shutdown hook when the run is
 * interrupted, so that neither an error nor Ctrl-C leaves a half-written file. Not thread-safe.
 */
public final class OutputFiles implements AutoCloseable {
    private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> UNFINISHED.forEach(OutputFiles::deleteQuietly)));
    }

    private final Path folder;
    private final Map<Path, Path> pending = new LinkedHashMap<>();

    private OutputFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens a folder for writing, creating it if need be.
     *
     * @throws UserError if it cannot be created or written to
     */
    public static OutputFiles in(Path folder) {
        requireWritable(folder);
        return new OutputFiles(folder);
    }

    /**
     * Makes sure, before hours of work, that its results can be stored.
     *
     * @throws UserError if the folder cannot be created or written to
     */
    public static void requireWritable(Path folder) {
        try {
            Files.createDirectories(folder);
            Path probe = folder.resolve(temporaryName("probe"));
            Files.newOutputStream(probe, StandardOpenOption.CREATE_NEW).close();
            Files.delete(probe);
        } catch (IOException e) {
            throw new UserError(
                    "write to " + folder + ": expected a folder that can be written to, found "
                            + (throughFile(folder)
                                    ? "a file"
                                    : e instanceof AccessDeniedException ? "no permission" : e)
                            + "; choose another one with --out",
                    e);
        }
    }

    /** Whether some part of the path is a file. */
    private static boolean throughFile(Path folder) {
        for (Path part = folder.toAbsolutePath(); part != null; part = part.getParent()) {
            if (Files.isRegularFile(part)) {
                return true;
            }
        }
        return false;
    }

    /** A stream for a file; the caller closes it before {@link #commit}. */
    public OutputStream create(String name) throws IOException {
        Path temporary = reserve(name);
        return new BufferedOutputStream(Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW), 1 << 20);
    }

    /** As {@link #create}, readable by the owner of the process only (where the file system knows permissions). */
    public OutputStream createPrivate(String name) throws IOException {
        Path temporary = reserve(name);
        if (temporary.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(temporary);
        }
        return new BufferedOutputStream(Files.newOutputStream(temporary, StandardOpenOption.WRITE), 1 << 20);
    }

    /** Writes a whole text file, UTF-8. */
    public void write(String name, String text) throws IOException {
        try (OutputStream stream = create(name)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Where a file lies until it is committed, to read it once more before. */
    public Path pending(String name) {
        return pending.entrySet().stream()
                .filter(file -> file.getValue().equals(folder.resolve(name)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "OutputFiles.pending: expected a file made by create, found none named " + name
                                + "; create it first"));
    }

    private Path reserve(String name) {
        Path temporary = folder.resolve(temporaryName(name));
        pending.put(temporary, folder.resolve(name));
        UNFINISHED.add(temporary);
        return temporary;
    }

    private static String temporaryName(String name) {
        return "." + name + "." + UUID.randomUUID() + ".tmp";
    }

    /** Gives every file its name, in the order of creation, replacing earlier ones. */
    public void commit() throws IOException {
        for (Map.Entry<Path, Path> file : pending.entrySet()) {
            try {
                Files.move(
                        file.getKey(),
                        file.getValue(),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(file.getKey(), file.getValue(), StandardCopyOption.REPLACE_EXISTING);
            }
            UNFINISHED.remove(file.getKey());
        }
        pending.clear();
    }

    /** Deletes what was not committed. */
    @Override
    public void close() {
        pending.keySet().forEach(file -> {
            deleteQuietly(file);
            UNFINISHED.remove(file);
        });
        pending.clear();
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException leftBehind) {
            // A temporary file that cannot be deleted harms nobody, and there is nobody left to tell.
        }
    }
}
