package io.github.hecnn.mlr.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
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
        assertAgrees(served, found, samples, mostError, true);
    }

    private static void assertAgrees(
            Served served, Predictions found, double[][] samples, double mostError, boolean labels) {
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
        if (labels) {
            assertThat(found.labels()).isEqualTo(served.model().predict(samples));
        }
        assertThat(worst).as("of the promised error").isGreaterThan(0.002);
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

    /** The noise that answers were promised to have is in them: their errors have its deviation, a twelfth of what is told. */
    @Test
    void floodingIsAsLargeAsItIsSaidToBe() {
        double[][] samples = Served.samples(127, 8);
        Question question = flooded.owner().ask(samples);
        Predictions found =
                flooded.owner().read(question, flooded.flooding(1000, 40).answer(question.encrypted()));
        double[][] expected = flooded.model().scores(samples);
        double squares = 0;
        for (int i = 0; i < samples.length; i++) {
            for (int c = 0; c < Served.CLASSES; c++) {
                double deviations = 12 * (found.scores()[i][c] - expected[i][c]) / found.errors()[i];
                squares += deviations * deviations;
            }
        }
        assertThat(Math.sqrt(squares / (127 * Served.CLASSES))).isCloseTo(1, within(0.1));
    }

    /**
     * What flooding has to hide: the error of every slot of the circuit, below the noise model's bound and not far below it. Doubles do not show it beside
     * scores, so once queries are zero and once weights.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 100})
    void theNoiseModelBoundsTheErrorsOfAllSlots(int queries) {
        Question question = flooded.owner().ask(Served.samples(queries, 2));
        ServingParameters parameters = flooded.owner().parameters();
        QueryLayout layout =
                new QueryLayout(parameters.layout(), question.encrypted().rowsPerQuery());
        CkksContext context = flooded.owner().context();
        SecretKey secret = new KeyGenerator(context, RandomSource.seeded(1)).secretKey();
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret, RandomSource.seeded(3));
        List<Ciphertext> nothing = Stream.generate(() -> encryptor.encrypt(
                        encoder.encode(new double[context.parameters().slots()], parameters.level())))
                .limit(layout.ciphertexts())
                .toList();
        PublicProfile known = flooded.cloud().profile();
        CloudPredictor zero = CloudPredictor.of(
                context,
                EncryptedModel.of(
                        parameters,
                        known.modelId(),
                        known.liftBits(parameters),
                        nothing.subList(0, 1).stream()
                                .flatMap(c -> Stream.of(c, c, c))
                                .toList()),
                known,
                flooded.keys());
        Decryptor decryptor = new Decryptor(context, secret);
        List<Ciphertext> batch = question.encrypted().batches().get(0);
        double ofQueries = worst(flooded.cloud().scores(layout, nothing), null, decryptor, encoder);
        PlainVector[] x = decrypted(batch, decryptor, encoder);
        PlainVector[] w = decrypted(zero.model().weights(), decryptor, encoder);
        double ofTurns = worst(zero.scores(layout, batch), product(layout, x, w[0]), decryptor, encoder);
        double bound = AnswerNoise.of(parameters, parameters.context(context), known, layout, 0)
                .slotError();
        assertThat(Math.max(ofQueries, ofTurns)).isLessThan(bound).isGreaterThan(bound / 50);
        if (layout.forCircuit().babySteps() > 1) { // else weights are not turned
            assertThat(Math.min(ofQueries, ofTurns)).isGreaterThan(bound / 1000);
        }
    }

    private static double worst(List<Ciphertext> of, double[] expected, Decryptor decryptor, CkksEncoder encoder) {
        double worst = 0;
        for (PlainVector v : decrypted(of, decryptor, encoder)) {
            for (int s = 0; s < v.size(); s++) {
                worst = Math.max(worst, Math.hypot(v.re(s) - (expected == null ? 0 : expected[s]), v.im(s)));
            }
        }
        return worst;
    }

    private static PlainVector[] decrypted(List<Ciphertext> of, Decryptor decryptor, CkksEncoder encoder) {
        return of.stream()
                .map(c -> PlainVector.decoded(encoder, decryptor.decrypt(c)))
                .toArray(PlainVector[]::new);
    }

    /** Twice the real part of the sum over complex features, then over the rows of a query, from slots as they are encrypted. */
    private static double[] product(QueryLayout layout, PlainVector[] x, PlainVector w) {
        RowLayout circuit = layout.forCircuit();
        int n = circuit.slots();
        int turn = circuit.groupWidth();
        double[] sum = new double[n];
        for (int a = 0; a < circuit.giantSteps(); a++) {
            for (int b = 0; b < circuit.babySteps(); b++) {
                PlainVector v = x[a * circuit.babySteps() + b];
                for (int s = 0; s < n; s++) {
                    int at = (s + a * circuit.babySteps() * turn) % n;
                    int of = (at + b * turn) % n;
                    sum[s] += 2 * (v.re(at) * w.re(of) - v.im(at) * w.im(of));
                }
            }
        }
        for (int rows = layout.rowsPerQuery() / 2; rows > 0; rows /= 2) {
            double[] next = new double[n];
            for (int s = 0; s < n; s++) {
                next[s] = sum[s] + sum[(s + rows * layout.model().groupWidth()) % n];
            }
            sum = next;
        }
        return sum;
    }

    /** The asker makes keys and asks; whoever owns the model encrypts it with no more than the public key. */
    @Test
    void aModelIsServedUnderTheKeyOfAnotherAsker() {
        double[][] samples = Served.samples(50, 11);
        ServingOwner asker = flooded.owner();
        EncryptedModel model = asker.profile()
                .encrypt(
                        asker.context(),
                        asker.parameters(),
                        flooded.model(),
                        flooded.keys().publicKey(),
                        RandomSource.seeded(12));
        CloudPredictor cloud = CloudPredictor.of(
                        asker.context(), model, asker.profile().publicProfile(), flooded.keys())
                .flooding(100, 40, RandomSource.seeded(13));
        Question question = asker.ask(samples);
        assertAgrees(flooded, asker.read(question, cloud.answer(question.encrypted())), samples, 0.02);
    }

    /** Scores for others: flooded at decryption, 20 bits, as many as were promised. */
    @Test
    void scoresForOthersAreFloodedAtDecryption() {
        double[][] samples = Served.samples(60, 3);
        Question question = plain.owner().ask(samples);
        EncryptedAnswers answers = plain.cloud().answer(question.encrypted());
        Decryptor.Sharing sharing = plain.owner().sharing(3, 20);
        Predictions found = plain.owner().readForSharing(question, answers, sharing);
        assertAgrees(plain, found, samples, 8, false);
        assertThat(sharing.queriesLeft()).isZero();
        assertThatThrownBy(() -> plain.owner().readForSharing(question, answers, sharing))
                .hasMessageContaining("as was promised");
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
        return Ciphertexts.components(c).get(component).limb(0);
    }
}
