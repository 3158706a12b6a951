package io.github.hecnn.core.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** A file while it is written, beside the place it will take. Closing the stream makes its content last on the disk. */
final class TemporaryFile extends OutputStream {
    private static final int BUFFER = 1 << 16;

    private final Target target;
    private final Path path;
    private final long bytes;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long written;
    private boolean broken;

    private TemporaryFile(Target target, Path path, long bytes, FileChannel channel) {
        this.target = target;
        this.path = path;
        this.bytes = bytes;
        this.channel = channel;
    }

    /** Begins a file of so many bytes, or -1 if nobody knows. */
    static TemporaryFile begin(Target target, Access access, long bytes, String set, boolean sub) throws IOException {
        long free = Disk.active.free(target.folder());
        if (bytes >= 0 && free >= 0 && free < bytes) {
            throw Wording.full(target.named(), bytes, 0, free, null);
        }
        Path path = target.sibling(
                Leftovers.temporaryName(target.file().getFileName().toString(), set, sub));
        Leftovers.deleteAtExit(path);
        try {
            Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            FileChannel channel = FileChannel.open(path, fresh, attributes(target.folder(), access, "rw-------"));
            return new TemporaryFile(target, path, bytes, channel);
        } catch (FileSystemException e) {
            Leftovers.forget(path);
            throw Wording.unwritable(target.named(), target.folder(), e);
        }
    }

    static FileAttribute<?>[] attributes(Path folder, Access access, String ownerOnly) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return access == Access.OWNER_ONLY && posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(ownerOnly))
                }
                : new FileAttribute<?>[0];
    }

    Path path() {
        return path;
    }

    Target target() {
        return target;
    }

    boolean isComplete() {
        return !channel.isOpen() && !broken;
    }

    @Override
    public void write(int b) throws IOException {
        if (!buffer.hasRemaining()) {
            flush();
        }
        buffer.put((byte) b);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, from.length);
        if (length > buffer.remaining()) {
            flush();
        }
        if (length >= BUFFER) {
            put(ByteBuffer.wrap(from, offset, length));
        } else {
            buffer.put(from, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        buffer.flip();
        put(buffer);
        buffer.clear();
    }

    private void put(ByteBuffer some) throws IOException {
        int count = some.remaining();
        try {
            Disk.active.write(channel, some);
            written += count;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private IOException failed(IOException e) {
        broken = true;
        return Wording.failed(target.named(), bytes, written, Disk.active.free(target.folder()), e);
    }

    @Override
    public void close() throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            if (!broken) {
                flush();
                try {
                    channel.force(true);
                } catch (IOException e) {
                    throw failed(e);
                }
            }
        }
    }

    /** Gives a complete file its name. */
    void place() throws IOException {
        try {
            Disk.active.move(path, target.file());
        } catch (FileSystemException e) {
            throw Wording.unwritable(target.named(), target.folder(), e);
        }
        Leftovers.forget(path);
        Disk.active.force(target.folder());
    }

    void discard() {
        try {
            channel.close();
        } catch (IOException leftOpen) {
            broken = true; // deleted in the next line all the same
        }
        Leftovers.discard(path);
    }

    static void makeFolder(Path folder, Access access) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, attributes(folder, access, "rwx------"));
        }
    }
}
