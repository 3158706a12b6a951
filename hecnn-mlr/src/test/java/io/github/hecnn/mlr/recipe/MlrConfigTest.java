package io.github.hecnn.mlr.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MlrConfigTest {
    @Test
    void startsFromZeroWithThePapersCubic() {
        assertThat(MlrConfig.of(128, 401, 10, 2))
                .isEqualTo(MlrConfig.builder(128, 401, 10, 2).build());
    }

    @Test
    void refusesNumbersOutOfRange() {
        refused(0, 2, 2, 1, "expected at least 1 samples, found 0");
        refused(1, 1, 2, 1, "expected at least 2 features (with the leading 1), found 1");
        refused(1, 2, 1, 1, "expected at least 2 classes, found 1");
        refused(1, 2, 2, 0, "expected at least 1 iterations, found 0");
        assertThatThrownBy(() ->
                        MlrConfig.builder(1, 2, 2, 1).initialWeight(Double.NaN).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a finite initial weight, found NaN");
    }

    private static void refused(int samples, int features, int classes, int iterations, String message) {
        assertThatThrownBy(() -> MlrConfig.of(samples, features, classes, iterations))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void checksData() {
        MlrConfig config = MlrConfig.of(2, 3, 2, 1);
        double[][] x = {{1, 2, 3}, {1, 4, 5}};
        assertThatCode(() -> config.check(x, new int[] {0, 1})).doesNotThrowAnyException();
        refused(config, x, new int[1], "expected 2 samples and labels, found 2 and 1");
        refused(config, new double[][] {{1, 2, 3}}, new int[2], "found 1 and 2");
        refused(config, x, new int[] {0, 2}, "expected labels 0..1, found 2 for sample 1");
        refused(config, x, new int[] {-1, 0}, "found -1 for sample 0");
        refused(
                config,
                new double[][] {{1, 2, 3}, {1, 2}},
                new int[2],
                "expected rows of 3 columns (the leading 1 counted), found 2 in row 1");
        refused(
                config,
                new double[][] {{1, 2, 3}, {0, 2, 3}},
                new int[2],
                "expected a leading column of ones, found 0.0 in row 1");
        refused(
                config,
                new double[][] {{1, 2, 3}, {1, 2, Double.POSITIVE_INFINITY}},
                new int[2],
                "found Infinity in row 1, column 2");
    }

    private static void refused(MlrConfig config, double[][] x, int[] labels, String message) {
        assertThatThrownBy(() -> config.check(x, labels))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
