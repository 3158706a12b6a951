package io.github.hecnn.ckks.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.params.ModulusCapacity;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class NoiseFloodingTest {
    private static final int DEGREE = 1 << 15;
    private static final Percentage EXACT = Percentage.withPercentage(1e-9);

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    @Test
    void theTheoremsFactorByHand() {
        NoiseFlooding f = NoiseFlooding.of(0x1p-30, 1);
        assertThat(f.statisticalBits()).isEqualTo(30);
        assertThat(f.ratio()).isCloseTo(Math.sqrt(12) * 32768, EXACT);
        assertThat(f.coefficientDeviation(0x1p40)).isCloseTo(Math.sqrt(12) * 32768 * 1024, EXACT);
        assertThat(NoiseFlooding.of(0x1p-30, 4).ratio()).isCloseTo(2 * f.ratio(), EXACT);
        assertThat(f.withStatisticalBits(32).ratio()).isCloseTo(2 * f.ratio(), EXACT);
    }

    @Test
    void floodingByTheErrorOfOneCoefficientIsTooLittleByTheRootOfTheDegree() {
        NoiseFlooding f = NoiseFlooding.of(0x1p-30, 1);
        // as promised: the ratio is to the norm of all coefficients
        assertThat(log2(f.distance())).isCloseTo(-17.8, within(0.01));
        // the wrong reading: the same ratio to a single coefficient
        double wrong = NoiseFlooding.distance(NoiseFlooding.divergence(DEGREE, f.ratio()), 1);
        assertThat(log2(wrong)).isCloseTo(-10.3, within(0.01));
        // which the right one exceeds by sqrt(N), in coefficients and in slots
        double right = NoiseFlooding.distance(NoiseFlooding.divergence(DEGREE, f.ratio() * Math.sqrt(DEGREE)), 1);
        assertThat(right).isCloseTo(f.distance(), EXACT);
        double realPart = 0x1p-30 / Math.sqrt(2); // of an error with that root mean square in every slot
        assertThat(f.slotDeviation(DEGREE) / realPart).isCloseTo(f.ratio() * Math.sqrt(DEGREE), EXACT);
    }

    @Test
    void allQueriesTogetherHaveTheSameDistance() {
        for (int queries : new int[] {1, 7, 1000, Integer.MAX_VALUE}) {
            assertThat(NoiseFlooding.of(1e-6, queries).distance())
                    .isCloseTo(NoiseFlooding.of(1e-6, 1).distance(), EXACT);
        }
    }

    @Test
    void theSanitizersFiguresAreTheSameTheorem() {
        // N = 2^14 and 10,000 times the circuit's noise: 1e-4 nats a query, an advantage of 0.22 in 1000
        assertThat(NoiseFlooding.divergence(1 << 14, 1e4)).isCloseTo(8.2e-5, within(1e-6));
        assertThat(NoiseFlooding.distance(1e-4, 1000)).isCloseTo(0.2236, within(1e-4));
    }

    @Test
    void refusesWhatPromisesNothing() {
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> NoiseFlooding.of(bad, 1))
                    .isInstanceOf(InvalidParametersException.class)
                    .hasMessageContaining("positive finite bound of a slot's error, found " + bad);
        }
        for (int bad : new int[] {0, -5}) {
            assertThatThrownBy(() -> NoiseFlooding.of(1e-6, bad))
                    .isInstanceOf(InvalidParametersException.class)
                    .hasMessageContaining("at least 1 query, found " + bad);
        }
        for (int bad : new int[] {-1, 0, 19, 81}) {
            assertThatThrownBy(() -> NoiseFlooding.of(1e-6, 1).withStatisticalBits(bad))
                    .isInstanceOf(InvalidParametersException.class)
                    .hasMessageContaining("20..80 bits of statistical security, found " + bad);
        }
    }

    @Test
    void refusesWhatDoesNotFitOrLeavesNothing() {
        ModulusCapacity capacity = ModulusCapacity.ofBits(2, 49, 40); // Q/2 = 2^48, 2^88, 2^128
        NoiseFlooding f = NoiseFlooding.of(0x1p-30, 1).withStatisticalBits(20);
        assertThat(f.requireFits("test", capacity, 2048, 0, 0x1p40)).isEqualTo(f.coefficientDeviation(0x1p40));
        NoiseFlooding large = new NoiseFlooding(0x1p-5, 1, 20);
        // 8.6 * sqrt(12) * 2^10 * 2^-5 * 2^40 = 2^49.9
        assertThatThrownBy(() -> large.requireFits("test", capacity, 2048, 0, 0x1p40))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("below Q/2 = 2^48.0 at level 0, found 2^49.9, of which flooding 2^49.9")
                .hasMessageContaining("decrypt at a higher level");
        assertThatThrownBy(() -> large.requireFits("test", capacity, 2048, 2, 0x1p40))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("leaves a bit of slots up to 1.0, found a deviation of 3547.2 in a slot");
        NoiseFlooding small = new NoiseFlooding(0x1p-40, 1, 20);
        assertThatThrownBy(() -> small.requireFits("test", capacity, 2048, 2, 0x1p80))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("up to 2^44 in a coefficient, found 2^51.8; rescale the ciphertext first");
        assertThatThrownBy(() -> new NoiseFlooding(0x1p-41, 1, 20).requireFits("test", capacity, 2048, 0, 0x1p40))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("at least 1/scale");
    }
}
