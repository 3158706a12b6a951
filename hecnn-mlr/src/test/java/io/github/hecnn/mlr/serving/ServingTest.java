package io.github.hecnn.mlr.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.scheme.Ciphertext;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServingTest {
    private static Served plain;
    private static Served flooded;

    @BeforeAll
    static void makesKeys() {
        plain = Served.of(AnswerKind.PLAIN, 1);
        flooded = Served.of(AnswerKind.FLOODED, 1);
    }

    /** Classes, scores within the promised error, and an error that promises much. */
    private static void assertAgrees(Served served, Predictions found, double[][] samples, double mostError) {
        double[][] expected = served.model().scores(samples);
        double worst = 0;
        for (int i = 0; i < samples.length; i++) {
            for (int c = 0; c < Served.CLASSES; c++) {
                double off = Math.abs(found.scores()[i][c] - expected[i][c]);
                assertThat(off).as("query %d, class %d", i, c).isLessThanOrEqualTo(found.errors()[i]);
                worst = Math.max(worst, off / found.errors()[i]);
            }
            assertThat(found.errors()[i]).isLessThan(mostError);
        }
        assertThat(found.labels()).isEqualTo(served.model().predict(samples));
        assertThat(worst).as("of the promised error").isGreaterThan(0.01);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 100, 127, 128, 300})
    void scoresAreThoseOfThePlainModel(int queries) {
        double[][] samples = Served.samples(queries, queries);
        Question question = plain.owner().ask(samples);
        EncryptedAnswers answers = plain.cloud().answer(question.encrypted());
        assertAgrees(plain, plain.owner().read(question, answers), samples, 1e-5);
        for (List<Ciphertext> batch : answers.batches()) {
            assertThat(batch).allMatch(c -> c.level() == 0 && c.size() == 2);
        }
    }

    @Test
    void fewQueriesTakeFewCiphertexts() {
        ServingParameters parameters = plain.owner().parameters();
        assertThat(parameters.queriesPerBatch()).isEqualTo(127);
        int[] counts = Arrays.stream(new int[] {1, 7, 8, 15, 16, 63, 127})
                .map(n -> plain.owner()
                        .ask(Served.samples(n, 1))
                        .encrypted()
                        .batches()
                        .get(0)
                        .size())
                .toArray();
        assertThat(counts).containsExactly(1, 1, 2, 2, 4, 8, 16);
        assertThat(plain.owner().ask(Served.samples(128, 1)).encrypted().batches())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 200})
    void floodedScoresKeepTenBits(int queries) {
        double[][] samples = Served.samples(queries, queries);
        Question question = flooded.owner().ask(samples);
        EncryptedAnswers answers = flooded.flooding(1000, 40).answer(question.encrypted());
        assertThat(answers.batches()).allSatisfy(b -> assertThat(b).allMatch(c -> c.level() == 0));
        assertAgrees(flooded, flooded.owner().read(question, answers), samples, 0.02);
    }

    @Test
    void twoThreadsGetTheSameBitsAsOne() throws InterruptedException, ExecutionException {
        Question question = plain.owner().ask(Served.samples(100, 4));
        Served other = Served.of(AnswerKind.PLAIN, 1);
        CloudPredictor fresh = CloudPredictor.of(
                other.owner().context(),
                other.cloud().model(),
                other.owner().profile().publicProfile(),
                other.keys());
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Future<EncryptedAnswers> first = pool.submit(() -> fresh.answer(question.encrypted()));
            Future<EncryptedAnswers> second = pool.submit(() -> fresh.answer(question.encrypted()));
            assertSameBits(first.get(), second.get());
            assertSameBits(first.get(), plain.cloud().answer(question.encrypted()));
        } finally {
            pool.shutdownNow();
        }
    }

    private static void assertSameBits(EncryptedAnswers a, EncryptedAnswers b) {
        for (int i = 0; i < a.batches().size(); i++) {
            for (int g = 0; g < a.batches().get(i).size(); g++) {
                for (int c = 0; c < 2; c++) {
                    assertThat(limbs(a.batches().get(i).get(g), c))
                            .isEqualTo(limbs(b.batches().get(i).get(g), c));
                }
            }
        }
    }

    private static double[] limbs(Ciphertext c, int component) {
        return c.component(component).limb(0);
    }
}
