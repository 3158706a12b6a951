package io.github.hecnn.cli.train.longrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hecnn.cli.console.ProgramRun;
import io.github.hecnn.cli.inspect.InspectProgram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line of a long run on built-in digits, in a ring that protects nothing. */
class LongProgramTest {
    private record Ended(int status, String out, String err) {}

    private static Ended run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = ProgramRun.of(new LongProgram())
                .run(
                        args,
                        Map.of(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ended(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Ended small(Path out, String... more) {
        return run(Stream.concat(
                        Stream.of(
                                "--recipe",
                                "long",
                                "--samples",
                                "512",
                                "--batch",
                                "256",
                                "--insecure-ring",
                                "12",
                                "--seed",
                                "7",
                                "--out",
                                out.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void rolesTrainResumeAndReport(@TempDir Path folder) throws IOException {
        Ended encrypted = small(
                folder, "--iterations", "4", "--extendable-to", "4", "--validate", "2", "--role", "owner-encrypt");
        assertThat(encrypted.err()).isEmpty();
        assertThat(encrypted.out())
                .contains("training", "GB to train", "upload", "disk", "256 samples, 2 an epoch; 4 iterations");
        Ended waiting = small(folder, "--role", "cloud-train", "--iterations", "3", "--answer-timeout", "1");
        assertThat(waiting.status()).isEqualTo(1);
        assertThat(waiting.out()).contains("iteration 1 of 3: ", "s left");
        assertThat(waiting.err())
                .startsWith("error: cloud: train: expected the owner's answer after iteration 2 within 1 s, found none")
                .contains("run --role owner-validate, then --role cloud-train --resume");
        Ended again = small(folder, "--role", "cloud-train");
        assertThat(again.err()).contains("found one after iteration 2; use --resume to go on");
        Ended done = small(folder, "--resume", "--iterations", "4");
        assertThat(done.err()).isEmpty();
        assertThat(done.out()).contains("of its own images after iteration 2: go on", "iteration 4 of 4: ");
        JsonNode report =
                new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        assertThat(report.path("iterations").asInt()).isEqualTo(4);
        for (int t = 0; t < 4; t++) {
            assertThat(report.path("accuracyPerIteration").path(t).asDouble())
                    .isCloseTo(report.path("plainAccuracyPerIteration").path(t).asDouble(), within(0.002));
        }
        assertThat(report.path("accuracyPerIteration").path(3).asDouble()).isGreaterThan(0.5);
        assertThat(report.path("scoresPerIteration")).hasSize(4);
        assertThat(report.path("notes").toString()).contains("synthetic", "protects nothing");
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("<svg", "scores and the interval they must stay in");
        assertThat(folder.resolve("model.bin")).exists();
        assertThat(inspected(folder))
                .contains(
                        "the job of a long training",
                        "an encrypted data set",
                        "a checkpoint of a long training",
                        "the result of a long training, encrypted",
                        "what the owner of a long training remembers");
        assertThat(small(folder, "--role", "owner-ask", "--queries", "200").err())
                .isEmpty();
        assertThat(small(folder, "--role", "owner-read-answers").err()).contains("run --role cloud-predict again");
        assertThat(small(folder, "--role", "cloud-predict").err()).isEmpty();
        Ended answered = small(folder, "--role", "owner-read-answers");
        assertThat(answered.err()).isEmpty();
        assertThat(inspected(folder))
                .contains(
                        "an encrypted model that is served",
                        "encrypted queries to a model",
                        "encrypted answers of a model",
                        "what the asker of a model remembers");
        assertThat(answered.out()).containsPattern("answers of the encrypted model: 1\\d\\d of 200 test images right");
    }

    @Test
    void degreeLossAndGroupWidthReachTheJob(@TempDir Path folder) throws IOException {
        Ended ran = small(
                folder,
                "--iterations",
                "2",
                "--degree",
                "31",
                "--loss",
                "softmax-like",
                "--group-width",
                "4",
                "--json");
        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("key ", "iteration 2 of 2: ").doesNotContain("\r");
        JsonNode report = new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(ran.out());
        assertThat(report.path("job").path("groupWidth").asInt()).isEqualTo(4);
        assertThat(report.path("job").path("sigmoidCoefficients")).hasSize(32);
        int levels = report.path("levels").path("scores").asInt()
                - report.path("levels").path("errors").asInt();
        assertThat(levels).as("of a polynomial of degree 31").isEqualTo(5);
        assertThat(report.path("accuracyPerIteration").path(1).asDouble())
                .isCloseTo(report.path("plainAccuracyPerIteration").path(1).asDouble(), within(0.01));
        assertThat(report.path("classes").path("labelNames")).hasSize(10);
        assertThat(report.path("secondsByOperation").path("refresh").asDouble()).isPositive();
    }

    private static String inspected(Path folder) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = ProgramRun.of(new InspectProgram())
                .run(
                        new String[] {folder.toString()},
                        Map.of(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        System.err);
        assertThat(status).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void wrongOptionsAreOneLine() {
        assertThat(run("--recipe", "long", "--epochs", "1", "--iterations", "2").err())
                .startsWith("error: --epochs: expected no --iterations beside it, found 2");
        assertThat(run("--recipe", "long", "--loss", "hinge").err())
                .contains("--loss", "expected sigmoid|softmax-like, found 'hinge'");
        assertThat(run("--recipe", "long", "--degree", "16").err()).contains("--degree: expected 15|7|31, found 16");
        assertThat(run("--recipe", "long", "--group-width", "3").err())
                .contains("--group-width: expected 1|2|4|8|16|32|64, found 3");
        assertThat(run("--recipe", "long", "--features", "h1").err())
                .contains("--features: expected h200|h392|h392+h400");
        assertThat(run("--recipe", "long", "--role", "cloud").err()).contains("expected owner-encrypt|cloud-train");
        assertThat(run("--recipe", "long", "--resume", "--role", "owner-encrypt")
                        .status())
                .isEqualTo(2);
        Ended help = run("--recipe", "long", "--help");
        assertThat(help.out()).contains("--stop-after-no-gain", "--checkpoint", "--validate");
        assertThat(LongProgram.isAskedFor(new String[] {"--recipe=long"})).isTrue();
        assertThat(LongProgram.isAskedFor(new String[] {"--recipe", "fast"})).isFalse();
    }
}
