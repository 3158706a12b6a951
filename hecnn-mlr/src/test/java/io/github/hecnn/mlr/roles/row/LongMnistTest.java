package io.github.hecnn.mlr.roles.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.serving.AnswerKind;
import io.github.hecnn.mlr.serving.CloudPredictor;
import io.github.hecnn.mlr.serving.EncryptedAnswers;
import io.github.hecnn.mlr.serving.Predictions;
import io.github.hecnn.mlr.serving.Question;
import io.github.hecnn.mlr.serving.ServingOwner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** 52,500 images of MNIST, encrypted with 128 bits of security, through refreshes and the files of the roles; then queries to the weights. */
@Tag("slow")
class LongMnistTest {
    private static final int STEPS = Integer.getInteger("hecnn.steps", 15);
    private static final WorkerPool WORKERS = WorkerPool.common();

    @TempDir
    private static Path folder;

    private static PreparedLongTraining training;
    private static LongResultFile account;
    private static LabeledDataset heldOut;

    @BeforeAll
    static void trains(TestReporter reporter) throws IOException {
        LongMnist.assumeHeap(7);
        training = PreparedLongTraining.of(
                LongMnist.training(LongMnist.SAMPLES),
                LongSettings.builder().iterations(STEPS).build());
        heldOut = LongMnist.test(10_000);
        reporter.publishEntry("plan", training.plan().table(WORKERS.threads()));
        Path exchange = folder.resolve("exchange");
        LongOwnerFile kept = LongOwner.write(training, folder.resolve("own"), exchange, WORKERS, LongListener.QUIET);
        reporter.publishEntry(
                "preparing",
                kept.keySeconds() + " s for " + kept.keyBytes() + " bytes of keys, " + kept.encryptionSeconds()
                        + " s for " + kept.uploadedBytes() + " bytes of data");
        assertThat(kept.uploadedBytes())
                .isEqualTo(training.plan().uploadBytes())
                .isLessThanOrEqualTo(4_000_000_000L);
        account = LongCloud.on(WORKERS).train(exchange);
        reporter.publishEntry("training", account.trainingSeconds() + " s, " + account.iterationSeconds());
    }

    @Test
    void reachesTheAccuracyOfTheSameTrainingInTheClear(TestReporter reporter) throws IOException {
        LongResult result = LongFixture.owner(folder).open();
        double accuracy = 0;
        for (int t = 1; t <= STEPS; t++) {
            accuracy = 100 * result.model(t).evaluate(heldOut).accuracy();
            double clear = 100 * training.rehearsed(t).evaluate(heldOut).accuracy();
            reporter.publishEntry("step " + t, accuracy + " %, in the clear " + clear + " %");
            assertThat(accuracy).as("step %d", t).isCloseTo(clear, within(0.2));
        }
        assertThat(accuracy).isGreaterThan(STEPS < 15 ? 90 : 97.3);
        assertThat(account.iterations()).isEqualTo(STEPS);
    }

    /** One query and a thousand, after ones that warm up. */
    @Test
    void theEncryptedWeightsAnswerAsTheDecryptedOnes(TestReporter reporter) throws IOException {
        Path exchange = folder.resolve("exchange");
        ServingOwner owner = LongFixture.owner(folder).serving(AnswerKind.PLAIN);
        Path keys = folder.resolve("model");
        owner.writeKeys(keys);
        LongCloud cloud = LongCloud.on(WORKERS);
        CkksContext context = cloud.context(exchange);
        CloudPredictor predictor = CloudPredictor.ofTraining(context, cloud.weights(exchange, context), keys);
        MlrModel decrypted = LongFixture.owner(folder).open().model();
        for (int n : new int[] {1, 1000, 1, 1000}) {
            double[][] asked = Arrays.copyOf(heldOut.features(), n);
            long start = System.nanoTime();
            Question question = owner.ask(asked);
            double asking = seconds(start);
            start = System.nanoTime();
            EncryptedAnswers answers = predictor.answer(question.encrypted());
            double answering = seconds(start);
            Predictions found = owner.read(question, answers);
            double[][] expected = decrypted.scores(asked);
            double worst = 0;
            int same = 0;
            for (int i = 0; i < n; i++) {
                assertThat(found.scores()[i]).containsExactly(expected[i], within(found.errors()[i]));
                for (int c = 0; c < 10; c++) {
                    worst = Math.max(worst, Math.abs(found.scores()[i][c] - expected[i][c]));
                }
                same += found.labels()[i] == decrypted.predict(asked[i]) ? 1 : 0;
            }
            reporter.publishEntry(
                    n + " queries",
                    String.format(
                            Locale.ROOT,
                            "%d agree; asking %.3f s, answering %.4f s in %d batches of %d ciphertexts, %d bytes up, %d down,"
                                    + " keys %d; largest error %.2g, promised %.2g",
                            same,
                            asking,
                            answering,
                            answers.batches().size(),
                            question.encrypted().batches().get(0).size(),
                            owner.parameters().queryBytes(context, n),
                            owner.parameters().answerBytes(context, n),
                            owner.parameters().keyBytes(context),
                            worst,
                            Arrays.stream(found.errors()).max().orElseThrow()));
            assertThat((double) same / n).isGreaterThanOrEqualTo(0.999);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) * 1e-9;
    }
}
