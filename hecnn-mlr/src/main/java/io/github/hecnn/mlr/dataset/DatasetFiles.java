package io.github.hecnn.mlr.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where the files of a data set lie: a folder of this machine, or any storage that knows files by name. To be thread-safe; {@code toString} names the
 * place in errors.
 */
public interface DatasetFiles {
    /**
     * Opens a file.
     *
     * @param name without a path
     * @return its bytes from the start; closed by the reader
     * @throws NoSuchFileException if there is none
     * @throws IOException if it cannot be read
     */
    InputStream open(String name) throws IOException;

    /**
     * Length of a file.
     *
     * @param name without a path
     * @return bytes; -1 if there is no such file
     * @throws IOException if the storage cannot tell
     */
    long bytes(String name) throws IOException;

    /**
     * {@return the files of a folder}
     *
     * @param folder on a file system of this machine
     */
    static DatasetFiles in(Path folder) {
        return new DatasetFiles() {
            @Override
            public InputStream open(String name) throws IOException {
                return Files.newInputStream(folder.resolve(name));
            }

            @Override
            public long bytes(String name) throws IOException {
                Path file = folder.resolve(name);
                return Files.isRegularFile(file) ? Files.size(file) : -1;
            }

            @Override
            public String toString() {
                return folder.toString();
            }
        };
    }
}
