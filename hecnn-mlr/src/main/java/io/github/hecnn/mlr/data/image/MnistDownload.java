package io.github.hecnn.mlr.data.image;

import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.FileSet;
import io.github.hecnn.core.files.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Fetches MNIST from public mirrors into a cache folder; whatever does not have the known checksum is thrown away. Immutable and thread-safe. */
public final class MnistDownload {
    /** Public mirrors, tried in this order. */
    public static final List<URI> MIRRORS = List.of(
            URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"));

    private static final int MAX_BYTES = 32 << 20;
    private static final int CONNECT_MILLISECONDS = 15_000;
    private static final int READ_MILLISECONDS = 60_000;

    private final List<URI> mirrors;

    /**
     * From mirrors of one's own, tried in their order; each address ends in a slash.
     *
     * @param mirrors tried one after the other
     */
    public MnistDownload(List<URI> mirrors) {
        this.mirrors = List.copyOf(mirrors);
    }

    /** {@return the folder used unless another is given: {@code $XDG_CACHE_HOME/hecnn} or {@code ~/.cache/hecnn}} */
    public static Path defaultCache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        return (xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg))
                .resolve("hecnn");
    }

    /**
     * Makes the four files be in {@code cache/mnist}; those already there and unchanged are not fetched again.
     *
     * @param cache folder that keeps the files
     * @param heard told about each file before it is fetched
     * @return the cache, to be used as a data folder
     * @throws UncheckedIOException if no mirror delivers a file, or it cannot be written
     */
    public Path into(Path cache, Consumer<String> heard) {
        Path folder = cache.resolve(MnistFile.FOLDER);
        try (FileSet files = FileSet.in(folder)) {
            for (MnistFile file : MnistFile.values()) {
                Path target = folder.resolve(file.gzipName());
                if (Files.isRegularFile(target) && matches(Files.readAllBytes(target), file)) {
                    heard.accept(target + ": already there");
                    continue;
                }
                heard.accept("download " + file.gzipName());
                byte[] content = fetch(file);
                files.write(file.gzipName(), Access.USUAL, content.length, out -> out.write(content));
            }
            files.commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cache;
    }

    private byte[] fetch(MnistFile file) throws IOException {
        StringBuilder failures = new StringBuilder();
        for (URI mirror : mirrors) {
            URI address = mirror.resolve(file.gzipName());
            try {
                // Not java.net.http: its threads would keep Maven waiting at the end.
                HttpURLConnection connection =
                        (HttpURLConnection) address.toURL().openConnection();
                connection.setConnectTimeout(CONNECT_MILLISECONDS);
                connection.setReadTimeout(READ_MILLISECONDS);
                if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                    failures.append(mirror.getHost())
                            .append(" answered ")
                            .append(connection.getResponseCode())
                            .append("; ");
                    continue;
                }
                try (InputStream body = connection.getInputStream()) {
                    byte[] content = body.readNBytes(MAX_BYTES);
                    if (matches(content, file)) {
                        return content;
                    }
                }
                failures.append(mirror.getHost()).append(" sent a file with another checksum; ");
            } catch (IOException e) {
                failures.append(mirror.getHost())
                        .append(" not reached (")
                        .append(e.getClass().getSimpleName())
                        .append("); ");
            }
        }
        throw new IOException("download " + file.gzipName() + ": expected it from a public mirror, found " + failures
                + "check the network, or put the four files into " + MnistFile.FOLDER
                + "/ yourself; the built-in synthetic"
                + " digits need no network");
    }

    private static boolean matches(byte[] gzip, MnistFile file) {
        try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return Sha256.of(content).equals(file.sha256());
        } catch (IOException damaged) {
            return false;
        }
    }
}
