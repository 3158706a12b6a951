package io.github.hecnn.mlr.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens files that may be gzip, and turns what goes wrong below into texts with the file's name. */
final class Sources {
    private static final int BUFFER = 1 << 16;

    private Sources() {}

    /** An open file. */
    record Source(InputStream stream, boolean compressed) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            stream.close();
        }
    }

    /** Reads something from an open file. */
    interface Reading<T> {
        T from(Source source) throws IOException;
    }

    static <T> T read(Path file, Reading<T> reading) {
        try (Source source = open(file)) {
            return reading.from(source);
        } catch (EOFException e) {
            throw new DataFormatException(
                    file + ": expected a whole gzip file, found its end too early; copy it again", e);
        } catch (ZipException e) {
            throw new DataFormatException(
                    file + ": expected a sound gzip file, found damage (" + e.getMessage() + "); copy it again", e);
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException(file + ": expected a file, found none; check the path", e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + ": expected a readable file, found: " + e.getMessage()
                            + "; check the path and its permissions",
                    e);
        }
    }

    private static Source open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("a folder, name a file in it");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("a pipe or device, which cannot be read twice, copy it into a file first");
        }
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            raw.mark(2);
            boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            return new Source(gzip ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER) : raw, gzip);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }
}
