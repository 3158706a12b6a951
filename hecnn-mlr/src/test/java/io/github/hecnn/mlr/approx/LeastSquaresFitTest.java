package io.github.hecnn.mlr.approx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeastSquaresFitTest {
    @Test
    void reproducesPolynomialsOfItsDegreeOnAnAsymmetricInterval() {
        double[] c = LeastSquaresFit.fit(x -> 2 - 3 * x + 0.5 * x * x * x, 3, -1.5, 4);
        assertThat(c).hasSize(4);
        assertThat(c).containsExactly(new double[] {2, -3, 0, 0.5}, within(1e-12));
    }

    @Test
    void agreesWithTheClosedFormForTheExponential() {
        // Least squares of exp on [-1, 1], degree 1: constant sinh(1), slope 3/e.
        double[] c = LeastSquaresFit.fit(Math::exp, 1, -1, 1);
        assertThat(c[0]).isCloseTo(Math.sinh(1), within(1e-14));
        assertThat(c[1]).isCloseTo(3 / Math.E, within(1e-14));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 12, 20, 31})
    void residualIsOrthogonalToEveryLowerDegree(int degree) {
        double lo = -6;
        double hi = 10;
        double[] c = LeastSquaresFit.fit(SigmoidApproximation::sigmoid, degree, lo, hi);
        // Midpoint rule, an integration of its own; t^j is bounded on [-1, 1].
        int n = 200_000;
        for (int j = 0; j <= degree; j++) {
            double moment = 0;
            for (int i = 0; i < n; i++) {
                double t = -1 + (2 * i + 1.0) / n;
                double x = 2 + 8 * t;
                moment += (horner(c, x) - SigmoidApproximation.sigmoid(x)) * Math.pow(t, j) / n;
            }
            assertThat(moment).as("moment %d", j).isCloseTo(0, within(1e-8));
        }
    }

    @Test
    void errorFallsWithTheDegree() {
        double before = 1;
        for (int degree = 3; degree <= LeastSquaresFit.MAX_DEGREE; degree += 4) {
            double error = SigmoidApproximation.leastSquares(degree, 16).maxError();
            assertThat(error).isLessThan(before);
            before = error;
        }
        assertThat(before).isLessThan(2e-3);
    }

    @Test
    void acceptsFunctionsThatAreNotSmooth() {
        // |x| on [-1, 1], degree 2: 3/16 + 15/16 x^2.
        double[] c = LeastSquaresFit.fit(Math::abs, 2, -1, 1);
        assertThat(c).containsExactly(new double[] {3.0 / 16, 0, 15.0 / 16}, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 32})
    void refusesDegreesOutOfRange(int degree) {
        assertThatThrownBy(() -> LeastSquaresFit.fit(Math::exp, degree, -1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a degree of 1..31, found " + degree);
    }

    @Test
    void refusesEmptyAndInfiniteIntervals() {
        double[][] intervals = {{1, 1}, {2, 1}, {Double.NaN, 1}, {0, Double.POSITIVE_INFINITY}};
        for (double[] interval : intervals) {
            assertThatThrownBy(() -> LeastSquaresFit.fit(Math::exp, 3, interval[0], interval[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(
                            "expected a finite interval lo < hi, found [" + interval[0] + ", " + interval[1]);
        }
    }

    @Test
    void refusesFunctionsThatAreNotFinite() {
        assertThatThrownBy(() -> LeastSquaresFit.fit(Math::log, 3, -1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a finite function on [-1.0, 1.0], found NaN at ");
    }

    private static double horner(double[] c, double x) {
        double p = 0;
        for (int k = c.length - 1; k >= 0; k--) {
            p = p * x + c[k];
        }
        return p;
    }
}
