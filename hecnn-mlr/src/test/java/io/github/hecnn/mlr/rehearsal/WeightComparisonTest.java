package io.github.hecnn.mlr.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WeightComparisonTest {
    private static final double[][] EXPECTED = {{3, 1e-3, 0}, {-4, 1e-3, 0}};
    private static final double[][] PREDICTED = {{1e-6, 1e-8, 1e-7}, {0, 3e-8, 0}};

    private static WeightComparison with(int classIndex, int feature, double error) {
        double[][] found = {EXPECTED[0].clone(), EXPECTED[1].clone()};
        found[classIndex][feature] += error;
        return WeightComparison.of(found, EXPECTED, PREDICTED);
    }

    @Test
    void errorsAreRelativeToTheRootMeanSquareOfTheirColumn() {
        WeightComparison large = with(1, 0, 1e-6);
        assertThat(large.relativeError(0)).isCloseTo(1e-6 / Math.sqrt(12.5), within(1e-12));
        WeightComparison small = with(0, 1, 1e-6);
        assertThat(small.relativeError(0)).isZero();
        assertThat(small.relativeError(1)).isCloseTo(1e-3, within(1e-9));
        assertThat(small.largestRelativeError()).isEqualTo(small.relativeError(1));
        assertThat(small.largestError()).isCloseTo(1e-6, within(1e-12));
    }

    @Test
    void aColumnOfZerosHasNoRelativeError() {
        WeightComparison c = with(0, 2, 1e-8);
        assertThat(c.relativeError(2)).isNaN();
        assertThat(c.largestRelativeError()).isZero();
        assertThat(c.largestError()).isEqualTo(1e-8);
    }

    @Test
    void aDeviationIsTheLargestOfTheWeightsOwnItsColumnsAndTheMedianOfColumns() {
        WeightComparison c = with(0, 0, 0);
        assertThat(c.weight(0, 0).deviation()).isEqualTo(1e-6);
        assertThat(c.weight(1, 0).deviation()).isCloseTo(1e-6 / Math.sqrt(2), within(1e-12));
        assertThat(c.weight(0, 1).deviation()).isCloseTo(1e-7 / Math.sqrt(2), within(1e-12));
        assertThat(c.weight(1, 1).deviation()).isEqualTo(c.weight(0, 1).deviation());
        assertThat(c.weight(0, 2).deviation()).isEqualTo(1e-7);
    }

    @Test
    void theLimitIsTwelveDeviationsOfEachWeight() {
        assertThat(with(0, 0, 11.9e-6).complaint()).isEmpty();
        assertThat(with(0, 0, -11.9e-6).farthest().isWithin()).isTrue();
        // Fine for the bias, and a thousandth of what a constant limit of 1 would let pass.
        assertThat(with(1, 1, 1e-6).complaint())
                .contains("within 12 predicted deviations", "1.00e-06 in class 1, feature 1", "deviation is 7.07e-08");
        assertThat(with(0, 0, -12.1e-6).complaint()).contains("-1.21e-05 in class 0, feature 0");
    }

    @Test
    void roundingOfDoublesIsNoComplaintWithoutNoise() {
        double[][] none = new double[2][3];
        double[][] rounded = {{Math.nextUp(3.0), 1e-3, 1e-16}, {-4, 1e-3, 0}};
        assertThat(WeightComparison.of(rounded, EXPECTED, none).complaint()).isEmpty();
        assertThat(WeightComparison.of(none, none, none).complaint()).isEmpty();
        assertThat(WeightComparison.of(rounded, none, none).complaint()).contains("class 0, feature 0");
    }

    @Test
    void weightsThatAreNoNumbersAreBeyondEveryLimit() {
        for (double v : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThat(with(1, 2, v).complaint()).contains("in class 1, feature 2");
        }
        assertThat(with(1, 2, Double.NaN).largestError()).isNaN();
    }

    @Test
    void shapesThatDifferAreRefused() {
        double[][][] wrong = {{}, {{1, 2, 3}}, {{1, 2}, {1, 2}}, {{1, 2, 3}, {1, 2}}, {{}, {}}};
        for (double[][] w : wrong) {
            assertThatThrownBy(() -> WeightComparison.of(w, EXPECTED, PREDICTED))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected decrypted weights of 2 classes and 3 features");
            assertThatThrownBy(() -> WeightComparison.of(EXPECTED, EXPECTED, w))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected predicted weights");
        }
        assertThatThrownBy(() -> WeightComparison.of(new double[0][], new double[0][], new double[0][]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void predictionsThatAreNotFiniteAreRefused() {
        double[][] infinite = {{1e-6, 1e-8, 1e-7}, {1e-6, Double.POSITIVE_INFINITY, 0}};
        assertThatThrownBy(() -> WeightComparison.of(EXPECTED, EXPECTED, infinite))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("finite predicted values, found Infinity for class 1, feature 1");
        assertThatThrownBy(() -> WeightComparison.of(EXPECTED, infinite, PREDICTED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("finite rehearsed values");
    }
}
