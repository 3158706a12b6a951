package io.github.hecnn.mlr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.data.DataFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlrModelTest {
    private static final MlrModel MODEL = new MlrModel(new double[][] {{0, 1, 0}, {0.5, 0, 0}, {0, 0, 1}});

    @TempDir
    Path folder;

    @Test
    void scoresAndPredicts() {
        assertThat(MODEL.classes()).isEqualTo(3);
        assertThat(MODEL.width()).isEqualTo(3);
        assertThat(MODEL.scores(new double[] {1, 2, -3})).containsExactly(2, 0.5, -3);
        double[][] x = {{1, 2, -3}, {1, 0, 0}, {1, 0, 4}, {1, 0.5, 0}};
        assertThat(MODEL.predict(x)).containsExactly(0, 1, 2, 0); // the last is a tie
        assertThat(MODEL.accuracy(x, new int[] {0, 1, 1, 0})).isEqualTo(0.75);
        assertThat(MODEL.evaluate(x, new int[] {0, 1, 1, 0}).confusion()[1]).containsExactly(0, 1, 1);
    }

    @Test
    void refusesSamplesItHasNoScoreFor() {
        refused(new double[] {1, 2}, "expected samples of 3 columns (the leading 1 counted), found 2");
        refused(new double[] {0, 2, 3}, "expected samples with a leading 1, found 0.0");
        refused(new double[] {1, Double.NaN, 3}, "found NaN in column 1");
        refused(new double[] {1, 0, Double.NEGATIVE_INFINITY}, "found -Infinity in column 2");
        MlrModel steep = new MlrModel(new double[][] {{0, 10}, {0, -10}});
        assertThatThrownBy(() -> steep.predict(new double[] {1, 1e308}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found a score of Infinity");
    }

    private static void refused(double[] sample, String message) {
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> MODEL.scores(sample),
                () -> MODEL.predict(sample),
                () -> MODEL.predict(new double[][] {sample}))) {
            assertThatThrownBy(call)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void writesWhatItReadsBackExactly() {
        Random random = new Random(3);
        double[][] w = new double[10][41];
        for (double[] row : w) {
            for (int k = 0; k < row.length; k++) {
                row[k] = random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
            }
        }
        w[0][0] = Double.MIN_VALUE;
        w[1][1] = Math.PI;
        Path file = folder.resolve("weights.csv");
        new MlrModel(w).writeCsv(file);
        assertThat(MlrModel.readCsv(file)).isEqualTo(new MlrModel(w)).hasSameHashCodeAs(new MlrModel(w));
        assertThat(MlrModel.readCsv(file).weights()).isDeepEqualTo(w);
    }

    @Test
    void writesOneLinePerClassAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("weights.csv");
        Files.writeString(file, "earlier");
        new MlrModel(new double[][] {{0.1, -2}, {1e-9, 3}}).writeCsv(file);
        assertThat(Files.readString(file)).isEqualTo("0.1,-2.0\n1.0E-9,3.0\n");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void isAValue() {
        double[][] w = {{1, 2}, {3, 4}};
        MlrModel model = new MlrModel(w);
        w[0][0] = 9;
        model.weights()[0][1] = 9;
        assertThat(model.weights()).isDeepEqualTo(new double[][] {{1, 2}, {3, 4}});
        assertThat(model).isNotEqualTo(new MlrModel(w)).hasToString("logistic regression of 2 columns in 2 classes");
    }

    @Test
    void refusesWhatIsNoModel() {
        refused(new double[0][], "found 0 classes");
        refused(new double[][] {{1}}, "found 1 classes of 1");
        refused(new double[][] {{}, {}}, "found 2 classes of 0");
        refused(new double[][] {{1, 2}, {1}}, "expected 2 weights as for class 0, found 1 for class 1");
        refused(new double[][] {{1, 2}, {1, Double.NaN}}, "found NaN for class 1, column 1");
    }

    private static void refused(double[][] weights, String message) {
        assertThatThrownBy(() -> new MlrModel(weights))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesSamplesOfAnotherWidth() {
        assertThatThrownBy(() -> MODEL.scores(new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected samples of 3 columns (the leading 1 counted), found 2");
        assertThatThrownBy(() -> MODEL.predict(new double[][] {{1, 2, 3}, {1}}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MODEL.accuracy(new double[][] {{1, 2, 3}}, new int[2]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesFilesThatHoldNoWeights() throws IOException {
        Path one = Files.writeString(folder.resolve("one.csv"), "1,2\n");
        assertThatThrownBy(() -> MlrModel.readCsv(one))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(one + ": expected at least 2 lines, one per class, found 1");
        Path text = Files.writeString(folder.resolve("text.csv"), "1,2\n1,b\n");
        assertThatThrownBy(() -> MlrModel.readCsv(text))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("line 2, column 2");
        Path missing = folder.resolve("missing.csv");
        assertThatThrownBy(() -> MlrModel.readCsv(missing)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void refusesFoldersThatAreNotThere() {
        Path file = folder.resolve("none").resolve("weights.csv");
        assertThatThrownBy(() -> MODEL.writeCsv(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("write " + file + ": expected a folder that can be written to");
    }

    @Test
    void knowsWhatItsClassesAreCalled() {
        double[][] weights = {{0, 1}, {0, -1}};
        MlrModel model = new MlrModel(weights, List.of("up", "down"));
        assertThat(model.predictName(new double[] {1, 3})).isEqualTo("up");
        assertThat(model.predictName(new double[] {1, -3})).isEqualTo("down");
        assertThat(model.evaluate(new double[][] {{1, 3}}, new int[] {0}).labelNames())
                .containsExactly("up", "down");
        assertThat(new MlrModel(weights).labelNames()).containsExactly("0", "1");
        assertThat(new MlrModel(weights)).isNotEqualTo(model);
        assertThatThrownBy(() -> new MlrModel(weights, List.of("up")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected names of 2 classes, found 1");
    }
}
