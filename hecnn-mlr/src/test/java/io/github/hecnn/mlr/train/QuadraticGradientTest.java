package io.github.hecnn.mlr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuadraticGradientTest {
    /** From numpy. */
    @Test
    void agreesWithTheReference() {
        double[] b = QuadraticGradient.diagonal(PlainTrainerTest.X);
        assertThat(b)
                .containsExactly(
                        new double[] {0.31067961164083324, 0.33507853402018584, 0.4149108589779227}, within(1e-15));
    }

    @Test
    void meansAreSumsOverTheSamples() {
        double[] sums = QuadraticGradient.diagonal(PlainTrainerTest.X);
        double[] means = QuadraticGradient.meanDiagonal(PlainTrainerTest.X);
        for (int k = 0; k < sums.length; k++) {
            assertThat(means[k]).isCloseTo(5 * sums[k], within(1e-8));
        }
    }

    @Test
    void staysFiniteForAFeatureOfZeros() {
        assertThat(QuadraticGradient.diagonal(new double[][] {{1, 0}, {1, 0}}))
                .containsExactly(new double[] {2, 1e10}, within(1e-4));
    }

    @Test
    void refusesWhatIsNoDesignMatrix() {
        refused(new double[0][], "expected at least 1 sample, found none");
        refused(new double[][] {{}}, "found no columns");
        refused(new double[][] {{1, 2}, {1}}, "found 1 in row 1");
        refused(new double[][] {{2, 2}}, "expected a leading column of ones, found 2.0 in row 0");
        refused(new double[][] {{1, Double.NaN}}, "found NaN in row 0, column 1");
    }

    private static void refused(double[][] x, String message) {
        assertThatThrownBy(() -> QuadraticGradient.diagonal(x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
