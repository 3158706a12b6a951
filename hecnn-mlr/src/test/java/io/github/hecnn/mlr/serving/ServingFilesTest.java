package io.github.hecnn.mlr.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Owner and cloud that share nothing but files. */
class ServingFilesTest {
    private static final double[][] SAMPLES = Served.samples(150, 5);

    @TempDir
    private static Path model;

    @TempDir
    private static Path secrets;

    @TempDir
    private Path folder;

    private static Served served;

    @BeforeAll
    static void writes() {
        served = Served.of(AnswerKind.PLAIN, 1);
        served.cloud().write(model);
        served.owner().write(secrets);
    }

    private static CloudPredictor cloud() {
        return CloudPredictor.readOfAnySecurity(model, WorkerPool.single());
    }

    private static ServingOwner owner() {
        return ServingOwner.readOfAnySecurity(secrets, WorkerPool.single());
    }

    private Path own() {
        return folder.resolve("own");
    }

    private Path exchange() {
        return folder.resolve("exchange");
    }

    private static Path find(Path root, String name) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> f.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void truncate(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);
    }

    @Test
    void aQuestionGoesThroughFilesAndBack() throws IOException {
        Question question = owner().ask(SAMPLES, own(), exchange());
        assertThat(cloud().answer(exchange())).isEqualTo(2);
        Predictions found = owner().open(own(), exchange());
        assertThat(found.labels()).isEqualTo(served.model().predict(SAMPLES));
        assertThat(found.name(3)).isEqualTo(served.model().predictName(SAMPLES[3]));
        assertThat(found).isEqualTo(served.owner().read(question, served.cloud().answer(question.encrypted())));
    }

    @Test
    void sizesAreKnownBefore() throws IOException {
        ServingParameters parameters = served.owner().parameters();
        for (int n : new int[] {1, 30, 150}) {
            Path own = folder.resolve("own" + n);
            Path exchange = folder.resolve("exchange" + n);
            owner().ask(Served.samples(n, 1), own, exchange);
            cloud().answer(exchange);
            long asked = 0;
            long answered = 0;
            for (int b = 1; b <= (n > 127 ? 2 : 1); b++) {
                asked += Files.size(find(exchange, QuestionFile.query(b)));
                answered += Files.size(find(exchange, QuestionFile.answer(b)));
            }
            assertThat(asked).isEqualTo(parameters.queryBytes(served.owner().context(), n));
            assertThat(answered).isEqualTo(parameters.answerBytes(served.owner().context(), n));
        }
        assertThat(Files.size(model.resolve("evaluation-keys.bin")))
                .isEqualTo(parameters.keyBytes(served.owner().context()));
    }

    @Test
    void theCloudGetsNoSecret() throws IOException {
        owner().ask(SAMPLES, own(), exchange());
        for (Path shared : new Path[] {exchange(), model}) {
            try (Stream<Path> files = Files.walk(shared)) {
                assertThat(files.map(f -> f.getFileName().toString()))
                        .noneMatch(name -> name.contains("secret") || name.contains("settings"));
            }
        }
    }

    @Test
    void aTruncatedOrDamagedModelIsNamed() throws IOException {
        Path other = folder.resolve("model");
        for (String name : new String[] {"weights.ckks", "evaluation-keys.bin", "public-key.bin", "parameters.bin"}) {
            served.cloud().write(other);
            truncate(other.resolve(name));
            assertThatThrownBy(() -> CloudPredictor.readOfAnySecurity(other, WorkerPool.single()))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining("truncated");
        }
        served.cloud().write(other);
        damage(other.resolve("weights.ckks"));
        assertThatThrownBy(() -> CloudPredictor.readOfAnySecurity(other, WorkerPool.single()))
                .hasMessageContaining("weights.ckks")
                .hasMessageContaining("SHA-256");
        Files.delete(other.resolve("model.json"));
        assertThatThrownBy(() -> CloudPredictor.readOfAnySecurity(other, WorkerPool.single()))
                .hasMessageContaining("model.json: expected a file, found none");
    }

    @Test
    void parametersThatAreNotSecureAreRefused() {
        assertThatThrownBy(() -> CloudPredictor.read(model, WorkerPool.single()))
                .hasMessageContaining("128");
        assertThatThrownBy(() -> ServingOwner.read(secrets, WorkerPool.single()))
                .hasMessageContaining("128");
    }

    @Test
    void aDamagedQueryOrAnswerIsNamed() throws IOException {
        owner().ask(SAMPLES, own(), exchange());
        truncate(find(exchange(), "query-2.ckks"));
        assertThatThrownBy(() -> cloud().answer(exchange()))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("query-2.ckks")
                .hasMessageContaining("truncated")
                .hasMessageContaining("ServingOwner.ask");
        owner().ask(SAMPLES, own(), exchange());
        assertThatThrownBy(() -> owner().open(own(), exchange()))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("answer.json: expected a file, found none")
                .hasMessageContaining("CloudPredictor.answer");
        cloud().answer(exchange());
        damage(find(exchange(), "answer-1.ckks"));
        assertThatThrownBy(() -> owner().open(own(), exchange()))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("answer-1.ckks");
    }

    @Test
    void anAnswerToAnEarlierQuestionIsRefused() throws IOException {
        owner().ask(SAMPLES, own(), exchange());
        cloud().answer(exchange());
        Path before = folder.resolve("before.json");
        Files.copy(find(exchange(), "answer.json"), before);
        owner().ask(SAMPLES, own(), exchange());
        cloud().answer(exchange());
        Files.write(find(exchange(), "answer.json"), Files.readAllBytes(before));
        assertThatThrownBy(() -> owner().open(own(), exchange()))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected run");
    }

    @Test
    void aQuestionUnderAnotherKeyIsRefusedBeforeItIsRead() throws IOException {
        Served other = Served.of(AnswerKind.PLAIN, 5);
        other.owner().ask(SAMPLES, own(), exchange());
        Files.delete(find(exchange(), "query-1.ckks"));
        assertThatThrownBy(() -> cloud().answer(exchange()))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected queries to key pair");
    }
}
