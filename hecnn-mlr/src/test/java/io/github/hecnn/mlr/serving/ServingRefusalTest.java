package io.github.hecnn.mlr.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.model.Provenance;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServingRefusalTest {
    private static final double[][] SAMPLES = Served.samples(20, 5);

    private static Served served;
    private static Question question;
    private static EncryptedAnswers answers;

    @BeforeAll
    static void asks() {
        served = Served.of(AnswerKind.PLAIN, 1);
        question = served.owner().ask(SAMPLES);
        answers = served.cloud().answer(question.encrypted());
    }

    @Test
    void queriesThatAreNoFeaturesAreRefusedByName() {
        ServingOwner owner = served.owner();
        assertThatThrownBy(() -> owner.ask(new double[0][])).hasMessageContaining("at least 1 query");
        assertThatThrownBy(() -> owner.ask(new double[][] {SAMPLES[0], new double[20]}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 21 features (column 0, column 1, column 2, ..., column 20)")
                .hasMessageContaining("found 20 for query 1");
        double[] bad = SAMPLES[0].clone();
        bad[7] = Double.NaN;
        assertThatThrownBy(() -> owner.ask(new double[][] {bad}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found NaN for query 0, feature column 7");
        bad[7] = Double.NEGATIVE_INFINITY;
        assertThatThrownBy(() -> owner.ask(new double[][] {bad})).hasMessageContaining("-Infinity");
    }

    @Test
    void queriesToAnotherModelOrOfAnotherShapeAreRefused() {
        EncryptedQueries asked = question.encrypted();
        CloudPredictor cloud = served.cloud();
        assertThatThrownBy(() -> cloud.answer(new EncryptedQueries("other", asked.rowsPerQuery(), asked.batches())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected queries to model random, found some to model other");
        assertThatThrownBy(() -> cloud.answer(new EncryptedQueries("random", 2, asked.batches())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ciphertexts a batch");
        assertThatThrownBy(() -> cloud.answer(new EncryptedQueries("random", 3, asked.batches())))
                .hasMessageContaining("power of two");
        assertThatThrownBy(() -> cloud.answer(new EncryptedQueries(
                        "random", 4, List.of(answers.batches().get(0)))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cloud.answer(new EncryptedQueries(
                        "random", 16, List.of(answers.batches().get(0).subList(0, 1)))))
                .hasMessageContaining("expected queries of level 1, found level 0");
    }

    @Test
    void anotherKeyPairIsRefusedOnBothSides() {
        Served other = Served.of(AnswerKind.PLAIN, 8);
        Question foreign = other.owner().ask(SAMPLES);
        assertThatThrownBy(() -> served.cloud().answer(foreign.encrypted()))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("key pair");
        assertThatThrownBy(() -> other.owner().read(foreign, answers))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("key pair");
        assertThatThrownBy(() -> CloudPredictor.of(
                        served.owner().context(),
                        served.cloud().model(),
                        served.cloud().profile(),
                        other.keys()))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("key pair");
    }

    @Test
    void answersOfAnotherShapeAreRefused() {
        List<List<Ciphertext>> none = List.of();
        assertThatThrownBy(() -> served.owner().read(question, new EncryptedAnswers("random", 0, none)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 1 batches of 3 ciphertexts, found []");
        assertThatThrownBy(() -> served.owner().read(question, new EncryptedAnswers("other", 0, answers.batches())))
                .hasMessageContaining("expected answers of model random, found some of other");
        assertThatThrownBy(() -> served.owner()
                        .read(
                                question,
                                new EncryptedAnswers(
                                        "random",
                                        0,
                                        List.of(served.cloud().model().weights()))))
                .hasMessageContaining("at level 0, found 2 at level 1");
        assertThatThrownBy(() -> served.owner().read(question, new EncryptedAnswers("random", 5, answers.batches())))
                .hasMessageContaining("expected flooding of a deviation up to");
        assertThatThrownBy(() -> new EncryptedAnswers("random", Double.NaN, none))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void answersToOtherQueriesOfTheSameShapeAreRefused() {
        Question other = served.owner().ask(Served.samples(20, 6));
        assertThatThrownBy(() -> served.owner().read(other, answers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("check of batch 0")
                .hasMessageContaining("answers are to other queries");
        Question again = served.owner().ask(SAMPLES); // another check, another noise
        assertThatThrownBy(() -> served.owner().read(again, answers)).hasMessageContaining("check of batch 0");
    }

    /** Weights larger than the profile says: what is not refused is right. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 16, 64, 256, 1024, 1 << 20})
    void scoresBeyondTheModulusAreNoticed(int factor) {
        QueryProfile profile = served.owner().profile();
        double[] units = profile.units();
        for (int k = 0; k < units.length; k++) {
            units[k] /= factor;
        }
        PublicProfile wrong =
                new PublicProfile("random", profile.publicProfile().weightNorm() * factor, false);
        CkksContext context = served.owner().context();
        ServingOwner encrypts = ServingOwner.of(
                context,
                served.owner().parameters(),
                new QueryProfile(profile.shape(), units, 0, 0, wrong),
                new KeyGenerator(context, RandomSource.seeded(1)).secretKey(),
                RandomSource.seeded(4));
        CloudPredictor cloud =
                CloudPredictor.of(context, encrypts.encrypt(served.model()), profile.publicProfile(), served.keys());
        EncryptedAnswers large = cloud.answer(question.encrypted());
        Predictions found;
        try {
            found = served.owner().read(question, large);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("larger weights than its profile says");
            assertThat(factor).isGreaterThan(1);
            return;
        }
        assertThat(factor).isLessThan(64);
        double[][] expected = served.model().scores(SAMPLES);
        for (int i = 0; i < expected.length; i++) {
            for (int c = 0; c < Served.CLASSES; c++) {
                assertThat(found.scores()[i][c]).isCloseTo(factor * expected[i][c], within(1e-5));
            }
        }
    }

    @Test
    void missingKeysAreRefusedAtOnce() {
        ServingKeys keys = new ServingKeys(EvaluationKeys.none(), served.keys().publicKey());
        assertThatThrownBy(() -> CloudPredictor.of(
                        served.owner().context(),
                        served.cloud().model(),
                        served.cloud().profile(),
                        keys))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found no relinearisation key")
                .hasMessageContaining("ServingOwner.keys");
    }

    @Test
    void aModelOfAnotherShapeIsRefused() {
        ServingParameters parameters = served.owner().parameters();
        MlrModel narrow = new MlrModel(
                new LinearModel(new double[3][Served.FEATURES + 1]),
                served.model().scaling(),
                List.of(),
                served.model().provenance());
        assertThatThrownBy(() -> QueryProfile.of("m", narrow, parameters))
                .hasMessageContaining("expected a model of 10 classes and 22 columns, found 3 and 22");
        assertThatThrownBy(() -> QueryProfile.of("no name", served.model(), parameters))
                .hasMessageContaining("letters, digits and -");
        assertThatThrownBy(() -> served.owner().encrypt(narrow)).hasMessageContaining("found one of other classes");
        LinearModel large = new LinearModel(
                times(served.model().linear().weights(), 9), served.model().labelNames());
        Provenance provenance = served.model().provenance();
        assertThatThrownBy(() -> served.owner()
                        .encrypt(new MlrModel(large, served.model().scaling(), List.of(), provenance)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected weights of a norm up to");
        FeatureScaler other = FeatureScaler.fit(ScalingKind.STANDARDIZE, Served.samples(50, 1), null);
        assertThatThrownBy(() ->
                        served.owner().encrypt(new MlrModel(served.model().linear(), other, List.of(), provenance)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another scaling of features");
    }

    private static double[][] times(double[][] m, double factor) {
        for (double[] row : m) {
            for (int k = 0; k < row.length; k++) {
                row[k] *= factor;
            }
        }
        return m;
    }

    @Test
    void tooFewLevelsAreRefused() {
        CkksParameters one = served.owner().parameters().parameters();
        RowLayout layout = served.owner().parameters().layout();
        assertThatThrownBy(() -> ServingParameters.of(layout, one, AnswerKind.FLOODED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected parameters of 2 levels or more for FLOODED answers, found 1");
        assertThatThrownBy(() -> served.cloud().flooding(10, 30, RandomSource.seeded(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AnswerKind.FLOODED");
    }

    @Test
    void floodingThatIsUsedUpOrLeavesNothingIsRefused() {
        Served flooded = Served.of(AnswerKind.FLOODED, 1);
        Question asked = flooded.owner().ask(SAMPLES);
        assertThatThrownBy(() -> flooded.cloud().answer(asked.encrypted()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CloudPredictor.flooding");
        CloudPredictor cloud = flooded.flooding(5, 30);
        cloud.answer(asked.encrypted());
        assertThatThrownBy(() -> cloud.answer(asked.encrypted()))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("expected at most 2 ciphertexts more of the 5");
        assertThatThrownBy(() -> flooded.flooding(1 << 30, 80))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("statisticalBits");
        assertThatThrownBy(() -> flooded.flooding(5, 10)).isInstanceOf(HeException.class);
    }

    @ParameterizedTest
    @EnumSource(AnswerKind.class)
    void secureParametersAreTheSmallestRing(AnswerKind kind) {
        ServingParameters parameters = ServingParameters.of(201, 10, kind, SecurityLevel.CLASSICAL_128);
        assertThat(parameters.parameters().logRingDegree()).isEqualTo(13);
        assertThat(parameters.parameters().maxLevel()).isEqualTo(kind.levels());
        assertThat(parameters.queriesPerBatch()).isEqualTo(1023);
        assertThat(ServingParameters.of(793, 10, kind, SecurityLevel.CLASSICAL_128)
                        .parameters()
                        .logRingDegree())
                .isEqualTo(14);
    }
}
