package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.core.files.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A disk that takes so many bytes more, until it is closed. */
final class FullDisk extends Disk implements AutoCloseable {
    private Disk before;
    private final boolean tells;
    private long left;

    private FullDisk(long left, boolean tells) {
        this.left = left;
        this.tells = tells;
    }

    /** It says how much room there is, as most do. */
    static FullDisk telling(long left) {
        return installed(new FullDisk(left, true));
    }

    /** It does not say, or others fill it meanwhile. */
    static FullDisk silent(long left) {
        return installed(new FullDisk(left, false));
    }

    private static FullDisk installed(FullDisk disk) {
        disk.before = Disk.install(disk);
        return disk;
    }

    @Override
    protected synchronized void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        if (bytes.remaining() > left) {
            left = 0;
            throw new IOException("No space left on device");
        }
        left -= bytes.remaining();
        super.write(channel, bytes);
    }

    @Override
    protected synchronized long free(Path folder) {
        return tells ? left : -1;
    }

    @Override
    public void close() {
        Disk.install(before);
    }
}
