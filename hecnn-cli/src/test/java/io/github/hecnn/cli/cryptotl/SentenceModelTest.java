package io.github.hecnn.cli.cryptotl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.NetworkFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The roles with a sentence encoder from a file, one that the test writes: a random vector a word. */
class SentenceModelTest {
    private static final int WIDTH = 48;

    @TempDir
    private Path folder;

    private Path model;
    private Path tokenizer;

    @BeforeEach
    void writes() throws IOException {
        model = folder.resolve("model.onnx");
        tokenizer = folder.resolve("tokenizer.json");
        TinyOnnx.write(folder, words(), WIDTH, 1);
    }

    private static List<String> words() {
        return Stream.of(Texts.load(null, Texts.HOTELS, 1), Texts.load(null, Texts.HEADPHONES, 1))
                .flatMap(d -> d.texts().stream())
                .flatMap(t -> Stream.of(t.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)))
                .filter(w -> !w.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    private TransferCli run(String role, Path out) {
        return TransferCli.run(
                "--role",
                role,
                "--sentence-model",
                model,
                "--tokenizer",
                tokenizer,
                "--fast",
                "--samples",
                8,
                "--tests",
                4,
                "--out",
                out);
    }

    @Test
    void allRolesUseIt() throws IOException {
        Path out = folder.resolve("all");
        TransferCli all = run("all", out);
        assertThat(all.err()).isEmpty();
        assertThat(all.status()).isZero();
        Network encoder = NetworkFile.read(out.resolve("server/encoder.bin"));
        assertThat(encoder.inputs()).isEqualTo(WIDTH);
        JsonNode report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
        assertThat(report.path("comparison").path("largestError").asDouble()).isBetween(1e-5, 1.5e-3);
    }

    @Test
    void withoutOptionsARealEncoderIsTakenFromItsJar() throws IOException {
        Path out = folder.resolve("usual");
        TransferCli run = TransferCli.run("--samples", 20, "--tests", 20, "--out", out);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).anyMatch(l -> l.contains("client: sentences: all-MiniLM-L6-v2"));
        assertThat(NetworkFile.read(out.resolve("server/encoder.bin")).inputs()).isEqualTo(384);
        JsonNode report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
        assertThat(report.path("sentences").asText()).isEqualTo("all-MiniLM-L6-v2, 8 bits");
        assertThat(report.path("lanes").asInt()).isEqualTo(16);
        assertThat(report.path("scheme").path("ringDegree").asInt()).isEqualTo(1 << 14);
        assertThat(report.path("comparison").path("largestError").asDouble()).isBetween(1e-5, 1.5e-3);
        assertThat(report.path("heads").path("encrypted").path("accuracy").asDouble())
                .isBetween(0.5, 1.0);
    }

    @Test
    void bothSidesMustHaveTheSame() throws IOException {
        Path out = folder.resolve("apart");
        assertThat(run("server-train", out).err()).isEmpty();
        TransferCli.succeed(
                "--role", "client-keys", "--sentences", "hashed", "--fast", "--samples", 4, "--tests", 4, "--out", out);
        refuses(
                TransferCli.run("--role", "server-evaluate", "--out", out),
                "expected texts embedded by model ",
                "found hashed words",
                "the same sentence model");
    }

    @Test
    void theClientNeedsItsFilesAgainForTraining() throws IOException {
        Path out = folder.resolve("again");
        for (String role : List.of("server-train", "client-keys", "server-evaluate")) {
            assertThat(run(role, out).err()).isEmpty();
        }
        TinyOnnx.write(folder, words(), WIDTH, 2);
        TransferCli train = TransferCli.run("--role", "client-train", "--out", out);
        refuses(train, "expected sentence encoder model ", "found model ", "client-keys");
        Files.delete(model);
        refuses(TransferCli.run("--role", "client-train", "--out", out), "model.onnx: no such file");
        TinyOnnx.write(folder, words(), WIDTH, 1);
        TransferCli.succeed("--role", "client-train", "--out", out);
    }

    @Test
    void filesThatAreSomethingElse() throws IOException {
        Path out = folder.resolve("out");
        Files.writeString(model, "no model");
        refuses(run("server-train", out), "model.onnx: expected an ONNX model, found");
        TinyOnnx.write(folder, List.of("good", "bad"), WIDTH, 1);
        Files.writeString(tokenizer, "no\nmarks\n");
        refuses(run("client-keys", out), "tokenizer.json: expected a tokenizer.json");
        for (int width : new int[] {8, 1100}) {
            TinyOnnx.write(folder, List.of("good", "bad"), width, 1);
            refuses(run("client-keys", out), "expected vectors of 16..1024 numbers, found " + width);
        }
        assertThat(out.resolve("exchange/job.json")).doesNotExist();
    }

    @Test
    void oneFileWithoutTheOtherIsWrongUsage() {
        for (List<Object> args : List.<List<Object>>of(
                List.of("--sentence-model", model),
                List.of("--tokenizer", tokenizer),
                List.of("--sentence-model", folder.resolve("none"), "--tokenizer", tokenizer))) {
            TransferCli run = TransferCli.run(args.toArray());
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).hasSize(1);
            assertThat(run.err().get(0)).contains("expected a file", "--tokenizer", "found none");
        }
    }

    private static void refuses(TransferCli run, String... words) {
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).hasSize(1);
        assertThat(run.err().get(0)).startsWith("error: ").contains(words);
    }
}
