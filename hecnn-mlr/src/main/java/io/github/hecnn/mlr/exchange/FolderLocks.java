package io.github.hecnn.mlr.exchange;

import io.github.hecnn.core.files.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** The folders of a run, so that no other run works in them. For one thread. */
public final class FolderLocks implements AutoCloseable {
    private final String holder;
    private final Deque<FolderLock> locks = new ArrayDeque<>();

    /**
     * None so far.
     *
     * @param holder who has them, for errors
     */
    public FolderLocks(String holder) {
        this.holder = holder;
    }

    /**
     * Takes a folder to write to, making it if need be.
     *
     * @param folder where it lies
     * @return these locks
     * @throws IOException if another run has it, or it cannot be written to
     */
    public FolderLocks write(Path folder) throws IOException {
        try {
            locks.push(FolderLock.acquire(folder, holder));
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
        return this;
    }

    /**
     * Takes a folder to read from, if it is there; what cannot be written to by us needs no lock.
     *
     * @param folder where it lies
     * @return these locks
     * @throws IOException if a file cannot be read
     */
    public FolderLocks read(Path folder) throws IOException {
        return Files.isDirectory(folder) && Files.isWritable(folder) ? write(folder) : this;
    }

    @Override
    public void close() {
        while (!locks.isEmpty()) {
            locks.pop().close();
        }
    }
}
