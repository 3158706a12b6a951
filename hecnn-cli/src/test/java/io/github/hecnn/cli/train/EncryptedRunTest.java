package io.github.hecnn.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.hecnn.cli.files.RunFiles;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The main job on the built-in digits. */
class EncryptedRunTest {
    private static TrainedRun run;
    private static JsonNode report;

    @BeforeAll
    static void runs() throws IOException {
        run = TrainedRun.get();
        report = run.report();
    }

    @Test
    void theModelIsGoodAndTheRehearsalRight() {
        assertThat(report.get("mode").asText()).isEqualTo("encrypted");
        assertThat(report.get("dataset").asText()).contains("synthetic");
        assertThat(report.get("samples").asInt()).isEqualTo(128);
        assertThat(report.get("testSamples").asInt()).isEqualTo(10_000);
        assertThat(report.get("accuracyPerIteration")).hasSize(2);
        assertThat(report.get("accuracyPerIteration").get(1).asDouble()).isBetween(0.85, 0.99);
        assertThat(report.get("maxErrorAgainstRehearsal").asDouble())
                .isPositive()
                .isLessThan(1e-4);
        assertThat(report.get("details").get("rehearsalErrorAgainstPlain").asDouble())
                .isLessThan(1e-9);
    }

    @Test
    void thePlanSaidWhatWasUsed() throws IOException {
        JsonNode plan = report.get("details").get("plan");
        assertThat(report.get("keySwitches").asLong())
                .isEqualTo(plan.get("keySwitches").asLong());
        assertThat(report.get("levelsUsed").asInt())
                .isEqualTo(plan.get("levels").asInt());
        assertThat(report.get("uploadedCiphertexts").asInt())
                .isEqualTo(plan.get("uploads").asInt())
                .isLessThanOrEqualTo(6);
        assertThat(report.get("securityBits").asInt()).isEqualTo(128);
        assertThat(report.get("evaluationKeyBytes").asLong())
                .isEqualTo(Files.size(RunFiles.find(run.out(), "exchange/evaluation-keys.bin")));
        long uploaded = 0;
        for (int k = 1; k <= report.get("uploadedCiphertexts").asInt(); k++) {
            uploaded += Files.size(RunFiles.find(run.out(), "exchange/input-" + k + ".ckks"));
        }
        assertThat(report.get("uploadedBytes").asLong()).isEqualTo(uploaded);
    }

    @Test
    void weightsAreAMatrixOfClassesAndFeatures() throws IOException {
        List<String> rows = Files.readAllLines(run.out().resolve("weights.csv"));
        assertThat(rows)
                .hasSize(10)
                .allSatisfy(row -> assertThat(row.split(",", -1)).hasSize(393));
        assertThat(run.out().resolve("weights-iteration-2.csv"))
                .hasSameTextualContentAs(run.out().resolve("weights.csv"));
        assertThat(run.out().resolve("weights-iteration-1.csv")).exists();
        assertThat(run.out().resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void errorsAreThoseThatTheNoiseModelPredicts() throws IOException {
        List<String> lines = Files.readAllLines(run.out().resolve("weights-errors.csv"));
        assertThat(lines).hasSize(1 + 10 * 393);
        double squares = 0;
        double variances = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            squares += Math.pow(Double.parseDouble(cells[3]), 2);
            variances += Math.pow(Double.parseDouble(cells[4]), 2);
        }
        assertThat(Math.sqrt(squares / variances)).isBetween(0.5, 1.2);
        JsonNode errors = report.get("details").get("weightErrorsPerIteration");
        assertThat(errors).hasSize(2).allSatisfy(e -> {
            assertThat(Math.abs(e.get("error").asDouble()))
                    .isPositive()
                    .isLessThan(e.get("limit").asDouble());
            assertThat(e.get("largestRelative").asDouble()).isBetween(1e-9, 1e-2);
        });
    }

    @Test
    void theSecretStaysWithItsOwner() throws IOException {
        byte[] secret = Files.readAllBytes(RunFiles.find(run.out(), "owner/secret-key.bin"));
        byte[] middle = Arrays.copyOfRange(secret, secret.length / 2, secret.length / 2 + 64);
        try (Stream<Path> files = Files.walk(run.exchange())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(contains(Files.readAllBytes(file), middle))
                        .as(file.toString())
                        .isFalse();
            }
        }
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            for (String name : List.of("secret-key.bin", "settings.json")) {
                assertThat(PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(RunFiles.find(run.out(), "owner/" + name))))
                        .isEqualTo("rw-------");
            }
        }
    }

    private static boolean contains(byte[] text, byte[] part) {
        for (int i = 0; i + part.length <= text.length; i++) {
            if (text[i] == part[0] && Arrays.equals(text, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
