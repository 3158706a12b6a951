package io.github.hecnn.mlr.recipe.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.bootstrap.BootstrapKeyGenerator;
import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.bootstrap.Bootstrapper;
import io.github.hecnn.ckks.error.LevelException;
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
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.dataset.EncryptedDataset;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.EncryptedTraining;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.Schedule;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowRecipeTest {
    /** Clouds of points around a centre for each class; centred, with the leading 1. */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    private record Data(double[][] x, int[] labels) {
        static Data of(int samples, int features, int classes) {
            Random random = new Random(4);
            double[][] centres = new double[classes][features - 1];
            for (double[] c : centres) {
                Arrays.setAll(c, k -> random.nextGaussian());
            }
            int[] labels = new int[samples];
            double[][] out = new double[samples][features - 1];
            for (int i = 0; i < samples; i++) {
                labels[i] = random.nextInt(classes);
                double[] c = centres[labels[i]];
                Arrays.setAll(out[i], k -> c[k] + 0.4 * random.nextGaussian());
            }
            double[][] x = FeatureScaler.withOnes(
                    FeatureScaler.fit(ScalingKind.CENTER, out, null).transform(out));
            return new Data(x, labels);
        }
    }

    private static SimulatedVector encrypt(SimulatedSlotAlgebra algebra, PlainVector p) {
        double[] re = new double[p.size()];
        double[] im = new double[p.size()];
        for (int s = 0; s < re.length; s++) {
            re[s] = p.re(s);
            im[s] = p.im(s);
        }
        return algebra.encrypt(re, im);
    }

    private static List<double[][]> simulate(RowRecipe recipe, SimulatedSlotAlgebra algebra, Data data) {
        ColumnScaling scaling = recipe.scaling(data.x());
        List<SimulatedVector> uploads = new ArrayList<>();
        for (PlainVector p : recipe.encodeInputs(data.x(), data.labels(), scaling)) {
            uploads.add(encrypt(algebra, p));
        }
        List<double[][]> out = new ArrayList<>();
        for (List<SimulatedVector> w : recipe.train(algebra, uploads, TrainingListener.NONE)) {
            out.add(recipe.decodeWeights(
                    w.stream()
                            .map(v -> PlainVector.complex(algebra.decrypt(v), algebra.decryptImaginary(v)))
                            .toList(),
                    scaling));
        }
        return out;
    }

    private static double largestDifference(List<double[][]> a, List<double[][]> b) {
        assertThat(a).hasSameSizeAs(b);
        double most = 0;
        for (int t = 0; t < a.size(); t++) {
            for (int c = 0; c < a.get(t).length; c++) {
                for (int k = 0; k < a.get(t)[c].length; k++) {
                    most = Math.max(most, Math.abs(a.get(t)[c][k] - b.get(t)[c][k]));
                }
            }
        }
        return most;
    }

    @ParameterizedTest
    @CsvSource({
        "300, 7, 3, 2, 4, 2, 1, 256", // one group, batches of a block, samples left over
        "300, 7, 5, 2, 1, 2, 2, 128", // five groups, two blocks a batch, the last group merged alone
        "50, 7, 3, 3, 4, 1, 9, 256", // all samples in every batch, one block not full
        "100, 4, 3, 2, 2, 1, 2, 64", // three blocks a batch at most, the last one not full
        "40, 2, 2, 2, 2, 1, 1, 16"
    })
    void agreesWithThePlainTrainerWithoutRefreshes(
            int samples, int features, int classes, int iterations, int rho, int babySteps, int blocks, int slots) {
        Data data = Data.of(samples, features, classes);
        for (SigmoidApproximation sigmoid :
                new SigmoidApproximation[] {SigmoidApproximation.WEIGHTED_15, SigmoidApproximation.PAPER_CUBIC}) {
            MlrConfig config = RowRecipe.settings(samples, features, classes, iterations, sigmoid)
                    .learningRate(1)
                    .build();
            RowLayout layout = new RowLayout(slots, rho, classes, features, babySteps);
            RowRecipe recipe = RowRecipe.of(config, layout, blocks);
            SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(slots, recipe.levels())
                    .rotationSteps(layout.rotationSteps())
                    .build();
            List<double[][]> found = simulate(recipe, algebra, data);
            List<double[][]> expected =
                    recipe.rehearse(data.x(), config.targets(data.labels())).weights();
            assertThat(largestDifference(found, expected)).as("%s", recipe).isLessThan(1e-9);
            assertThat(algebra.counts().lowestLevel()).isZero();
        }
    }

    private static EvaluationKeys keys(CkksContext context, SecretKey secret, Set<Integer> steps) {
        KeyGenerator generator = new KeyGenerator(context, RandomSource.seeded(2));
        List<RotationKey> rotations = new ArrayList<>();
        steps.forEach(s -> rotations.add(generator.rotationKey(secret, s)));
        rotations.add(generator.conjugationKey(secret));
        return EvaluationKeys.of(generator.relinearizationKey(secret), rotations);
    }

    /** 2,048 samples, 6 steps on 1,024 of them, a refresh in each: on plain slots, and encrypted on disk in a small ring that is not secure. */
    @Test
    void trainsThroughRefreshes(@TempDir Path folder) throws IOException {
        Data data = Data.of(2048, 13, 10);
        MlrConfig config = RowRecipe.settings(2048, 13, 10, 6, SigmoidApproximation.WEIGHTED_15)
                .build();
        RowLayout layout = new RowLayout(1024, 4, 10, 13, 4);
        RowRecipe plain = RowRecipe.of(config, layout, 4);
        RowParameters parameters = RowParameters.of(plain, SecurityLevel.NONE);
        BootstrapParameters boot = parameters.bootstrap();
        assertThat(boot.slots()).isEqualTo(layout.mergedPeriod());
        ColumnScaling scaling = plain.scaling(data.x());
        PlainTrainer.History expected = plain.rehearse(data.x(), config.targets(data.labels()));
        RowRecipe recipe = plain.refreshing(plain.refreshScale(expected, scaling, boot.bound()));
        assertThat(boot.inputLevel() + recipe.levels() + 1).isEqualTo(boot.outputLevel());

        SimulatedSlotAlgebra simulated = SimulatedSlotAlgebra.builder(boot.ckksParameters())
                .refreshing(boot.refreshLimits())
                .rotationSteps(layout.rotationSteps())
                .build();
        assertThat(largestDifference(simulate(recipe, simulated, data), expected.weights()))
                .isLessThan(1e-9);
        assertThat(simulated.counts().refreshes()).isEqualTo(6);

        int features = parameters.featureLevel();
        CkksContext context = CkksContext.create(boot.ckksParameters());
        SecretKey secret = new KeyGenerator(context, RandomSource.seeded(1)).secretKey();
        Bootstrapper bootstrapper = new Bootstrapper(
                context, boot, new BootstrapKeyGenerator(context, boot, RandomSource.seeded(3)).keys(secret));
        RowAlgebras<Ciphertext> algebras = parameters.algebras(
                bootstrapper,
                context,
                keys(parameters.forwardContext(context), secret, parameters.forwardSteps()),
                keys(parameters.backwardContext(context), secret, parameters.backwardSteps()));
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret, RandomSource.seeded(4));
        EncryptedDataset written = RowDataset.write(
                folder,
                context,
                "test",
                recipe,
                recipe.encodeInputs(data.x(), data.labels(), scaling),
                features,
                (p, level) -> encryptor.encrypt(p.encoded(encoder, level)));
        assertThat(written.bytes()).isEqualTo(RowDataset.bytes(context.parameters(), recipe, features));
        RowDataset blocks = RowDataset.open(folder, context, "test", recipe, algebras.forward(), features);
        EncryptedDesign<Ciphertext> design = recipe.design(algebras, blocks, features);
        Decryptor decryptor = new Decryptor(context, secret);
        List<double[][]> found = new ArrayList<>();
        EncryptedTraining<Ciphertext> training = recipe.training(design);
        training.run(training.start(), 6, recipe.batches(), false, (state, weights) -> {
            PlainVector slots = PlainVector.decoded(encoder, decryptor.decrypt(weights.get(0)));
            found.add(recipe.decodeWeights(List.of(slots), scaling));
        });
        blocks.close();
        assertThat(largestDifference(found, expected.weights())).isLessThan(0.01);
        long switches = algebras.forward().counts().keySwitches()
                + algebras.backward().counts().keySwitches();
        assertThat(switches).isEqualTo(simulated.counts().keySwitches());
    }

    /** 201 features of 10 classes at N = 2^15: 80 key switches an iteration, seven of them in the sigmoid polynomial. */
    @Test
    void switchesAsOftenAsDesigned() {
        RowSteps<SimulatedVector> steps = new RowSteps<>(
                new RowLayout(64, 4, 3, 7, 2),
                SigmoidApproximation.WEIGHTED_15,
                -2.2,
                RowAlgebras.of(new SimulatedSlotAlgebra(64, 9)),
                8);
        assertThat(steps.sigmoid(1e-3, 0.05).levels()).isEqualTo(4);
        assertThat(steps.sigmoid(1e-3, 0.05).counts().relinearizations()).isEqualTo(7);
    }

    @Test
    void refusesWhatItCannotTrain() {
        RowLayout layout = new RowLayout(256, 4, 3, 7, 2);
        MlrConfig good = RowRecipe.settings(100, 7, 3, 2, SigmoidApproximation.WEIGHTED_15)
                .build();
        assertThatThrownBy(() -> RowRecipe.of(good, new RowLayout(256, 4, 3, 8, 2), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a layout of 3 classes and 7 features");
        assertThatThrownBy(() -> RowRecipe.of(good, layout, 0)).hasMessageContaining("at least 1 block");
        assertThatThrownBy(() -> RowRecipe.of(good, layout, 1).refreshing(0)).hasMessageContaining("refresh scale");
        MlrConfig everywhere = good.toBuilder().initialWeight(0.1).build();
        assertThatThrownBy(() -> RowRecipe.of(everywhere, layout, 1)).hasMessageContaining("start weights of zero");
        MlrConfig decay = good.toBuilder().l2(0.01).learningRate(1).build();
        assertThatThrownBy(() -> RowRecipe.of(decay, layout, 1)).hasMessageContaining("no weight decay");
        assertThat(RowRecipe.of(good.toBuilder().schedule(Schedule.paper()).build(), layout, 1)
                        .levels())
                .isPositive();
        RowRecipe recipe = RowRecipe.of(good, layout, 1);
        SimulatedSlotAlgebra shallow = new SimulatedSlotAlgebra(256, recipe.levels() - 1);
        List<SimulatedVector> uploads = new ArrayList<>();
        for (int i = 0; i < recipe.uploads(); i++) {
            uploads.add(shallow.encrypt(new double[256]));
        }
        assertThatThrownBy(() -> recipe.train(shallow, uploads, TrainingListener.NONE))
                .isInstanceOf(LevelException.class);
        assertThatThrownBy(() -> recipe.train(shallow, uploads.subList(1, 5), TrainingListener.NONE))
                .hasMessageContaining("uploads");
    }
}
