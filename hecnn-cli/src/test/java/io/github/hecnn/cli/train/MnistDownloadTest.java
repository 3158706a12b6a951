package io.github.hecnn.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.github.hecnn.mlr.data.image.MnistDownload;
import io.github.hecnn.mlr.data.image.MnistFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stands here since the test of a module cannot see the server of the platform. */
class MnistDownloadTest {
    @TempDir
    private Path cache;

    private final List<String> heard = new ArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private Function<String, byte[]> content = name -> null;
    private HttpServer server;

    @BeforeEach
    void starts() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            byte[] body = content.apply(exchange.getRequestURI().getPath().substring(1));
            exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
            if (body != null) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stops() {
        server.stop(0);
    }

    private URI mirror() {
        return URI.create("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/");
    }

    @Test
    void aFileWithAnotherChecksumIsThrownAway() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream stream = new GZIPOutputStream(gzip)) {
            stream.write(new byte[1000]);
        }
        content = name -> gzip.toByteArray();
        assertThatThrownBy(() -> new MnistDownload(List.of(mirror())).into(cache, heard::add))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("train-images-idx3-ubyte.gz")
                .hasMessageContaining("another checksum");
        assertThat(cache.resolve("mnist")).isEmptyDirectory();
    }

    @Test
    void saysWhatAMirrorAnswered() {
        assertThatThrownBy(() -> new MnistDownload(List.of(mirror())).into(cache, heard::add))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("answered 404");
    }

    @Test
    void saysThatThereIsNoNetwork() {
        server.stop(0);
        assertThatThrownBy(() -> new MnistDownload(List.of(mirror(), mirror())).into(cache, heard::add))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("not reached")
                .hasMessageContaining("check the network")
                .hasMessageContaining("put the four files into mnist/ yourself");
    }

    @Test
    void fetchesFromTheFirstMirrorThatWorksAndKeepsWhatIsThere() throws Exception {
        String data = System.getenv("HECNN_DATA");
        assumeTrue(data != null && Files.isDirectory(Path.of(data, "mnist")), "HECNN_DATA names no folder with MNIST");
        content = name -> {
            try {
                return name.startsWith("good/") ? Files.readAllBytes(Path.of(data, "mnist", name.substring(5))) : null;
            } catch (IOException e) {
                return null;
            }
        };
        MnistDownload download = new MnistDownload(List.of(mirror(), mirror().resolve("good/")));
        assertThat(download.into(cache, heard::add)).isEqualTo(cache);
        for (MnistFile file : MnistFile.values()) {
            assertThat(file.in(cache).file()).isRegularFile();
        }
        int after = requests.get();
        download.into(cache, heard::add);
        assertThat(requests.get()).isEqualTo(after);
        assertThat(heard).hasSize(8).first().isEqualTo("download train-images-idx3-ubyte.gz");
        assertThat(heard).last().asString().endsWith("t10k-labels-idx1-ubyte.gz: already there");
    }
}
