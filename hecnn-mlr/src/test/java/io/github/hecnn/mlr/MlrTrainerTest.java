package io.github.hecnn.mlr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.model.ClassificationReport;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.plan.NoPlanException;
import io.github.hecnn.mlr.recipe.Schedule;
import io.github.hecnn.mlr.recipe.plain.Loss;
import io.github.hecnn.mlr.training.ClassWeights;
import io.github.hecnn.mlr.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a data set to a model in one statement, on every algebra. */
class MlrTrainerTest {
    private static final String[] PLANTS = {"ash", "beech", "larch"};

    @TempDir
    Path folder;

    /** 75 samples of 37 features of very different units in 3 classes, with a header and text labels. */
    private Path csv() throws IOException {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder("tree");
        for (int k = 0; k < 37; k++) {
            text.append(",f").append(k);
        }
        for (int i = 0; i < 75; i++) {
            int c = i % 3;
            text.append('\n').append(PLANTS[c]);
            for (int k = 0; k < 37; k++) {
                double v = Math.pow(10, k % 5 - 2) * (random.nextGaussian() + (k % 3 == c ? 1.5 : 0) + k);
                text.append(String.format(Locale.ROOT, ",%.6g", v));
            }
        }
        return Files.writeString(folder.resolve("trees.csv"), text.append('\n'));
    }

    /** Everything that a rehearsal would choose is fixed. */
    private static <B extends TrainingSettings.Setters<B>> B fixed(B builder) {
        return builder.iterations(2)
                .preconditioner(Preconditioner.PROGRAM_BOUND)
                .schedule(Schedule.paper())
                .learningRate(1)
                .sigmoid(SigmoidApproximation.PAPER_CUBIC);
    }

    @Test
    void fitsPredictsWritesReadsAndPredictsTheSame() throws IOException {
        LabeledDataset trees = DatasetReader.csv(csv());
        MlrModel model = MlrTrainer.encrypted()
                .scaling(ScalingKind.STANDARDIZE)
                .iterations(2)
                .build()
                .fit(trees);
        assertThat(model.evaluate(trees).accuracy()).isGreaterThan(0.95);
        assertThat(model.predictName(trees.features()[4])).isEqualTo("beech");
        assertThat(model.provenance().settings())
                .containsEntry("trainer", "encrypted")
                .containsEntry("iterations", 2)
                .containsEntry("samples", 75)
                .containsEntry("scaling", "standardize");
        Path file = folder.resolve("trees.model");
        model.write(file);
        MlrModel read = MlrModel.read(file);
        assertThat(read).isEqualTo(model);
        assertThat(read.predict(trees.features())).isEqualTo(model.predict(trees.features()));
        assertThat(read.scores(trees.features())).isDeepEqualTo(model.scores(trees.features()));
    }

    @Test
    void threeAlgebrasRunOneProgram() throws IOException {
        LabeledDataset trees = DatasetReader.csv(csv());
        double[][] plain = fixed(MlrTrainer.plain()).build().fit(trees).scores(trees.features());
        double[][] rehearsed = fixed(MlrTrainer.rehearsal()).build().fit(trees).scores(trees.features());
        double[][] encrypted = fixed(MlrTrainer.encrypted()).build().fit(trees).scores(trees.features());
        assertThat(rehearsed[0][0]).isNotEqualTo(plain[0][0]); // it has noise
        for (int i = 0; i < plain.length; i++) {
            assertThat(rehearsed[i]).containsExactly(plain[i], within(1e-6));
            assertThat(encrypted[i]).containsExactly(plain[i], within(1e-6));
        }
    }

    @Test
    void twoClassesWithFewFeatures() {
        LabeledDataset data = random(40, 1, 2, 3);
        MlrModel encrypted = fixed(MlrTrainer.encrypted()).build().fit(data);
        MlrModel plain = fixed(MlrTrainer.plain()).build().fit(data);
        assertThat(encrypted.predict(data.features())).isEqualTo(plain.predict(data.features()));
        assertThat(encrypted.evaluate(data).auc().orElseThrow()).isGreaterThan(0.8);
    }

    @Test
    void aHundredClassesOfOneSampleEach() {
        LabeledDataset data = random(100, 60, 100, 4);
        MlrModel plain = MlrTrainer.plain().build().fit(data);
        MlrModel rehearsed = fixed(MlrTrainer.rehearsal()).build().fit(data);
        assertThat(plain.classes()).isEqualTo(100);
        assertThat(plain.provenance().settings()).containsEntry("iterations", 2);
        assertThat(rehearsed.predict(data.features())).isEqualTo(plain.predict(data.features()));
        assertThat(rehearsed.evaluate(data).accuracy()).isGreaterThan(0.9);
    }

    @Test
    void twoThousandFeatures() {
        LabeledDataset data = random(30, 2000, 3, 5);
        MlrModel rehearsed = fixed(MlrTrainer.rehearsal()).build().fit(data);
        MlrModel plain = fixed(MlrTrainer.plain()).build().fit(data);
        assertThat(rehearsed.features()).isEqualTo(2000);
        assertThat(rehearsed.predict(data.features())).isEqualTo(plain.predict(data.features()));
    }

    @Test
    void oneSampleOfEachOfTwoClasses() {
        LabeledDataset data = new LabeledDataset(new double[][] {{5, 1}, {7, 1}}, new int[] {0, 1}, 2);
        MlrModel model = MlrTrainer.plain().build().fit(data);
        assertThat(model.predict(data.features())).containsExactly(0, 1);
        assertThat(model.scaling().constantFeatures()).containsExactly(1);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"100, 60, 100", "30, 2000, 3", "2, 5, 2"})
    void encryptedModelsOfUnusualShapesPredictTheSameFromTheirFiles(int samples, int features, int classes) {
        LabeledDataset data = random(samples, features, classes, 4);
        MlrModel model = fixed(MlrTrainer.encrypted()).build().fit(data);
        MlrModel plain = fixed(MlrTrainer.plain()).build().fit(data);
        assertThat(model.predict(data.features())).isEqualTo(plain.predict(data.features()));
        model.write(folder.resolve("some.model"));
        MlrModel read = MlrModel.read(folder.resolve("some.model"));
        assertThat(read).isEqualTo(model);
        assertThat(read.predict(data.features())).isEqualTo(model.predict(data.features()));
    }

    /** Class c is found where feature c mod features is high, for c below it, and at random otherwise. */
    private static LabeledDataset random(int samples, int features, int classes, long seed) {
        Random random = new Random(seed);
        double[][] x = new double[samples][features];
        int[] labels = new int[samples];
        double[][] centers = new double[classes][features];
        for (double[] row : centers) {
            Arrays.setAll(row, k -> random.nextGaussian() * 2);
        }
        for (int i = 0; i < samples; i++) {
            labels[i] = i % classes;
            int c = labels[i];
            Arrays.setAll(x[i], k -> centers[c][k] + random.nextGaussian() * 0.5);
        }
        return new LabeledDataset(x, labels, classes);
    }

    @Test
    void goesOnFromAModelOnItsOwnScaling() {
        LabeledDataset data = random(60, 4, 3, 6);
        MlrModel start =
                fixed(MlrTrainer.plain()).scaling(ScalingKind.CENTER).build().fit(data);
        MlrModel further = fixed(MlrTrainer.plain()).startModel(start).build().fit(data);
        assertThat(further.scaling()).isEqualTo(start.scaling());
        assertThat(further.linear()).isNotEqualTo(start.linear());
        assertThat(Loss.sle(
                        design(further, data), data.labels(), further.linear().weights()))
                .isGreaterThan(Loss.sle(
                        design(start, data), data.labels(), start.linear().weights()));
        LabeledDataset other = random(60, 5, 3, 6);
        MlrTrainer trainer = MlrTrainer.plain().startModel(start).build();
        assertThatThrownBy(() -> trainer.fit(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected data like that of the start model, 4 features");
    }

    private static double[][] design(MlrModel model, LabeledDataset data) {
        return FeatureScaler.withOnes(model.scaling().transform(data.features()));
    }

    @Test
    void balancedClassesAreFoundMoreOften() {
        Random random = new Random(8);
        double[][] x = new double[220][1];
        int[] labels = new int[220];
        for (int i = 0; i < 220; i++) {
            labels[i] = i < 200 ? 0 : 1;
            x[i][0] = random.nextGaussian() + (labels[i] == 1 ? 1.5 : 0);
        }
        LabeledDataset data = new LabeledDataset(x, labels, 2);
        ClassificationReport equal = fixed(MlrTrainer.plain()).build().fit(data).evaluate(data);
        MlrModel model = fixed(MlrTrainer.plain())
                .classWeights(ClassWeights.BALANCED)
                .build()
                .fit(data);
        assertThat(model.provenance().settings()).containsEntry("samples", 400);
        assertThat(model.evaluate(data).recall(1)).isGreaterThan(equal.recall(1) + 0.3);
    }

    @Test
    void refusesWhatItCannotTrainOn() {
        LabeledDataset one = new LabeledDataset(new double[][] {{1}, {2}}, new int[] {1, 1}, 2);
        assertThatThrownBy(() -> MlrTrainer.plain().build().fit(one))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fit: expected samples of at least 2 classes, found 0: 0, 1: 2");
        LabeledDataset constant = new LabeledDataset(new double[][] {{1}, {1}}, new int[] {0, 1}, 2);
        assertThatThrownBy(() -> MlrTrainer.encrypted().build().fit(constant))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected features that vary");
        LabeledDataset data = random(30, 4, 3, 7);
        MlrTrainer small = fixed(MlrTrainer.encrypted()).memoryBytes(1 << 20).build();
        assertThatThrownBy(() -> small.fit(data)).isInstanceOf(NoPlanException.class);
        MlrTrainer open = MlrTrainer.plain().memoryBytes(1 << 20).build();
        assertThatThrownBy(() -> open.fit(data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rehearsal: expected a way to train that fits, found none");
        MlrTrainer wild = fixed(MlrTrainer.plain()).learningRate(100).build();
        assertThatThrownBy(() -> wild.fit(data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("interval [-8, 8]");
        assertThat(fixed(MlrTrainer.plain())
                        .learningRate(100)
                        .outsideInterval(OutsideInterval.GO_ON)
                        .build()
                        .fit(data)
                        .classes())
                .isEqualTo(3);
    }
}
