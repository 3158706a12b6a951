package io.github.hecnn.core.files;

import java.io.IOException;
import java.nio.file.Path;

/** A disk that does nothing any more from the k-th rename or deletion on, as after a kill. */
public final class DyingDisk extends Disk {
    private int left;

    private DyingDisk(int left) {
        this.left = left;
    }

    /** From now on. */
    public static void install(int steps) {
        Disk.active = new DyingDisk(steps);
    }

    /** The next start. */
    public static void repair() {
        Disk.active = new Disk();
    }

    private void step(Path file) throws IOException {
        if (left > 0) {
            left--;
        }
        if (left == 0) {
            throw new IOException("dead before " + file);
        }
    }

    @Override
    protected void move(Path from, Path to) throws IOException {
        step(to);
        super.move(from, to);
    }

    @Override
    protected void delete(Path file) throws IOException {
        step(file);
        super.delete(file);
    }
}
