package io.github.hecnn.mlr.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.Iris;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BaselineTest {
    private static final double[][] X = Iris.standardized();
    private static final int[] LABELS = Iris.labels();

    @Test
    void theFirstStepIsTheOneWorkedByHand() {
        // Two samples (1, 1) and (1, -1) of classes 0 and 1: X^T X = 2 I, errors +-1/2, gradient (0, 1) for class 0.
        double[][] x = {{1, 1}, {1, -1}};
        int[] labels = {0, 1};
        double eta = (1 - 0.01) / ((1 + Math.sqrt(1 + 4 * 0.01 * 0.01)) / 2);
        double factor = (1 - eta) * (1 + 1.0 / 2);
        double[][] sigmoid = Baseline.SIGMOID.train(x, labels, 2, 1).get(0); // step 4 / 2
        assertThat(sigmoid[0]).containsExactly(new double[] {0, factor * 2}, within(1e-12));
        assertThat(sigmoid[1]).containsExactly(new double[] {0, -factor * 2}, within(1e-12));
        double[][] softmax = Baseline.SOFTMAX.train(x, labels, 2, 1).get(0); // step 2 / 2
        assertThat(softmax[0][1]).isCloseTo(factor, within(1e-12));
        double[][] quadratic = Baseline.SIGMOID_QUADRATIC.train(x, labels, 2, 1).get(0); // 4 / 2 again
        assertThat(quadratic[0][1]).isCloseTo(factor * 2, within(1e-8));
    }

    @ParameterizedTest
    @EnumSource(Baseline.class)
    void improvesItsObjectiveUntilItHasLearned(Baseline baseline) {
        List<double[][]> weights = baseline.train(X, LABELS, 3, 60);
        LearningCurve curve = LearningCurve.of(baseline.toString(), weights, X, LABELS);
        assertThat(curve.points()).hasSize(60);
        assertThat(objective(baseline, curve.points().get(59)))
                .isGreaterThan(objective(baseline, curve.points().get(29)))
                .isLessThan(0);
        assertThat(objective(baseline, curve.points().get(29)))
                .isGreaterThan(objective(baseline, curve.points().get(4)));
        assertThat(curve.points().get(59).accuracy()).isGreaterThan(0.9);
        assertThat(curve.toString().lines()).hasSize(62);
    }

    private static double objective(Baseline baseline, LearningCurve.Point p) {
        return baseline == Baseline.SOFTMAX ? p.logLikelihood() : p.sle();
    }

    /** Figure 1 of the paper: with the quadratic gradient the same objective rises faster. */
    @Test
    void theQuadraticGradientNeedsFewerIterations() {
        LearningCurve plain = LearningCurve.of("", Baseline.SIGMOID.train(X, LABELS, 3, 8), X, LABELS);
        LearningCurve quadratic = LearningCurve.of("", Baseline.SIGMOID_QUADRATIC.train(X, LABELS, 3, 8), X, LABELS);
        for (int t = 1; t < 8; t++) {
            assertThat(quadratic.points().get(t).sle())
                    .isGreaterThan(plain.points().get(t).sle());
        }
    }

    @Test
    void thePolynomialTrainingFollowsTheExactOne() {
        MlrConfig config = MlrConfig.builder(150, 5, 3, 6)
                .preconditioner(Preconditioner.ALGORITHM_1)
                .outsideInterval(OutsideInterval.GO_ON)
                .sigmoid(SigmoidApproximation.leastSquares(25, 12))
                .build();
        List<double[][]> polynomial = PlainTrainer.train(X, LABELS, config);
        List<double[][]> exact = Baseline.SIGMOID_QUADRATIC.train(X, LABELS, 3, 6);
        for (int j = 0; j < 3; j++) {
            for (int k = 0; k < 5; k++) {
                assertThat(polynomial.get(5)[j][k]).isCloseTo(exact.get(5)[j][k], within(2e-3));
            }
        }
    }

    @Test
    void refusesWhatCannotBeTrainedOn() {
        double[][] x = {{1, 2}, {1, 3}};
        assertThatThrownBy(() -> Baseline.SOFTMAX.train(x, new int[1], 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 1 labels for 2 samples");
        assertThatThrownBy(() -> Baseline.SIGMOID.train(x, new int[] {0, 2}, 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected labels 0..1, found 2 for sample 1");
        assertThatThrownBy(() -> Baseline.SIGMOID.train(new double[][] {{2, 2}, {1, 3}}, new int[2], 2, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
