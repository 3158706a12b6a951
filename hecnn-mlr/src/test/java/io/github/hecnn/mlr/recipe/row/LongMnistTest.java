package io.github.hecnn.mlr.recipe.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.hecnn.ckks.bootstrap.BootstrapKeyGenerator;
import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.bootstrap.Bootstrapper;
import io.github.hecnn.ckks.circuit.PlainVector;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.mlr.RealData;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.OrientationHistogram;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.EncryptedTraining;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingState;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** 52,500 images of MNIST, encrypted with 128 bits of security, through refreshes. */
@Tag("slow")
class LongMnistTest {
    private static final int STEPS = Integer.getInteger("hecnn.steps", 12);
    private static final int WIDTH = Integer.getInteger("hecnn.width", 4);
    private static final int SAMPLES = 52_500;
    private static final long MEMORY = 7_000_000_000L;

    private static EvaluationKeys keys(CkksContext context, SecretKey secret, Set<Integer> steps) {
        KeyGenerator generator = new KeyGenerator(context);
        List<RotationKey> rotations = new ArrayList<>();
        steps.forEach(s -> rotations.add(generator.rotationKey(secret, s)));
        rotations.add(generator.conjugationKey(secret));
        return EvaluationKeys.of(generator.relinearizationKey(secret), rotations);
    }

    @Test
    void reachesTheAccuracyOfTheSameTrainingInTheClear(@TempDir Path folder, TestReporter reporter) throws IOException {
        assumeTrue(Runtime.getRuntime().maxMemory() >= MEMORY, "skipped: needs a heap of 7 GB, such as -Dtest.heap=8g");
        ImageSet train = DatasetReader.idx(
                RealData.file("mnist/train-images-idx3-ubyte.gz"), RealData.file("mnist/train-labels-idx1-ubyte.gz"));
        ImageSet test = DatasetReader.idx(
                RealData.file("mnist/t10k-images-idx3-ubyte.gz"), RealData.file("mnist/t10k-labels-idx1-ubyte.gz"));
        double[][] features = OrientationHistogram.H200.extractAll(Arrays.copyOf(train.pixels(), SAMPLES));
        FeatureScaler centring = FeatureScaler.fit(ScalingKind.CENTER, features, null);
        double[][] x = FeatureScaler.withOnes(centring.transform(features));
        double[][] heldOut = FeatureScaler.withOnes(centring.transform(OrientationHistogram.H200.extractAll(test)));

        MlrConfig config = RowRecipe.settings(SAMPLES, 201, 10, STEPS, SigmoidApproximation.WEIGHTED_15)
                .build();
        RowRecipe unscaled = RowRecipe.of(config, new RowLayout(1 << 15, WIDTH, 10, 201, 16), 1);
        ColumnScaling scaling = unscaled.scaling(x);
        double[][] targets = config.targets(Arrays.copyOf(train.labels(), SAMPLES));
        PlainTrainer.History plain = unscaled.rehearse(x, targets);
        RowParameters parameters = RowParameters.of(unscaled, SecurityLevel.CLASSICAL_128);
        BootstrapParameters boot = parameters.bootstrap();
        RowRecipe recipe = unscaled.refreshing(unscaled.refreshScale(plain, scaling, boot.bound()));
        int level = parameters.featureLevel();

        CkksContext context = CkksContext.create(boot.ckksParameters());
        SecretKey secret = new KeyGenerator(context).secretKey();
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret);
        long start = System.nanoTime();
        long bytes = RowDataset.write(
                        folder,
                        context, "test",
                        recipe,
                        recipe.encodeInputs(x, targets, scaling),
                        level,
                        (p, l) -> encryptor.encrypt(p.encoded(encoder, l)))
                .bytes();
        reporter.publishEntry("encrypting", seconds(start) + " s, " + bytes + " bytes");
        RowAlgebras<Ciphertext> algebras = parameters.algebras(
                new Bootstrapper(context, boot, new BootstrapKeyGenerator(context, boot).keys(secret)),
                context,
                keys(parameters.forwardContext(context), secret, parameters.forwardSteps()),
                keys(parameters.backwardContext(context), secret, parameters.backwardSteps()));
        Decryptor decryptor = new Decryptor(context, secret);
        try (RowDataset blocks = RowDataset.open(folder, context, "test", recipe, algebras.forward(), level)) {
            EncryptedDesign<Ciphertext> design = recipe.design(algebras, blocks, level);
            EncryptedTraining<Ciphertext> training = recipe.training(design);
            TrainingState<Ciphertext> state = training.start();
            double accuracy = 0;
            for (int t = 1; t <= STEPS; t++) {
                start = System.nanoTime();
                state = training.step(state, recipe.batches().apply(t));
                double seconds = seconds(start);
                PlainVector slots = PlainVector.decoded(
                        encoder, decryptor.decrypt(training.weights(state).get(0)));
                accuracy = 100
                        * new LinearModel(recipe.decodeWeights(List.of(slots), scaling))
                                .accuracy(heldOut, test.labels());
                double clear = 100 * new LinearModel(plain.weights().get(t - 1)).accuracy(heldOut, test.labels());
                reporter.publishEntry("step " + t, accuracy + " %, in the clear " + clear + " %, " + seconds + " s");
                assertThat(accuracy).as("step %d", t).isCloseTo(clear, within(0.2));
            }
            assertThat(accuracy).isGreaterThan(STEPS < 12 ? 90 : 97.2);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
