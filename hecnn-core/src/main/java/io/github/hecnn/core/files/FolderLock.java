package io.github.hecnn.core.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder in which one run works at a time: a lock of the operating system on the file {@code .hecnn.lock}, which says who holds it.
 * It is released by {@link #close}, and by the system when the process ends, however that may be. Thread-safe.
 */
public final class FolderLock implements AutoCloseable {
    private static final String NAME = ".hecnn.lock";

    /** Beyond the text, so that others can read that where locks are mandatory. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int LONGEST_TEXT = 300;

    /** Locks of this process by folder: the system does not know one thread from another, and a second channel would end the first's lock. */
    private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes a folder, making it if need be. Sets of files that an ended process had decided on are finished, its temporary files
     * deleted.
     *
     * @param folder the folder
     * @param holder who takes it, for the message to others
     * @return the lock
     * @throws IOException if somebody has it (the text says who), it cannot be made or written to, or its file system has no locks
     */
    public static FolderLock acquire(Path folder, String holder) throws IOException {
        String who = holder + " (process " + ProcessHandle.current().pid() + ", since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS) + ")";
        Path real;
        FileChannel channel;
        try {
            Files.createDirectories(folder);
            real = folder.toRealPath();
            String other = HELD.putIfAbsent(real, who);
            if (other != null) {
                throw taken(folder, other);
            }
        } catch (FileSystemException e) {
            throw Wording.unwritable(folder, folder, e);
        }
        try {
            channel = lock(folder, real.resolve(NAME));
            channel.write(ByteBuffer.wrap(who.getBytes(StandardCharsets.UTF_8)), 0);
        } catch (FileSystemException e) {
            HELD.remove(real);
            throw Wording.unwritable(folder, folder, e);
        } catch (IOException | RuntimeException | Error e) {
            HELD.remove(real);
            throw e;
        }
        FolderLock lock = new FolderLock(real, channel);
        try {
            Clearing.clear(real);
        } catch (IOException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
        return lock;
    }

    private static FileChannel lock(Path folder, Path file) throws IOException {
        while (true) {
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
                    .close();
            Object key = key(file);
            FileChannel channel = FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            try {
                FileLock lock = tryLock(folder, channel);
                if (lock == null) {
                    throw taken(folder, holder(channel));
                }
                // Whoever had it may have deleted it between our opening and locking it.
                if (Objects.equals(key, key(file)) && Files.exists(file)) {
                    channel.truncate(0);
                    return channel;
                }
                channel.close();
            } catch (IOException | RuntimeException | Error e) {
                channel.close();
                throw e;
            }
        }
    }

    private static FileLock tryLock(Path folder, FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (IOException e) {
            throw new IOException(
                    "write to " + folder + ": expected a file system with locks, found none (" + e.getMessage()
                            + "); choose a folder on another disk",
                    e);
        }
    }

    private static Object key(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return file; // equal to no key
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST_TEXT);
        channel.read(text, 0);
        String found = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
        return found.isBlank() ? "one" : found.replaceAll("\\p{Cntrl}", " ");
    }

    private static IOException taken(Path folder, String holder) {
        return new IOException("write to " + folder + ": expected no other run in this folder, found " + holder
                + "; wait for its end, or choose another folder");
    }

    /** Gives the folder back. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        // Deleted while it is held: who opens it before finds out by its key.
        Leftovers.discard(folder.resolve(NAME));
        try {
            channel.close();
        } catch (IOException goneAnyway) {
            // The system takes the lock back at the end of the process at the latest.
        } finally {
            HELD.remove(folder);
        }
    }
}
