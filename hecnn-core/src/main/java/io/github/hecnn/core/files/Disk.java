package io.github.hecnn.core.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What the writers ask of the platform; tests put a full disk or a sudden end in its place. Thread-safe. */
public class Disk {
    static volatile Disk active = new Disk();

    /** The platform's. */
    protected Disk() {}

    /**
     * Puts another in its place, for all writers of this virtual machine.
     *
     * @param disk from now on
     * @return the one before
     */
    public static Disk install(Disk disk) {
        Disk before = active;
        active = disk;
        return before;
    }

    /** Writes all bytes. */
    protected void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Bytes that can still be written in a folder; -1 if the platform does not say. */
    protected long free(Path folder) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            return free >= 0 && Files.getFileStore(folder).getTotalSpace() > 0 ? free : -1;
        } catch (IOException | RuntimeException unknown) {
            return -1;
        }
    }

    /** Renames; whoever looks sees the old file or the new one. */
    protected void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Deletes a file if there is one. */
    protected void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** Makes names in a folder last, where the platform can. */
    protected void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notThere) {
            // Windows opens no folders; it writes names through by itself.
        }
    }
}
