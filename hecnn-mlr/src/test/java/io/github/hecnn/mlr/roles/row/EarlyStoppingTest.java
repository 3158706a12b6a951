package io.github.hecnn.mlr.roles.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.SealedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The owner answers every second iteration whether to go on. */
class EarlyStoppingTest {
    private static final Duration SHORT = Duration.ofMillis(1);

    @TempDir
    private static Path origin;

    @TempDir
    private Path folder;

    private Path exchange;

    @BeforeAll
    static void prepares() throws IOException {
        LongFixture.write(
                PreparedLongTraining.of(
                        LongFixture.data(512, 1),
                        LongFixture.settings().batch(256).validateEvery(2).build()),
                origin);
    }

    @BeforeEach
    void copies() throws IOException {
        LongFixture.copy(origin.resolve("exchange"), folder.resolve("exchange"));
        LongFixture.copy(origin.resolve("own"), folder.resolve("own"));
        exchange = folder.resolve("exchange");
    }

    private LongValidator validator(LabeledDataset heldOut, int stopAfterNoGain) throws IOException {
        return LongValidator.of(LongFixture.owner(folder), heldOut, stopAfterNoGain);
    }

    /** Samples on which accuracy never changes. */
    private static LabeledDataset hopeless() {
        LabeledDataset data = LongFixture.data(100, 2);
        double[][] same = new double[100][];
        for (int i = 0; i < 100; i++) {
            same[i] = new double[12];
        }
        return data.withFeatures(same);
    }

    @Test
    void theCloudStopsWhenAccuracyNoLongerGrows() throws Exception {
        List<LongValidator.Answered> answered = new ArrayList<>();
        LongValidator validator = validator(hopeless(), 1);
        CompletableFuture<Void> owner = CompletableFuture.runAsync(() -> {
            try {
                validator.run(answered::add);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        LongResultFile account = LongFixture.cloud().train(exchange);
        owner.get();
        assertThat(account.stopped()).isTrue();
        assertThat(account.iterations()).isEqualTo(4);
        assertThat(answered).extracting(LongValidator.Answered::iteration).containsExactly(2, 4);
        assertThat(answered).extracting(LongValidator.Answered::goOn).containsExactly(true, false);
        assertThat(LongFixture.owner(folder).open().iterations()).isEqualTo(4);
    }

    @Test
    void anOwnerWhoNeverAnswersStopsTheCloudAndNothingIsLost() throws IOException {
        LongCloud cloud = LongFixture.cloud().answerTimeout(SHORT);
        assertThatThrownBy(() -> cloud.train(exchange))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cloud: train: expected the owner's answer after iteration 2 within 0 s, found"
                        + " none; the checkpoint is kept")
                .hasMessageNotContaining("\n");
        // The question is still there.
        LongValidator validator = validator(LongFixture.data(100, 2), 9);
        assertThat(validator.answer().orElseThrow().goOn()).isTrue();
        assertThat(validator.answer()).isEmpty();
        assertThatThrownBy(() -> cloud.resuming(true).train(exchange)).hasMessageContaining("after iteration 4");
        assertThat(validator.answer().orElseThrow().iteration()).isEqualTo(4);
        assertThat(cloud.resuming(true).train(exchange).iterations()).isEqualTo(6);
        assertThat(validator.maxAnswers()).isEqualTo(3);
    }

    @Test
    void theSameQuestionGetsTheSameAnswerAndOthersNone() throws IOException {
        LongCloud cloud = LongFixture.cloud().answerTimeout(SHORT);
        assertThatThrownBy(() -> cloud.train(exchange)).hasMessageContaining("after iteration 2");
        LongValidator validator = validator(LongFixture.data(100, 2), 1);
        assertThat(validator.answer().orElseThrow().goOn()).isTrue();
        Path run = LongFixture.run(folder);
        Files.delete(run.resolve("answer-00002.json"));
        // An answer that was lost is given again, from the owner's notes.
        assertThat(validator.answer().orElseThrow().goOn()).isTrue();
        Files.delete(run.resolve("answer-00002.json"));
        // Other weights in the place of those that were handed over.
        Files.copy(
                run.resolve("weights-00001.ckks"),
                run.resolve("weights-00002.ckks"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.delete(run.resolve("checkpoint.json"));
        rewriteQuestion(run);
        assertThatThrownBy(validator::answer)
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected the weights of iteration 2 that were handed over before, found others");
    }

    @Test
    void weightsThatAreNotThoseOfTheTrainingGetNoAnswer() throws IOException {
        assertThatThrownBy(() -> LongFixture.cloud().answerTimeout(SHORT).train(exchange))
                .hasMessageContaining("after iteration 2");
        Path run = LongFixture.run(folder);
        Files.copy(
                run.resolve("weights-00001.ckks"),
                run.resolve("weights-00002.ckks"),
                StandardCopyOption.REPLACE_EXISTING);
        rewriteQuestion(run);
        LongValidator validator = validator(LongFixture.data(100, 2), 1);
        assertThatThrownBy(validator::answer)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a norm of about");
        assertThat(run.resolve("answer-00002.json")).doesNotExist();
    }

    /** The question with the checksums of the weights as they lie there. */
    private static void rewriteQuestion(Path run) throws IOException {
        LongResultFile asked = SealedJson.read(run.resolve("question.json"), LongResultFile.class, "");
        List<FileSeal> seals = new ArrayList<>();
        for (FileSeal seal : asked.files()) {
            seals.add(FileSeal.of(seal.name(), run.resolve(seal.name())));
        }
        LongResultFile forged = new LongResultFile(
                asked.runId(),
                asked.stopped(),
                asked.iterationSeconds(),
                asked.trainingSeconds(),
                asked.elapsedSeconds(),
                asked.checkpointBytes(),
                asked.secondsByOperation(),
                asked.machine(),
                seals);
        Files.writeString(run.resolve("question.json"), SealedJson.text(forged));
    }

    @Test
    void questionsOffTheScheduleAreRefused() throws IOException {
        assertThatThrownBy(() -> LongFixture.cloud().answerTimeout(SHORT).train(exchange))
                .hasMessageContaining("after iteration 2");
        Path run = LongFixture.run(folder);
        LongResultFile asked = SealedJson.read(run.resolve("question.json"), LongResultFile.class, "");
        LongResultFile early = new LongResultFile(
                asked.runId(),
                false,
                List.of(1.0),
                0,
                0,
                0,
                asked.secondsByOperation(),
                asked.machine(),
                asked.files().subList(0, 1));
        Files.writeString(run.resolve("question.json"), SealedJson.text(early));
        LongValidator validator = validator(LongFixture.data(100, 2), 1);
        assertThatThrownBy(validator::answer)
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected a question of run")
                .hasMessageContaining("after iteration 1");
        assertThatThrownBy(() -> validator(LongFixture.data(100, 2), 0))
                .hasMessageContaining("1 of them or more without gain");
    }
}
