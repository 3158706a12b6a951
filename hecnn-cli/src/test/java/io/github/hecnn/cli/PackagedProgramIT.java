package io.github.hecnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar hecnn.jar}, as it is packaged, from another folder. */
class PackagedProgramIT {
    private static Ran run(Path folder, Object... args) throws IOException, InterruptedException {
        Path jar = Path.of(System.getProperty("hecnn.jar")).toAbsolutePath();
        return Ran.of(Ran.java(List.of("-jar", jar.toString()), args).directory(folder.toFile()));
    }

    @Test
    void itIsCompleteAndKnowsItsVersion(@TempDir Path folder) throws IOException, InterruptedException {
        Ran version = run(folder, "version", "--json");
        assertThat(version.status()).as(version.err()).isZero();
        assertThat(version.err()).isEmpty();
        assertThat(version.json().path("version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
        Ran params = run(folder, "params", "--depth", "3");
        assertThat(params.out()).contains("128 bits");
        Ran help = run(folder, "train", "images", "--help");
        assertThat(help.out()).contains("Usage: hecnn train images");
        assertThat(run(folder, "trian").status()).isEqualTo(2);
    }

    @Test
    void itTrainsAndPredicts(@TempDir Path folder) throws IOException, InterruptedException {
        Path csv = HecnnTest.trees(folder, 12);
        Ran trained = run(folder, "train", "--csv", csv, "--samples", "8", "--iterations", "1");
        assertThat(trained.status()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("trained encrypted");
        assertThat(folder.resolve("training").resolve("report.html")).exists();
        Ran predicted = run(folder, "predict", "training", csv, "--label-column", "wood", "--json");
        assertThat(predicted.json().path("accuracy").asDouble()).isEqualTo(1);
        assertThat(Files.exists(folder.resolve("target"))).isFalse();
    }
}
