package io.github.hecnn.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TernarySamplerTest {
    private static double[] sample(TernarySampler sampler, long seed, int n) {
        double[] out = new double[n];
        Arrays.fill(out, Double.NaN);
        sampler.fill(RandomSource.seeded(seed), out);
        return out;
    }

    @Test
    void denseIsUniformAndIndependent() {
        double[] out = sample(TernarySampler.dense(), 1, 1 << 17);
        Statistics.assertIntegersWithin(out, 1);
        long[] single = new long[3];
        long[] pairs = new long[9];
        long[] acrossBytes = new long[9];
        for (int i = 0; i < out.length; i++) {
            single[(int) out[i] + 1]++;
            if (i + 5 < out.length) {
                pairs[3 * (int) out[i] + (int) out[i + 1] + 4]++;
                acrossBytes[3 * (int) out[i] + (int) out[i + 5] + 4]++;
            }
        }
        Statistics.assertChiSquare(single, Statistics.uniform(3));
        Statistics.assertChiSquare(pairs, Statistics.uniform(9));
        Statistics.assertChiSquare(acrossBytes, Statistics.uniform(9));
    }

    @Test
    void denseIsTheBaseThreeDigitsOfTheBytesBelow243() {
        byte[] bytes = new byte[4000];
        RandomSource.seeded(2).nextBytes(bytes);
        double[] out = sample(TernarySampler.dense(), 2, 15_003);
        int done = 0;
        for (byte b : bytes) {
            int rest = b & 0xff;
            for (int digit = 0; digit < 5 && rest < 243 && done < out.length; digit++) {
                assertThat(out[done++]).isEqualTo(rest % 3 - 1);
                rest /= 3;
            }
        }
        assertThat(done).isEqualTo(out.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 5, 6, 5119, 5120, 5121, 70_000})
    void denseFillsAnyLength(int n) {
        Statistics.assertIntegersWithin(sample(TernarySampler.dense(), 3, n), 1);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 1024", "64, 64", "63, 64", "192, 8192", "32, 65536"})
    void fixedWeightHasItsWeight(int h, int n) {
        double[] out = sample(TernarySampler.fixedWeight(h), h, n);
        Statistics.assertIntegersWithin(out, 1);
        assertThat(Arrays.stream(out).map(Math::abs).sum()).isEqualTo(h);
    }

    @Test
    void fixedWeightHasUniformPlacesAndSigns() {
        RandomSource source = RandomSource.seeded(4);
        TernarySampler sampler = TernarySampler.fixedWeight(8);
        long[] places = new long[32];
        long[] signs = new long[2];
        double[] out = new double[32];
        int rounds = 20_000;
        for (int round = 0; round < rounds; round++) {
            sampler.fill(source, out);
            for (int i = 0; i < out.length; i++) {
                if (out[i] != 0) {
                    places[i]++;
                    signs[out[i] > 0 ? 1 : 0]++;
                }
            }
        }
        Statistics.assertChiSquare(signs, Statistics.uniform(2));
        // Without replacement the counts vary less than chi-square supposes, by (n-h)/(n-1): so only from above, and by
        // place.
        double expected = rounds * 8 / 32.0;
        double deviation = Math.sqrt(rounds * 0.25 * 0.75);
        for (long hits : places) {
            assertThat(Math.abs(hits - expected)).isLessThan(4.5 * deviation);
        }
    }

    // Places taken together: every pair of different places equally often.
    @Test
    void fixedWeightHasUniformPairs() {
        RandomSource source = RandomSource.seeded(5);
        TernarySampler sampler = TernarySampler.fixedWeight(2);
        long[] hits = new long[15];
        double[] out = new double[6];
        for (int round = 0; round < 60_000; round++) {
            sampler.fill(source, out);
            int pair = 0;
            int index = 0;
            for (int i = 0; i < 6; i++) {
                for (int j = i + 1; j < 6; j++, index++) {
                    if (out[i] != 0 && out[j] != 0) {
                        pair = index;
                    }
                }
            }
            hits[pair]++;
        }
        Statistics.assertChiSquare(hits, Statistics.uniform(15));
    }

    @Test
    void knownAnswers() {
        RandomSource source = RandomSource.seeded(KnownAnswers.countingSeed());
        double[] out = new double[1 << 15];
        TernarySampler.dense().fill(source, out);
        assertThat(KnownAnswers.hash(out))
                .isEqualTo("d7c0bae77eaea63f4168680f4e54e78897cfa4cc9df08309a737895b54d2fff9");
        TernarySampler.fixedWeight(192).fill(source, out);
        assertThat(KnownAnswers.hash(out))
                .isEqualTo("2305f7d2932012238df9e3fb429725986c4ec9429fa7886bc74e60f8ea0101ab");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void refusesWeights(int h) {
        assertThatThrownBy(() -> TernarySampler.fixedWeight(h))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a Hamming weight of 1 or more, found " + h);
    }

    @Test
    void refusesMoreWeightThanPlaces() {
        assertThatThrownBy(() -> sample(TernarySampler.fixedWeight(65), 6, 64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at least 65 coefficients")
                .hasMessageContaining("found 64");
    }
}
