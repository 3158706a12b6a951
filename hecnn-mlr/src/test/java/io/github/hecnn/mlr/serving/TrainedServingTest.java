package io.github.hecnn.mlr.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.bootstrap.BootstrapKeyGenerator;
import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.bootstrap.Bootstrapper;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.model.Provenance;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.EncryptedTraining;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingState;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import io.github.hecnn.mlr.recipe.row.RowAlgebras;
import io.github.hecnn.mlr.recipe.row.RowBlock;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Queries to the weights of a training through refreshes that nobody has decrypted, in a small ring that is not secure. */
class TrainedServingTest {
    private static final int STEPS = 2;

    private static RowRecipe recipe;
    private static RowParameters parameters;
    private static CkksContext context;
    private static SecretKey secret;
    private static QueryProfile profile;
    private static List<Ciphertext> weights;

    /** Who is asked for: a model whose weights were decrypted, to compare with. */
    private static MlrModel decrypted;

    private static double[][] samples(int count, long seed) {
        Random random = new Random(seed);
        double[][] out = new double[count][12];
        for (double[] row : out) {
            for (int k = 0; k < row.length; k++) {
                row[k] = 3 + random.nextGaussian();
            }
        }
        return out;
    }

    private static EvaluationKeys keys(CkksContext part, NavigableSet<Integer> steps) {
        return new KeyGenerator(part, RandomSource.seeded(2)).evaluationKeys(secret, RotationSteps.of(steps), true);
    }

    @BeforeAll
    static void trains() {
        double[][] features = samples(256, 1);
        int[] labels = new int[features.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = features[i][0] > 3 ? (features[i][1] > 3 ? 0 : 1) : 2 + (i % 3);
        }
        FeatureScaler centring = FeatureScaler.fit(ScalingKind.CENTER, features, null);
        double[][] x = FeatureScaler.withOnes(centring.transform(features));
        MlrConfig config = RowRecipe.settings(256, 13, 5, STEPS, SigmoidApproximation.WEIGHTED_7)
                .build();
        RowRecipe plain = RowRecipe.of(config, new RowLayout(1024, 4, 5, 13, 4), 1);
        parameters = RowParameters.of(plain, SecurityLevel.NONE);
        BootstrapParameters boot = parameters.bootstrap();
        ColumnScaling scaling = plain.scaling(x);
        PlainTrainer.History history = plain.rehearse(x, config.targets(labels));
        recipe = plain.refreshing(plain.refreshScale(history, scaling, boot.bound()));

        context = CkksContext.create(boot.ckksParameters());
        secret = new KeyGenerator(context, RandomSource.seeded(1)).secretKey();
        RowAlgebras<Ciphertext> algebras = parameters.algebras(
                new Bootstrapper(
                        context, boot, new BootstrapKeyGenerator(context, boot, RandomSource.seeded(3)).keys(secret)),
                context,
                keys(parameters.forwardContext(context), parameters.forwardSteps()),
                keys(parameters.backwardContext(context), parameters.backwardSteps()));
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret, RandomSource.seeded(4));
        List<Ciphertext> uploads = new ArrayList<>();
        for (PlainVector p : recipe.encodeInputs(x, labels, scaling)) {
            int level = recipe.uploadLevel(uploads.size(), parameters.featureLevel());
            uploads.add(encryptor.encrypt(p.encoded(encoder, level)));
        }
        int k = recipe.layout().complexFeatures();
        RowBlock<Ciphertext> block =
                RowBlock.inMemory(recipe.layout(), uploads.subList(0, k), uploads.subList(k, uploads.size()));
        EncryptedTraining<Ciphertext> training =
                recipe.training(recipe.design(algebras, i -> block, parameters.featureLevel()));
        TrainingState<Ciphertext> state = training.start();
        for (int t = 1; t <= STEPS; t++) {
            state = training.step(state, recipe.batches().apply(t));
        }
        weights = training.weights(state);

        PlainVector slots = PlainVector.decoded(encoder, new Decryptor(context, secret).decrypt(weights.get(0)));
        decrypted = new MlrModel(
                new LinearModel(recipe.decodeWeights(List.of(slots), scaling)), centring, List.of(), Provenance.EMPTY);
        profile = QueryProfile.ofTraining(
                "run-1",
                recipe,
                scaling,
                QueryProfile.weightNorm(recipe, scaling, history),
                boot.refreshLimits(),
                decrypted);
    }

    private static ServingOwner owner(AnswerKind kind) {
        return ServingOwner.of(
                context,
                ServingParameters.ofTraining(recipe, parameters, kind),
                profile,
                secret,
                RandomSource.seeded(6));
    }

    private static CloudPredictor cloud(ServingOwner owner) {
        PublicProfile known = owner.profile().publicProfile();
        EncryptedModel model = EncryptedModel.ofTraining(context, owner.parameters(), known, weights);
        return CloudPredictor.of(context, model, known, owner.keys());
    }

    private static void assertAgrees(Predictions found, double[][] queries, double mostError) {
        double[][] expected = decrypted.scores(queries);
        double worst = 0;
        int close = 0;
        for (int i = 0; i < queries.length; i++) {
            for (int c = 0; c < 5; c++) {
                double off = Math.abs(found.scores()[i][c] - expected[i][c]);
                assertThat(off).as("query %d, class %d", i, c).isLessThanOrEqualTo(found.errors()[i]);
                worst = Math.max(worst, off / found.errors()[i]);
            }
            close += found.labels()[i] == decrypted.predict(queries[i]) ? 1 : 0;
            assertThat(found.errors()[i]).isLessThan(mostError);
        }
        assertThat(close).isGreaterThan(queries.length * 98 / 100);
        // A query alone meets just the copy of the weights that was decrypted, and no error of others.
        assertThat(queries.length < 200 ? 1 : worst).as("of the promised error").isGreaterThan(0.003);
    }

    @Test
    void weightsOfATrainingAnswerWithoutBeingDecrypted() {
        ServingOwner owner = owner(AnswerKind.PLAIN);
        CloudPredictor cloud = cloud(owner);
        for (int n : new int[] {1, 9, 255, 300}) {
            double[][] queries = samples(n, n);
            Question question = owner.ask(queries);
            assertAgrees(owner.read(question, cloud.answer(question.encrypted())), queries, 0.01);
        }
        assertThat(cloud.model().merged()).isTrue();
    }

    @Test
    void weightsOfATrainingAnswerWithFlooding() {
        ServingOwner owner = owner(AnswerKind.FLOODED);
        CloudPredictor cloud = cloud(owner).flooding(100, 30, RandomSource.seeded(8));
        for (int n : new int[] {3, 200}) {
            double[][] queries = samples(n, n);
            Question question = owner.ask(queries);
            assertAgrees(owner.read(question, cloud.answer(question.encrypted())), queries, 0.05);
        }
    }

    @Test
    void scoresOfATrainingsWeightsAreNotForOthers() {
        assertThatThrownBy(() -> owner(AnswerKind.PLAIN).sharing(1, 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("refreshes left an error");
        assertThatThrownBy(() -> owner(AnswerKind.PLAIN).encrypt(decrypted)).hasMessageContaining("QueryProfile.of");
    }

    @Test
    void weightsThatAreNotThoseOfATrainingAreRefused() {
        ServingParameters serving = ServingParameters.ofTraining(recipe, parameters, AnswerKind.PLAIN);
        assertThatThrownBy(() -> EncryptedModel.ofTraining(context, serving, profile.publicProfile(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("in 1 ciphertext, found 0");
    }
}
