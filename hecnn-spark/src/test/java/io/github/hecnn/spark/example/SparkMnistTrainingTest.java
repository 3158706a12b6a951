package io.github.hecnn.spark.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkMnistTrainingTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return SparkMnistTraining.run(
                args,
                Map.of(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    /** 1,024 synthetic digits in a ring that protects nothing. */
    @Test
    void trainsAndReportsAsARunWithoutAClusterDoes(@TempDir Path folder) {
        System.setProperty("spark.ui.enabled", "false");
        System.setProperty("spark.driver.host", "127.0.0.1");
        try {
            int status = run(
                    "--samples",
                    "1024",
                    "--batch",
                    "1024",
                    "--iterations",
                    "2",
                    "--insecure-ring",
                    "12",
                    "--executors",
                    "2",
                    "--refresh",
                    "task",
                    "--compare",
                    "--out",
                    folder.toString());
            assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
            assertThat(status).isZero();
        } finally {
            System.clearProperty("spark.ui.enabled");
            System.clearProperty("spark.driver.host");
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "gradient of 8 blocks in 2 partitions",
                        "refresh by executor",
                        "iteration 2 of 2",
                        "The same bits as without Spark: 4 files",
                        "test accuracy ");
        assertThat(folder.resolve("report.html"))
                .content()
                .containsPattern("Executors read keys: [0-9.]+ MB in iteration 1 of 2\\.");
        assertThat(folder.resolve("cluster.json"))
                .content()
                .contains("\"keyBytes\"", "\"partialBytes\"", "\"refreshedBytes\"");
        assertThat(folder.resolve("model.bin")).exists();
    }

    @Test
    void refusesWhatItDoesNotKnow(@TempDir Path folder) {
        assertThat(run("--role", "owner", "--out", folder.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--role: expected all|cloud-train, found owner");
        assertThat(run("--iterationz", "1")).isEqualTo(2);
        assertThat(run("--role", "cloud-train", "--compare", "--out", folder.toString()))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--compare: expected --role all, found cloud-train");
        assertThat(run("--role", "cloud-train", "--refresh", "both", "--out", folder.toString()))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--refresh: expected driver|task, found both");
    }
}
