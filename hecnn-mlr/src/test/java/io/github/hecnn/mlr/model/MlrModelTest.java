package io.github.hecnn.mlr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.GridShape;
import io.github.hecnn.mlr.features.ScalingKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model takes features as they come and is kept in one file. */
class MlrModelTest {
    private static final List<String> NAMES = List.of("länge", "b", "c", "d", "e", "f", "g", "h");

    @TempDir
    Path folder;

    private static double[][] features(int samples) {
        Random random = new Random(11);
        double[][] x = new double[samples][8];
        for (double[] row : x) {
            for (int k = 0; k < 8; k++) {
                row[k] = Math.pow(10, k - 4) * (random.nextGaussian() + k);
            }
        }
        return x;
    }

    private static MlrModel model(ScalingKind kind) {
        FeatureScaler scaling = FeatureScaler.fit(kind, features(20), new GridShape(2, 2));
        Random random = new Random(12);
        double[][] w = new double[3][scaling.outputs() + 1];
        for (double[] row : w) {
            Arrays.setAll(row, k -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
        }
        w[0][0] = Double.MIN_VALUE;
        w[1][1] = -0.0;
        Provenance provenance = Provenance.EMPTY
                .with("trainer", "plain")
                .with("iterations", 2)
                .with("seed", 1L << 40)
                .with("rate", 0.1)
                .with("balanced", true);
        return new MlrModel(new LinearModel(w, List.of("rot", "grün", "")), scaling, NAMES, provenance);
    }

    @ParameterizedTest
    @EnumSource(ScalingKind.class)
    void readsBackAnEqualModelThatPredictsTheSame(ScalingKind kind) {
        MlrModel model = model(kind);
        Path file = folder.resolve("a.model");
        model.write(file);
        MlrModel read = MlrModel.read(file);
        assertThat(read).isEqualTo(model).hasSameHashCodeAs(model).hasToString(model.toString());
        assertThat(read.linear().weights()).isDeepEqualTo(model.linear().weights());
        assertThat(read.provenance().settings())
                .containsExactlyEntriesOf(model.provenance().settings());
        assertThat(read.scores(features(30))).isDeepEqualTo(model.scores(features(30)));
        assertThat(read.featureNames()).isEqualTo(NAMES);
    }

    @Test
    void scalesFeaturesItself() {
        FeatureScaler scaling =
                FeatureScaler.fit(ScalingKind.STANDARDIZE, new double[][] {{100, 0.001}, {300, 0.003}}, null);
        LinearModel weights = new LinearModel(new double[][] {{0, 1, 0}, {0.5, -1, 2}}, List.of("low", "high"));
        MlrModel model = new MlrModel(weights, scaling, List.of(), Provenance.EMPTY);
        double[] raw = {300, 0.001}; // one deviation above, one below the mean
        assertThat(model.scores(raw)).containsExactly(1, -2.5);
        assertThat(model.predict(raw)).isZero();
        assertThat(model.predictName(new double[] {100, 0.003})).isEqualTo("high");
        assertThat(model.features()).isEqualTo(2);
        assertThat(model.predict(new double[][] {raw, {100, 0.003}})).containsExactly(0, 1);
    }

    @Test
    void evaluatesDataWhoseClassesComeInAnotherOrder() {
        FeatureScaler scaling = FeatureScaler.fit(ScalingKind.NONE, new double[][] {{1}}, null);
        LinearModel weights = new LinearModel(new double[][] {{0, 1}, {0, -1}}, List.of("plus", "minus"));
        MlrModel model = new MlrModel(weights, scaling, List.of("v"), Provenance.EMPTY);
        LabeledDataset data = new LabeledDataset(
                new double[][] {{3}, {-2}, {-1}}, new int[] {2, 0, 2}, List.of("minus", "zero", "plus"), List.of(), "");
        ClassificationReport report = model.evaluate(data);
        assertThat(report.labelNames()).containsExactly("plus", "minus");
        assertThat(report.confusion()).isDeepEqualTo(new int[][] {{1, 1}, {0, 1}});
        assertThat(report.auc()).hasValue(1);
        LabeledDataset foreign = new LabeledDataset(
                new double[][] {{3}, {-2}}, new int[] {0, 1}, List.of("zero", "plus"), List.of("v"), "");
        assertThatThrownBy(() -> model.evaluate(foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected classes of the model, [plus, minus], found 'zero'");
        LabeledDataset renamed = new LabeledDataset(
                new double[][] {{3}, {-2}}, new int[] {0, 1}, List.of("minus", "plus"), List.of("w"), "");
        assertThatThrownBy(() -> model.evaluate(renamed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected the features [v], found [w]");
    }

    @Test
    void refusesSamplesItHasNoScoreFor() {
        MlrModel model = model(ScalingKind.WHITEN_STANDARDIZED);
        assertThatThrownBy(() -> model.predict(new double[9]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 8 features as in the training data, found 9 for sample 0");
        double[] hole = new double[8];
        hole[5] = Double.NaN;
        assertThatThrownBy(() -> model.scores(new double[][] {new double[8], hole}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found NaN for sample 1, feature 5");
    }

    @Test
    void refusesPartsThatDoNotBelongTogether() {
        FeatureScaler scaling = FeatureScaler.fit(ScalingKind.NONE, new double[][] {{1, 2}}, null);
        LinearModel narrow = new LinearModel(new double[][] {{0, 1}, {0, 2}});
        assertThatThrownBy(() -> new MlrModel(narrow, scaling, List.of(), Provenance.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a bias and 2 weights for each class");
        LinearModel fitting = new LinearModel(new double[][] {{0, 1, 2}, {0, 2, 3}});
        assertThatThrownBy(() -> new MlrModel(fitting, scaling, List.of("a"), Provenance.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected names of all 2 features or of none, found 1");
    }

    @Test
    void refusesDamagedFilesWhereverTheyAreDamaged() throws IOException {
        Path file = folder.resolve("a.model");
        model(ScalingKind.STANDARDIZE).write(file);
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i += 7) {
            byte[] bad = good.clone();
            bad[i] ^= 0x10;
            Files.write(file, bad);
            assertThatThrownBy(() -> MlrModel.read(file))
                    .as("byte " + i)
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining(file + ": expected ");
        }
        for (int length : new int[] {0, 7, 15, 40, good.length - 1}) {
            Files.write(file, Arrays.copyOf(good, length));
            assertThatThrownBy(() -> MlrModel.read(file)).isInstanceOf(DataFormatException.class);
        }
    }

    /** Whoever forges the checksum, too, still gets an error and no model or endless allocation. */
    @Test
    void refusesForgedContentWithARightChecksum() throws IOException {
        Path file = folder.resolve("a.model");
        model(ScalingKind.WHITEN_STANDARDIZED).write(file);
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(13);
        int refused = 0;
        for (int i = 12; i < good.length - 8; i += 3) {
            byte[] bad = good.clone();
            ByteBuffer.wrap(bad).putInt(i, random.nextInt());
            CRC32 crc = new CRC32();
            crc.update(bad, 0, bad.length - 4);
            ByteBuffer.wrap(bad).putInt(bad.length - 4, (int) crc.getValue());
            Files.write(file, bad);
            try {
                MlrModel.read(file); // other numbers in the same places are another model
            } catch (DataFormatException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void refusesLaterVersionsAndOtherFiles() throws IOException {
        Path file = folder.resolve("a.model");
        model(ScalingKind.NONE).write(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[11] = 2;
        Files.write(file, bytes);
        assertThatThrownBy(() -> MlrModel.read(file))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected version 1 of a model's file, found 2");
        Files.writeString(file, "0.1,0.2,0.3\n0.4,0.5,0.6\n");
        assertThatThrownBy(() -> MlrModel.read(file))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected the file of a model, found another kind");
        Path none = folder.resolve("none.model");
        assertThatThrownBy(() -> MlrModel.read(none)).isInstanceOf(UncheckedIOException.class);
        Path nowhere = folder.resolve("none").resolve("a.model");
        assertThatThrownBy(() -> model(ScalingKind.NONE).write(nowhere))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("expected a folder that can be written to");
    }
}
