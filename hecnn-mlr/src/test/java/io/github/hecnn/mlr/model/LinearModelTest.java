package io.github.hecnn.mlr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LinearModelTest {
    private static final LinearModel MODEL = new LinearModel(new double[][] {{0, 1, 0}, {0.5, 0, 0}, {0, 0, 1}});

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
        LinearModel steep = new LinearModel(new double[][] {{0, 10}, {0, -10}});
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
    void isAValue() {
        double[][] w = {{1, 2}, {3, 4}};
        LinearModel model = new LinearModel(w);
        w[0][0] = 9;
        model.weights()[0][1] = 9;
        assertThat(model.weights()).isDeepEqualTo(new double[][] {{1, 2}, {3, 4}});
        assertThat(model).isNotEqualTo(new LinearModel(w)).hasToString("logistic regression of 2 columns in 2 classes");
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
        assertThatThrownBy(() -> new LinearModel(weights))
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
    void knowsWhatItsClassesAreCalled() {
        double[][] weights = {{0, 1}, {0, -1}};
        LinearModel model = new LinearModel(weights, List.of("up", "down"));
        assertThat(model.predictName(new double[] {1, 3})).isEqualTo("up");
        assertThat(model.predictName(new double[] {1, -3})).isEqualTo("down");
        assertThat(model.evaluate(new double[][] {{1, 3}}, new int[] {0}).labelNames())
                .containsExactly("up", "down");
        assertThat(new LinearModel(weights).labelNames()).containsExactly("0", "1");
        assertThat(new LinearModel(weights)).isNotEqualTo(model);
        assertThatThrownBy(() -> new LinearModel(weights, List.of("up")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected names of 2 classes, found 1");
    }
}
