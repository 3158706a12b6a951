package io.github.hecnn.core.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A disk that takes so many bytes more, until it is closed. */
public final class FullDisk extends Disk implements AutoCloseable {
    private final Disk before = Disk.active;
    private final boolean tells;
    private long left;

    private FullDisk(long left, boolean tells) {
        this.left = left;
        this.tells = tells;
    }

    /** It says how much room there is, as most do. */
    public static FullDisk telling(long left) {
        return installed(new FullDisk(left, true));
    }

    /** It does not say, or others fill it meanwhile. */
    public static FullDisk silent(long left) {
        return installed(new FullDisk(left, false));
    }

    private static FullDisk installed(FullDisk disk) {
        Disk.active = disk;
        return disk;
    }

    @Override
    synchronized void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        if (bytes.remaining() > left) {
            left = 0;
            throw new IOException("No space left on device");
        }
        left -= bytes.remaining();
        super.write(channel, bytes);
    }

    @Override
    synchronized long free(Path folder) {
        return tells ? left : -1;
    }

    @Override
    public void close() {
        Disk.active = before;
    }
}
