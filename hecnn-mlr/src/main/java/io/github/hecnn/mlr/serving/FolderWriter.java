package io.github.hecnn.mlr.serving;

import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.FolderLocks;
import io.github.hecnn.mlr.exchange.SealedJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes a folder whose files a sealed description names. The description goes before the first file comes and is written last, so that a
 * folder is whole or is not one. Not thread-safe.
 */
final class FolderWriter {
    /** Format of the descriptions. */
    static final int VERSION = 1;

    private final Path folder;
    private final String description;
    private final Access access;
    private final List<FileSeal> seals = new ArrayList<>();

    /**
     * Begins.
     *
     * @param folder made if there is none
     * @param description name of the file that is written last
     * @param access who may read the files
     */
    FolderWriter(Path folder, String description, Access access) throws IOException {
        this.folder = folder;
        this.description = description;
        this.access = access;
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(description));
    }

    /** Writes a file. */
    void add(String name, long bytes, AtomicFile.Content content) throws IOException {
        AtomicFile.write(folder.resolve(name), access, bytes, content);
        seals.add(FileSeal.of(name, folder.resolve(name)));
    }

    /** Writes the description. */
    void finish(Function<List<FileSeal>, Record> described) throws IOException {
        byte[] text = SealedJson.text(described.apply(List.copyOf(seals))).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(folder.resolve(description), access, text.length, out -> out.write(text));
    }

    /** Refuses a description of another format. */
    static void requireVersion(Path file, int found, String fix) {
        if (found != VERSION) {
            throw new DataFormatException("read " + file + ": expected format version " + VERSION + ", found " + found
                    + "; use the library that wrote it, or " + fix);
        }
    }

    /** Reads or writes files. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws IOException;
    }

    /** What an action gives, its failure unchecked. */
    static <T> T unchecked(Action<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Writes into a folder that no other run works in. */
    @SuppressWarnings("try") // the lock is only held
    static void locked(String holder, Path folder, Writing write) {
        unchecked(() -> {
            try (FolderLocks lock = new FolderLocks(holder).write(folder)) {
                write.run();
            }
            return null;
        });
    }

    /** Writes files. */
    @FunctionalInterface
    interface Writing {
        void run() throws IOException;
    }
}
