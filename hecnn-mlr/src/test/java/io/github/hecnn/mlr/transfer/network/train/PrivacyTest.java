package io.github.hecnn.mlr.transfer.network.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PrivacyTest {
    /** Against a sum over the densities: delta is the integral of max(0, p(x) - e^epsilon q(x)) for p = N(1, s^2), q = N(0, s^2). */
    @Test
    void deltaIsTheHockeyStickDivergence() {
        for (double s : new double[] {0.7, 1, 3}) {
            for (double epsilon : new double[] {0, 0.5, 2}) {
                double sum = 0;
                double h = s * 1e-3;
                for (double x = -12 * s; x < 13 * s + 1; x += h) {
                    double p = Math.exp(-(x - 1) * (x - 1) / (2 * s * s));
                    double q = Math.exp(-x * x / (2 * s * s));
                    sum += Math.max(0, p - Math.exp(epsilon) * q) * h / (s * Math.sqrt(2 * Math.PI));
                }
                assertThat(GaussianAccountant.delta(s, 1, epsilon)).isCloseTo(sum, within(1e-5));
                assertThat(GaussianAccountant.delta(s * 4, 16, epsilon)).isCloseTo(sum, within(1e-5));
            }
        }
    }

    @Test
    void inversesAgree() {
        for (double epsilon : new double[] {0.1, 1, 8}) {
            double sigma = GaussianAccountant.noiseMultiplier(epsilon, 1e-5, 30);
            assertThat(GaussianAccountant.epsilon(sigma, 30, 1e-5)).isCloseTo(epsilon, within(1e-6));
            assertThat(GaussianAccountant.delta(sigma, 30, epsilon)).isLessThanOrEqualTo(1e-5);
            // never worse than the classic bound, which holds up to epsilon 1
            if (epsilon <= 1) {
                assertThat(sigma).isLessThan(Math.sqrt(2 * Math.log(1.25e5)) * Math.sqrt(30) / epsilon);
            }
        }
        assertThat(GaussianAccountant.epsilon(0, 1, 1e-5)).isInfinite();
        assertThat(GaussianAccountant.epsilon(1e9, 1, 1e-5)).isZero();
        assertThatThrownBy(() -> GaussianAccountant.delta(-1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GaussianAccountant.epsilon(1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GaussianAccountant.noiseMultiplier(0, 0.1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double[][] samples(int n, long seed, int[] labels) {
        Random r = new Random(seed);
        double[][] x = new double[n][20];
        for (int i = 0; i < n; i++) {
            labels[i] = r.nextInt(2);
            for (int k = 0; k < 20; k++) {
                x[i][k] = 5 * ((labels[i] == 1 ? 0.5 : -0.5) + r.nextGaussian());
            }
        }
        return x;
    }

    @Test
    void learnsWithNoiseAndLessWithMore() {
        int[] labels = new int[200];
        double[][] x = samples(200, 1, labels);
        int[] testLabels = new int[500];
        double[][] test = samples(500, 2, testLabels);
        double sigma = GaussianAccountant.noiseMultiplier(4, 1e-3, 30);
        DpLogisticRegression.Settings settings = DpLogisticRegression.Settings.standard(sigma, 3);
        assertThat(settings.epsilon(1e-3)).isCloseTo(4, within(1e-6));
        DpLogisticRegression head = DpLogisticRegression.train(x, labels, settings);
        assertThat(BinaryMetrics.of(head.predict(test), testLabels).accuracy()).isGreaterThan(0.85);
        assertThat(DpLogisticRegression.train(x, labels, settings).predict(test))
                .isEqualTo(head.predict(test));
        DpLogisticRegression drowned =
                DpLogisticRegression.train(x, labels, DpLogisticRegression.Settings.standard(1000, 3));
        assertThat(BinaryMetrics.of(drowned.predict(test), testLabels).accuracy())
                .isLessThan(0.85);
    }

    @Test
    void refusesWhatIsNotAsDescribed() {
        DpLogisticRegression.Settings s = DpLogisticRegression.Settings.standard(1, 1);
        assertThatThrownBy(() -> DpLogisticRegression.train(new double[0][], new int[0], s))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DpLogisticRegression.train(new double[][] {{1}}, new int[] {2}, s))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DpLogisticRegression.Settings(0, 1, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        DpLogisticRegression head = DpLogisticRegression.train(new double[][] {{1}, {2}}, new int[] {0, 1}, s);
        assertThatThrownBy(() -> head.predict(new double[1][2])).isInstanceOf(IllegalArgumentException.class);
    }
}
