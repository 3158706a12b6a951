package io.github.hecnn.mlr.recipe.plain;

import static io.github.hecnn.mlr.recipe.plain.PlainTrainerTest.LABELS;
import static io.github.hecnn.mlr.recipe.plain.PlainTrainerTest.X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.approx.SigmoidApproximation;
import org.junit.jupiter.api.Test;

class LossTest {
    private static double[][] weights() {
        return new double[][] {{-0.4, -0.3, -0.2}, {-0.1, 0, 0.1}, {0.2, 0.3, 0.4}};
    }

    /** From numpy: the sum of ln |1 - y - sigmoid(z)|. */
    @Test
    void agreesWithTheReference() {
        assertThat(Loss.sle(X, LABELS, weights())).isCloseTo(-11.216377758957607, within(1e-12));
    }

    /** The property for which the sign inside the logarithm matters. */
    @Test
    void itsGradientIsErrorTimesFeatures() {
        double h = 1e-6;
        for (int j = 0; j < 3; j++) {
            for (int k = 0; k < 3; k++) {
                double[][] up = weights();
                double[][] down = weights();
                up[j][k] += h;
                down[j][k] -= h;
                double numeric = (Loss.sle(X, LABELS, up) - Loss.sle(X, LABELS, down)) / (2 * h);
                double exact = 0;
                for (int i = 0; i < X.length; i++) {
                    double z = PlainDesign.dot(X[i], weights()[j]);
                    exact += ((LABELS[i] == j ? 1 : 0) - SigmoidApproximation.sigmoid(z)) * X[i][k];
                }
                assertThat(numeric).isCloseTo(exact, within(1e-7));
            }
        }
    }

    @Test
    void theLogLikelihoodIsThatOfTheSoftmax() {
        double[][] w = {{0}, {Math.log(2)}, {Math.log(5)}}; // probabilities 1/8, 2/8, 5/8
        double expected = Math.log(2.0 / 8) + Math.log(5.0 / 8);
        assertThat(Loss.logLikelihood(new double[][] {{1}, {1}}, new int[] {1, 2}, w))
                .isCloseTo(expected, within(1e-14));
        double[][] large = {{1000}, {-1000}};
        assertThat(Loss.logLikelihood(new double[][] {{1}}, new int[] {1}, large))
                .isEqualTo(-2000);
        assertThatThrownBy(() -> Loss.logLikelihood(new double[][] {{1}}, new int[] {3}, w))
                .hasMessageContaining("log-likelihood: expected labels 0..2, found 3");
    }

    @Test
    void staysFiniteForLargeScores() {
        double[][] w = {{1000, 0}, {-1000, 0}};
        double[][] x = {{1, 0}};
        assertThat(Loss.sle(x, new int[] {0}, w)).isZero();
        assertThat(Loss.sle(x, new int[] {1}, w)).isEqualTo(-2000);
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        assertThatThrownBy(() -> Loss.sle(X, new int[2], weights()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 5 samples and 2 labels");
        assertThatThrownBy(() -> Loss.sle(X, new int[] {0, 1, 3, 0, 0}, weights()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected labels 0..2, found 3 for sample 2");
        assertThatThrownBy(() -> Loss.sle(X, LABELS, new double[3][2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 2 features, found 3 in row 0");
    }
}
