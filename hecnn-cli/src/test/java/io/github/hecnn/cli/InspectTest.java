package io.github.hecnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of an encrypted run are told for what they are, and damage is found. */
class InspectTest {
    @TempDir
    private static Path folder;

    private static Path out;

    @BeforeAll
    static void trains() throws IOException {
        out = folder.resolve("out");
        Ran ran = Ran.here(
                "train", "--csv", HecnnTest.trees(folder, 12), "--samples", "8", "--iterations", "1", "--out", out);
        assertThat(ran.status()).as(ran.err()).isZero();
    }

    /** The file of that name, in whatever folder of its run. */
    private static Path file(String name) throws IOException {
        try (Stream<Path> files = Files.walk(out)) {
            List<Path> found =
                    files.filter(f -> f.getFileName().toString().equals(name)).toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private static JsonNode inspect(Path file) {
        Ran ran = Ran.here("inspect", file, "--json");
        assertThat(ran.status()).as(ran.err()).isZero();
        return ran.json();
    }

    @Test
    void everyFileOfARunIsTold() throws IOException {
        assertThat(inspect(out.resolve("model.bin")).path("kind").asText()).isEqualTo("a trained model, in the clear");
        assertThat(inspect(out.resolve("model.bin"))
                        .path("details")
                        .path("classNames")
                        .asText())
                .isEqualTo("ash, beech");
        JsonNode job = inspect(out.resolve("exchange").resolve("job.json"));
        assertThat(job.path("kind").asText()).isEqualTo("the job of a training");
        assertThat(job.path("details").path("samples").asText()).isEqualTo("8");
        assertThat(job.path("files").path("count").asInt()).isGreaterThan(2);
        assertThat(job.path("files").path("problems")).isEmpty();
        assertThat(inspect(file("parameters.bin"))
                        .path("details")
                        .path("securityBits")
                        .asInt())
                .isEqualTo(128);
        JsonNode keys = inspect(file("evaluation-keys.bin"));
        assertThat(keys.path("kind").asText()).isEqualTo("a bundle of evaluation keys");
        assertThat(keys.path("details").path("rotationKeys").asInt()).isPositive();
        JsonNode secret = inspect(file("secret-key.bin"));
        assertThat(secret.path("kind").asText()).startsWith("a secret key, which decrypts everything");
        assertThat(secret.path("details").path("keyPair"))
                .isEqualTo(keys.path("details").path("keyPair"));
        assertThat(inspect(file("settings.json")).path("kind").asText())
                .isEqualTo("what the owner of a training remembers");
        assertThat(inspect(file("cloud-report.json")).path("kind").asText())
                .isEqualTo("the result of a training, encrypted");
    }

    @Test
    void aCiphertextTellsItsLevelAndScale() throws IOException {
        Path upload;
        try (Stream<Path> files = Files.walk(out.resolve("exchange"))) {
            upload = files.filter(f -> f.getFileName().toString().endsWith(".ckks"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        JsonNode told = inspect(upload);
        assertThat(told.path("kind").asText()).containsPattern("ciphertext");
        assertThat(told.path("details").path("components").asInt()).isEqualTo(2);
        assertThat(told.path("details").path("logScale").asDouble()).isBetween(20.0, 50.0);
    }

    @Test
    void whatPeopleReadIsToldAndNoticedIfItHasNoEnd() throws IOException {
        JsonNode report = inspect(out.resolve("report.json"));
        assertThat(report.path("kind").asText()).isEqualTo("the report of a run");
        assertThat(report.path("details").path("mode").asText()).isEqualTo("encrypted");
        assertThat(inspect(out.resolve("report.html")).path("kind").asText()).isEqualTo("a page for people");
        JsonNode weights = inspect(out.resolve("weights.csv"));
        assertThat(weights.path("kind").asText()).startsWith("a table of numbers, such as weights");
        assertThat(weights.path("details").path("rows").asInt()).isEqualTo(2);
        assertThat(inspect(out.resolve("weights-errors.csv")).path("kind").asText())
                .isEqualTo("errors of weights, in the clear");
        for (String name : List.of("report.json", "report.html", "weights.csv", "weights-errors.csv")) {
            byte[] bytes = Files.readAllBytes(out.resolve(name));
            Path cut = Files.write(folder.resolve(name), Arrays.copyOf(bytes, bytes.length - 9));
            Ran ran = Ran.here("inspect", cut);
            assertThat(ran.status()).as(name).isEqualTo(1);
            assertThat(ran.out()).as(name).contains("damaged", "expected an end, found none");
        }
    }

    @Test
    void aFolderIsToldByWhatItHas() {
        Ran ran = Ran.here("inspect", out, "--check");
        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("exchange/job.json: the job of a training", "checksums compared")
                .contains("what the owner of a training remembers")
                .contains("model.bin: a trained model");
    }

    @Test
    void damageIsAProblemAndStatus1() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("copy"));
        byte[] secret = Files.readAllBytes(file("secret-key.bin"));
        Path file = Files.write(copy.resolve("short.bin"), Arrays.copyOf(secret, secret.length - 5));
        Ran cut = Ran.here("inspect", file);
        assertThat(cut.status()).isEqualTo(1);
        assertThat(cut.out()).contains("damaged", "expected " + secret.length + " bytes, found " + (secret.length - 5));
        secret[20] ^= 1;
        Files.write(file, secret);
        assertThat(Ran.here("inspect", file).out()).contains("expected header checksum");
        byte[] model = Files.readAllBytes(out.resolve("model.bin"));
        model[model.length / 2] ^= 1;
        assertThat(Ran.here("inspect", Files.write(file, model)).status()).isEqualTo(1);
        Path job = Files.copy(out.resolve("exchange").resolve("job.json"), copy.resolve("job.json"));
        Ran alone = Ran.here("inspect", job);
        assertThat(alone.status()).isEqualTo(1);
        assertThat(alone.out()).contains("parameters.bin: expected a file, found none");
        assertThat(alone.err())
                .contains("expected all files as they were written")
                .hasLineCount(1);
        Files.writeString(job, Files.readString(job).replace("\"samples\" : 8", "\"samples\" : 9"));
        assertThat(Ran.here("inspect", job).out()).contains("the file was changed or damaged");
    }

    @Test
    void aForeignFileIsRefused() throws IOException {
        Ran ran = Ran.here("inspect", Files.writeString(folder.resolve("x.txt"), "hello"));
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err())
                .contains("expected a file of hecnn, found another kind")
                .hasLineCount(1);
        Ran empty = Ran.here("inspect", Files.createFile(folder.resolve("empty")));
        assertThat(empty.status()).isEqualTo(1);
        assertThat(empty.err()).contains("found an empty one").hasLineCount(1);
    }
}
