package io.github.hecnn.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both recipes, encrypted, on real data. */
class RealDataRunTest {
    @TempDir
    private Path folder;

    private static Path data() {
        String data = System.getenv("HECNN_DATA");
        assumeTrue(data != null && Files.isDirectory(Path.of(data, "mnist")), "HECNN_DATA names no folder with MNIST");
        return Path.of(data);
    }

    private JsonNode run(Object... more) throws IOException {
        Object[] args = new Object[more.length + 4];
        System.arraycopy(new Object[] {"--data", data(), "--out", folder}, 0, args, 0, 4);
        System.arraycopy(more, 0, args, 4, more.length);
        TrainedRun.succeed(args);
        JsonNode report =
                new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        assertThat(report.get("maxErrorAgainstRehearsal").asDouble()).isLessThan(1e-4);
        assertThat(report.get("uploadedCiphertexts").asInt()).isLessThanOrEqualTo(6);
        assertThat(report.get("securityBits").asInt()).isEqualTo(128);
        JsonNode plan = report.get("details").get("plan");
        assertThat(report.get("keySwitches").asLong())
                .isEqualTo(plan.get("keySwitches").asLong());
        assertThat(report.get("levelsUsed").asInt())
                .isEqualTo(plan.get("levels").asInt());
        return report;
    }

    @ParameterizedTest
    @CsvSource({"dct, 0.868, 0.86", "whiten, 0.932, 0.925"})
    void fast(String scaling, double reference, double least) throws IOException {
        // Reference: mnist_recipes.py, h392, two iterations; see the table of paper.md.
        double accuracy =
                run("--scaling", scaling).get("accuracyPerIteration").get(1).asDouble();
        assertThat(accuracy).isGreaterThan(least).isBetween(reference - 0.003, reference + 0.003);
    }

    @Test
    void paper() throws IOException {
        JsonNode report = run("--recipe", "paper");
        assertThat(PublishedWeights.difference(folder, data(), 1)).isLessThan(2e-6);
        assertThat(PublishedWeights.difference(folder, data(), 2)).isLessThan(2e-5);
        assertThat(report.get("accuracyPerIteration").get(1).asDouble()).isBetween(0.2155, 0.2165);
    }
}
