package io.github.hecnn.mlr.recipe.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.Schedule;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTrainerTest {
    static final double[][] X = {{1, 0.5, -0.25}, {1, -1, 0.75}, {1, 0.25, 1}, {1, -0.5, -1.5}, {1, 2, 0.125}};
    static final int[] LABELS = {0, 1, 2, 1, 0};

    /** From numpy: the paper's iteration, three times, from 0.0128. */
    @Test
    void fullBatchAgreesWithTheReference() {
        MlrConfig config = MlrConfig.builder(5, 3, 3, 3).initialWeight(0.0128).build();
        List<double[][]> history = PlainTrainer.train(X, LABELS, config);
        assertThat(history).hasSize(3);
        check(
                history.get(2),
                new double[][] {
                    {-0.3686358783244265, 1.274678206898187, -0.17192644038870056},
                    {-0.24644058885393666, -1.387168203522601, -0.6544091009846745},
                    {-0.9452821948525403, -0.2091474655595738, 0.8130300004843092}
                },
                1e-13);
    }

    /** From numpy: batches of 2 of 5 samples, two epochs of two batches; the fifth sample is in none. */
    @Test
    void minibatchesAgreeWithTheReference() {
        List<double[][]> history = PlainTrainer.trainMinibatches(
                X,
                LABELS,
                MlrConfig.builder(5, 3, 3, 4).schedule(Schedule.nesterov()).build(),
                2);
        assertThat(history).hasSize(4);
        check(
                history.get(3),
                new double[][] {
                    {-1.4486558991374257, 1.6150642123464072, -0.301475786530226},
                    {-0.05067695875048257, -2.1773664522738905, -1.5577688722687828},
                    {-1.2993416597183356, 1.1254784694021358, 1.9153605865929824}
                },
                1e-9); // the reference adds its constant to means, this one to sums
    }

    private static void check(double[][] found, double[][] expected, double tolerance) {
        for (int j = 0; j < expected.length; j++) {
            assertThat(found[j]).containsExactly(expected[j], within(tolerance));
        }
    }

    @Test
    void earlierIterationsDoNotDependOnLaterOnes() {
        List<double[][]> two = PlainTrainer.train(X, LABELS, MlrConfig.of(5, 3, 3, 2));
        List<double[][]> five = PlainTrainer.train(X, LABELS, MlrConfig.of(5, 3, 3, 5));
        assertThat(five.get(1)).isDeepEqualTo(two.get(1));
        assertThat(five.get(4)).isNotEqualTo(five.get(3));
    }

    @Test
    void improvesTheLoss() {
        List<double[][]> history = PlainTrainer.train(X, LABELS, MlrConfig.of(5, 3, 3, 6));
        double start = Loss.sle(X, LABELS, new double[3][3]);
        assertThat(Loss.sle(X, LABELS, history.get(0))).isGreaterThan(start);
        assertThat(Loss.sle(X, LABELS, history.get(5))).isGreaterThan(Loss.sle(X, LABELS, history.get(0)));
    }

    @Test
    void changesNoInput() {
        double[][] x = Arrays.stream(X).map(double[]::clone).toArray(double[][]::new);
        PlainTrainer.train(x, LABELS.clone(), MlrConfig.of(5, 3, 3, 2));
        assertThat(x).isDeepEqualTo(X);
    }

    @Test
    void findsTheLargestScore() {
        double[][] weights = {{0, 1, 0}, {-1, -1, 2}};
        assertThat(PlainTrainer.largestScore(X, weights)).isEqualTo(3.5);
        assertThatThrownBy(() -> PlainTrainer.largestScore(X, new double[1][2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 2 features, found 3");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6})
    void refusesBatchesOutOfRange(int batch) {
        assertThatThrownBy(() -> PlainTrainer.trainMinibatches(X, LABELS, MlrConfig.of(5, 3, 3, 1), batch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a batch of 1..5 samples, found " + batch);
    }

    @Test
    void refusesDataOfAnotherShape() {
        MlrConfig config = MlrConfig.of(4, 3, 3, 1);
        assertThatThrownBy(() -> PlainTrainer.train(X, LABELS, config)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PlainTrainer.trainMinibatches(X, LABELS, config, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
