package io.github.hecnn.mlr.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.recipe.RecipeSimulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuadraticGradientTest {
    private static final double[][] X = {{1, 0.5, -0.25}, {1, -1, 0.75}, {1, 0.25, 1}, {1, -0.5, -1.5}, {1, 2, 0.125}};

    /** From numpy. */
    @Test
    void agreesWithTheReference() {
        double[] b = QuadraticGradient.diagonal(X);
        assertThat(b)
                .containsExactly(
                        new double[] {0.31067961164083324, 0.33507853402018584, 0.4149108589779227}, within(1e-15));
    }

    /** Against the matrix itself, for sizes around the blocks of the computation. */
    @ParameterizedTest
    @CsvSource({"1, 2", "3, 15", "4, 16", "5, 17", "9, 33", "150, 50"})
    void algorithm1IsTheRowSumsOfTheMatrix(int samples, int features) {
        double[][] x = RecipeSimulation.data(samples, features, 2, samples).x();
        double[] b = QuadraticGradient.diagonal(x, Preconditioner.ALGORITHM_1);
        for (int k = 0; k < features; k++) {
            double sum = 0;
            for (int m = 0; m < features; m++) {
                double product = 0;
                for (double[] row : x) {
                    product += row[k] * row[m];
                }
                sum += Math.abs(product);
            }
            assertThat(b[k]).isCloseTo(1 / (1e-10 + sum / 4), within(1e-12 * b[k]));
        }
        assertThat(QuadraticGradient.diagonal(x, Preconditioner.ALGORITHM_1)).isEqualTo(b);
    }

    @Test
    void algorithm1HasTheLargerSteps() {
        double[][] x = RecipeSimulation.data(40, 21, 3, 5).x();
        double[] exact = QuadraticGradient.diagonal(x, Preconditioner.ALGORITHM_1);
        double[] bound = QuadraticGradient.diagonal(x, Preconditioner.PROGRAM_BOUND);
        assertThat(bound).isEqualTo(QuadraticGradient.diagonal(x));
        for (int k = 0; k < 21; k++) {
            assertThat(exact[k]).isGreaterThan(bound[k]);
        }
    }

    @Test
    void bothAreEqualForFeaturesWithoutNegativeEntries() {
        double[][] x = RecipeSimulation.data(40, 21, 3, 6).x();
        for (double[] row : x) {
            for (int k = 0; k < row.length; k++) {
                row[k] = Math.abs(row[k]);
            }
        }
        double[] exact = QuadraticGradient.diagonal(x, Preconditioner.ALGORITHM_1);
        double[] bound = QuadraticGradient.diagonal(x, Preconditioner.PROGRAM_BOUND);
        for (int k = 0; k < 21; k++) {
            assertThat(exact[k]).isCloseTo(bound[k], within(1e-13 * bound[k]));
        }
    }

    @Test
    void refusesFeaturesWhoseProductsOverflow() {
        for (Preconditioner p : Preconditioner.values()) {
            assertThatThrownBy(() -> QuadraticGradient.diagonal(new double[][] {{1, 1e200}, {1, -1e200}}, p))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("found Infinity as the sum for column");
        }
    }

    @Test
    void meansAreSumsOverTheSamples() {
        double[] sums = QuadraticGradient.diagonal(X);
        double[] means = QuadraticGradient.meanDiagonal(X);
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
