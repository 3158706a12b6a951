package io.github.hecnn.mlr.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import io.github.hecnn.mlr.RealData;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.OrientationHistogram;
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
import io.github.hecnn.mlr.recipe.row.RowDataset;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thousand test images of MNIST, encrypted with 128 bits of security, ask an encrypted model. */
@Tag("slow")
class ServingMnistTest {
    private static final int SAMPLES = 8192;
    private static final int QUERIES = 1000;
    private static final int STEPS = Integer.getInteger("hecnn.steps", 4);
    private static final long MEMORY = 7_000_000_000L;

    private static double[][] train;
    private static int[] labels;
    private static double[][] queries;
    private static FeatureScaler centring;

    @BeforeAll
    static void reads() throws IOException {
        ImageSet images = DatasetReader.idx(
                RealData.file("mnist/train-images-idx3-ubyte.gz"), RealData.file("mnist/train-labels-idx1-ubyte.gz"));
        ImageSet test = DatasetReader.idx(
                RealData.file("mnist/t10k-images-idx3-ubyte.gz"), RealData.file("mnist/t10k-labels-idx1-ubyte.gz"));
        train = OrientationHistogram.H200.extractAll(Arrays.copyOf(images.pixels(), SAMPLES));
        labels = Arrays.copyOf(images.labels(), SAMPLES);
        queries = OrientationHistogram.H200.extractAll(Arrays.copyOf(test.pixels(), QUERIES));
        centring = FeatureScaler.fit(ScalingKind.CENTER, train, null);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** Asks one query and all of them, after one that warms up, and tells what it took. */
    private static void serve(
            String name, ServingOwner owner, CloudPredictor cloud, MlrModel decrypted, TestReporter reporter) {
        ServingParameters p = owner.parameters();
        for (int n : new int[] {1, QUERIES, 1, QUERIES}) {
            double[][] asked = Arrays.copyOf(queries, n);
            long start = System.nanoTime();
            Question question = owner.ask(asked);
            double asking = seconds(start);
            start = System.nanoTime();
            EncryptedAnswers answers = cloud.answer(question.encrypted());
            double answering = seconds(start);
            start = System.nanoTime();
            Predictions found = owner.read(question, answers);
            double reading = seconds(start);
            int[] expected = decrypted.predict(asked);
            double[][] scores = decrypted.scores(asked);
            int same = 0;
            double worst = 0;
            for (int i = 0; i < n; i++) {
                same += found.labels()[i] == expected[i] ? 1 : 0;
                for (int c = 0; c < 10; c++) {
                    double off = Math.abs(found.scores()[i][c] - scores[i][c]);
                    assertThat(off).isLessThanOrEqualTo(found.errors()[i]);
                    worst = Math.max(worst, off);
                }
            }
            reporter.publishEntry(
                    name + ", " + n + " queries",
                    String.format(
                            "%d agree, largest error %.2g (promised %.2g); asking %.3f s, %d batches of %d ciphertexts"
                                    + " in %.3f s, %.5f s a query; reading %.3f s; bytes up %d, down %d, keys %d",
                            same,
                            worst,
                            Arrays.stream(found.errors()).max().orElseThrow(),
                            asking,
                            answers.batches().size(),
                            question.encrypted().batches().get(0).size(),
                            answering,
                            answering / n,
                            reading,
                            p.queryBytes(owner.context(), n),
                            p.answerBytes(owner.context(), n),
                            p.keyBytes(owner.context())));
            assertThat((double) same / n).isGreaterThanOrEqualTo(0.999);
        }
    }

    @ParameterizedTest
    @EnumSource(AnswerKind.class)
    void aModelThatItsOwnerEncrypted(AnswerKind kind, TestReporter reporter) {
        MlrConfig config = RowRecipe.settings(SAMPLES, 201, 10, 12, SigmoidApproximation.WEIGHTED_15)
                .build();
        double[][] x = FeatureScaler.withOnes(centring.transform(train));
        List<double[][]> weights = RowRecipe.of(config, new RowLayout(1 << 15, 4, 10, 201, 16), 1)
                .rehearse(x, config.targets(labels))
                .weights();
        MlrModel model = new MlrModel(new LinearModel(weights.get(11)), centring, List.of(), Provenance.EMPTY);
        ServingParameters parameters = ServingParameters.of(201, 10, kind, SecurityLevel.CLASSICAL_128);
        CkksContext context = CkksContext.create(parameters.parameters());
        ServingOwner owner = ServingOwner.of(
                context,
                parameters,
                QueryProfile.of("mnist", model, parameters),
                new KeyGenerator(context).secretKey());
        CloudPredictor cloud =
                CloudPredictor.of(context, owner.encrypt(model), owner.profile().publicProfile(), owner.keys());
        serve(
                "2^" + parameters.parameters().logRingDegree() + ", " + kind,
                owner,
                kind == AnswerKind.PLAIN ? cloud : cloud.flooding(1000, 40, RandomSource.secure()),
                model,
                reporter);
    }

    private static EvaluationKeys keys(CkksContext part, SecretKey secret, NavigableSet<Integer> steps) {
        return new KeyGenerator(part).evaluationKeys(secret, RotationSteps.of(steps), true);
    }

    @Test
    void theWeightsOfATraining(@TempDir Path folder, TestReporter reporter) throws IOException {
        assumeTrue(Runtime.getRuntime().maxMemory() >= MEMORY, "skipped: needs a heap of 7 GB, such as -Dtest.heap=8g");
        MlrConfig config = RowRecipe.settings(SAMPLES, 201, 10, STEPS, SigmoidApproximation.WEIGHTED_15)
                .build();
        RowRecipe unscaled = RowRecipe.of(config, new RowLayout(1 << 15, 4, 10, 201, 16), 1);
        double[][] x = FeatureScaler.withOnes(centring.transform(train));
        ColumnScaling scaling = unscaled.scaling(x);
        double[][] targets = config.targets(labels);
        PlainTrainer.History history = unscaled.rehearse(x, targets);
        RowParameters parameters = RowParameters.of(unscaled, SecurityLevel.CLASSICAL_128);
        BootstrapParameters boot = parameters.bootstrap();
        RowRecipe recipe = unscaled.refreshing(unscaled.refreshScale(history, scaling, boot.bound()));
        int level = parameters.featureLevel();

        CkksContext context = CkksContext.create(boot.ckksParameters());
        SecretKey secret = new KeyGenerator(context).secretKey();
        CkksEncoder encoder = new CkksEncoder(context);
        List<Ciphertext> weights = train(folder, context, secret, recipe, parameters, x, targets, scaling);
        PlainVector slots = PlainVector.decoded(encoder, new Decryptor(context, secret).decrypt(weights.get(0)));
        MlrModel decrypted = new MlrModel(
                new LinearModel(recipe.decodeWeights(List.of(slots), scaling)), centring, List.of(), Provenance.EMPTY);
        assertThat(level).isGreaterThan(2);

        QueryProfile profile = QueryProfile.ofTraining(
                "mnist",
                recipe,
                scaling,
                QueryProfile.weightNorm(recipe, scaling, history),
                boot.refreshLimits(),
                decrypted);
        for (AnswerKind kind : AnswerKind.values()) {
            ServingOwner owner =
                    ServingOwner.of(context, ServingParameters.ofTraining(recipe, parameters, kind), profile, secret);
            PublicProfile known = profile.publicProfile();
            CloudPredictor cloud = CloudPredictor.of(
                    context,
                    EncryptedModel.ofTraining(context, owner.parameters(), known, weights),
                    known,
                    owner.keys());
            serve(
                    "2^16, training, " + kind,
                    owner,
                    kind == AnswerKind.PLAIN ? cloud : cloud.flooding(100, 30, RandomSource.secure()),
                    decrypted,
                    reporter);
        }
    }

    private static List<Ciphertext> train(
            Path folder,
            CkksContext context,
            SecretKey secret,
            RowRecipe recipe,
            RowParameters parameters,
            double[][] x,
            double[][] targets,
            ColumnScaling scaling)
            throws IOException {
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret);
        BootstrapParameters boot = parameters.bootstrap();
        int level = parameters.featureLevel();
        RowDataset.write(
                folder,
                context,
                "serving",
                recipe,
                recipe.encodeInputs(x, targets, scaling),
                level,
                (p, l) -> encryptor.encrypt(p.encoded(encoder, l)));
        RowAlgebras<Ciphertext> algebras = parameters.algebras(
                new Bootstrapper(context, boot, new BootstrapKeyGenerator(context, boot).keys(secret)),
                context,
                keys(parameters.forwardContext(context), secret, parameters.forwardSteps()),
                keys(parameters.backwardContext(context), secret, parameters.backwardSteps()));
        try (RowDataset blocks = RowDataset.open(folder, context, "serving", recipe, algebras.forward(), level)) {
            EncryptedTraining<Ciphertext> training = recipe.training(recipe.design(algebras, blocks, level));
            TrainingState<Ciphertext> state = training.start();
            for (int t = 1; t <= STEPS; t++) {
                state = training.step(state, recipe.batches().apply(t));
            }
            return training.weights(state);
        }
    }
}
