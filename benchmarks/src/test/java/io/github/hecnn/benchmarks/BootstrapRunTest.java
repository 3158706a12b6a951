package io.github.hecnn.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootstrapRunTest {
    @TempDir
    Path folder;

    @Test
    void writesWhatItMeasured() throws IOException {
        Path json = folder.resolve("result.json");
        assertThat(BootstrapRun.run(
                        "--bootstrap", "test_12", "--threads", "2", "--rounds", "2", "--json", json.toString()))
                .isZero();
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        List<String> fields = new ArrayList<>();
        report.fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
                .containsExactly(
                        "preset",
                        "securityBits",
                        "ringDegree",
                        "logQP",
                        "slots",
                        "levelsLeft",
                        "meanErrorBits",
                        "maxErrorBits",
                        "secondsMedian",
                        "secondsLeast",
                        "setupSeconds",
                        "keyBytes",
                        "tableBytes",
                        "peakMemoryBytes",
                        "failureBits",
                        "yardstickMicros");
        assertThat(report.get("preset").asText()).isEqualTo("TEST_12");
        assertThat(report.get("ringDegree").asInt()).isEqualTo(4096);
        assertThat(report.get("levelsLeft").asInt()).isEqualTo(5);
        assertThat(report.get("meanErrorBits").asDouble()).isBetween(-27.0, -24.5);
        assertThat(report.get("secondsMedian").asDouble())
                .isGreaterThanOrEqualTo(report.get("secondsLeast").asDouble());
        assertThat(report.get("peakMemoryBytes").asLong()).isGreaterThan(100_000_000);
    }

    @Test
    void mistakesAreNamedInOneLine() {
        assertThat(failure("--bootstrap", "BOOT_99")).contains("BOOT_16_TRAINING", "BOOT_99");
        assertThat(failure("--bootstrap")).contains("--bootstrap");
        assertThat(failure("--bootstrap", "TEST_12", "--threads", "0")).contains("--threads: expected", "found 0");
        assertThat(failure("--bootstrap", "TEST_12", "--rounds", "-1")).contains("--rounds: expected", "found -1");
        assertThat(failure("--bootstrap", "TEST_12", "--fast")).contains("--fast");
        Path nowhere = folder.resolve("none").resolve("x.json");
        assertThat(failure("--bootstrap", "TEST_12", "--json", nowhere.toString()))
                .contains("--json: expected");
    }

    private static String failure(String... args) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThat(BootstrapRun.run(args)).isNotZero();
        } finally {
            System.setErr(before);
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertThat(text.strip().lines()).hasSize(1);
        return text;
    }
}
