package io.github.hecnn.core.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file so that there is the old one or the whole new one at any moment, whatever happens: into a hidden temporary file
 * beside it, made to last on the disk, then renamed. Thread-safe.
 *
 * <p>A link stays a link: the file it points to is replaced. A device or a pipe, such as {@code /dev/stdout}, is written into. The
 * temporary file of a killed process is deleted by the next one that writes into that folder.
 */
public final class AtomicFile {
    /** For a size that is not known before. */
    public static final long UNKNOWN_BYTES = -1;

    private AtomicFile() {}

    /** What fills a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything; the stream is buffered, and closed by the caller. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file.
     *
     * @param target the file; replaced if there is one
     * @param access who may read it
     * @param bytes its size, refused beforehand where there is not that much room, or {@link #UNKNOWN_BYTES}
     * @param content what it shall have
     * @throws IOException if there is a folder of that name, no room (the text has the file, the bytes needed and free), the folder
     *     cannot be written to, or the content fails; an earlier file is then as it was
     */
    public static void write(Path target, Access access, long bytes, Content content) throws IOException {
        Target place = Target.of(target);
        if (place.special()) {
            try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.WRITE)) {
                content.writeTo(out);
            }
            return;
        }
        Clearing.clearOnce(place.folder());
        TemporaryFile file = TemporaryFile.begin(place, access, bytes, Leftovers.newSet(), false);
        try {
            try (file) {
                content.writeTo(file);
            }
            file.place();
        } catch (IOException | RuntimeException | Error e) {
            file.discard();
            throw e;
        }
    }
}
