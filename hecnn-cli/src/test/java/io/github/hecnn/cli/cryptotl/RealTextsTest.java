package io.github.hecnn.cli.cryptotl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All roles on public texts, encrypted. */
@Tag("slow")
class RealTextsTest {
    @TempDir
    private Path folder;

    @Test
    void encryptionCostsAtMostAText() throws IOException {
        String data = System.getenv("HECNN_DATA");
        assumeTrue(data != null && Files.isDirectory(Path.of(data, "text")), "HECNN_DATA names no folder with text");
        int tests = 40;
        TransferCli.succeed(
                "--data",
                data,
                "--source",
                "yelp",
                "--target",
                "amazon",
                "--samples",
                40,
                "--tests",
                tests,
                "--out",
                folder);
        JsonNode comparison = new ObjectMapper()
                .readTree(folder.resolve("report.json").toFile())
                .path("comparison");
        assertThat(comparison.path("accuracyPoints").asDouble()).isBetween(-100.0 / tests - 1e-9, 100.0 / tests + 1e-9);
        assertThat(comparison.path("largestError").asDouble()).isLessThan(1.5e-3);
    }
}
