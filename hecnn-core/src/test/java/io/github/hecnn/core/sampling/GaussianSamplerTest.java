package io.github.hecnn.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianSamplerTest {
    private static double[] sample(double sigma, long seed, int n) {
        double[] out = new double[n];
        new GaussianSampler(sigma).fill(RandomSource.seeded(seed), out);
        return out;
    }

    private static double[] discreteGaussian(double sigma, int bound) {
        double[] p = new double[2 * bound + 1];
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            double x = i - bound;
            p[i] = Math.exp(-x * x / (2 * sigma * sigma));
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return p;
    }

    private static void assertMoments(double[] out, double sigma) {
        double n = out.length;
        double mean = Arrays.stream(out).sum() / n;
        double variance = Arrays.stream(out).map(v -> v * v).sum() / n;
        double fourth = Arrays.stream(out).map(v -> v * v * v * v).sum() / n;
        assertThat(Math.abs(mean)).isLessThan(5 * sigma / Math.sqrt(n));
        // Standard deviations of these estimators for a normal distribution.
        assertThat(Math.abs(variance / (sigma * sigma) - 1)).isLessThan(5 * Math.sqrt(2 / n));
        assertThat(Math.abs(fourth / Math.pow(sigma, 4) - 3)).isLessThan(5 * Math.sqrt(96 / n));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, GaussianSampler.SIGMA, 8.25, GaussianSampler.MAX_TABLE_SIGMA})
    void tableFollowsTheDiscreteGaussian(double sigma) {
        double[] out = sample(sigma, 1, 1 << 18);
        int bound = (int) (9.5 * sigma);
        Statistics.assertIntegersWithin(out, bound);
        long[] hits = new long[2 * bound + 1];
        for (double v : out) {
            hits[(int) v + bound]++;
        }
        Statistics.assertChiSquare(hits, discreteGaussian(sigma, bound));
        Statistics.assertUncorrelated(out, out, 1);
        Statistics.assertUncorrelated(out, out, 512);
    }

    @Test
    void errorsHaveTheMomentsOfSigma() {
        double[] out = sample(GaussianSampler.SIGMA, 2, 1 << 21);
        assertMoments(out, GaussianSampler.SIGMA);
        // 5 sigma happens about once in 1.7 million samples; 20 would be 6.2 sigma.
        assertThat(Arrays.stream(out).map(Math::abs).max().orElseThrow()).isBetween(15.0, 20.0);
    }

    // The same words against cumulative sums in ordinary doubles: differs only where a word comes within 2^-50 of a
    // step.
    @Test
    void eachWordGivesTheValueOfItsQuantile() {
        double sigma = GaussianSampler.SIGMA;
        double[] p = discreteGaussian(sigma, 30);
        RandomSource source = RandomSource.seeded(3);
        for (double found : sample(sigma, 3, 20_000)) {
            long word = source.nextLong();
            double u = (word >>> 1) * 0x1p-63;
            int magnitude = 0;
            for (double sum = p[30]; u >= sum && magnitude < 30; sum += 2 * p[30 + magnitude]) {
                magnitude++;
            }
            assertThat(found).isEqualTo((word & 1) == 0 ? magnitude : 0.0 - magnitude);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {33, 1e6, 0x1p44})
    void wideNoiseHasTheMomentsOfANormalDistribution(double sigma) {
        double[] out = sample(sigma, 4, (1 << 18) + 1);
        Statistics.assertIntegersWithin(out, 8.6 * sigma);
        assertMoments(out, sigma);
        Statistics.assertUncorrelated(out, out, 1);
        Statistics.assertUncorrelated(out, out, 2);
        // Quantiles of the normal distribution at 1/4, 1/2 and 3/4.
        long[] hits = new long[4];
        for (double v : out) {
            double z = (v + 0.5 - (sigma > 100 ? 0.5 : 0)) / sigma;
            hits[z < -0.6744897501960817 ? 0 : z < 0 ? 1 : z < 0.6744897501960817 ? 2 : 3]++;
        }
        assertThat(Arrays.stream(hits).min().orElseThrow()).isGreaterThan(out.length / 4 * 97 / 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 1500})
    void lengthDoesNotChangeTheOrder(int n) {
        double[] longer = sample(GaussianSampler.SIGMA, 5, 3000);
        assertThat(sample(GaussianSampler.SIGMA, 5, n)).isEqualTo(Arrays.copyOf(longer, n));
        double[] longerWide = sample(1e9, 5, 3000);
        assertThat(sample(1e9, 5, n)).isEqualTo(Arrays.copyOf(longerWide, n));
    }

    @Test
    void knownAnswers() {
        RandomSource source = RandomSource.seeded(KnownAnswers.countingSeed());
        double[] out = new double[1 << 15];
        new GaussianSampler(GaussianSampler.SIGMA).fill(source, out);
        assertThat(KnownAnswers.hash(out))
                .isEqualTo("10e1774fef26abbc9451d7bc6878c6f6470fefdddda7e10285fd9ee5bca260fc");
        new GaussianSampler(1e6).fill(source, out);
        assertThat(KnownAnswers.hash(out))
                .isEqualTo("a96d04dc925f2ad0ae94f55c5e2137f24dc1dfe240edb421b5d7ae74141f1c49");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, 0, 0.49, -3.2, 0x1.0000000000001p44, Double.POSITIVE_INFINITY})
    void refusesSigma(double sigma) {
        assertThatThrownBy(() -> new GaussianSampler(sigma))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a standard deviation from 0.5 to 2^44, found " + sigma);
    }
}
