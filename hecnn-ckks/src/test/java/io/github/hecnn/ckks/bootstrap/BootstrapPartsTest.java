package io.github.hecnn.ckks.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.internal.cipher.Encoders;
import io.github.hecnn.ckks.internal.cipher.Plaintexts;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Plaintext;
import io.github.hecnn.ckks.scheme.Polynomials;
import io.github.hecnn.core.rns.CrtReconstructor;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mathematics of bootstrapping on plain numbers. */
class BootstrapPartsTest {
    @ParameterizedTest
    @CsvSource({"1,10,-17.2", "3,7,-24.0", "5,5,-23.5"})
    void correctionsTakeTheSinesErrorOut(int degree, int ratioBits, double bits) {
        double ratio = 1 << ratioBits;
        double[] c = SineFits.oddCorrection(degree, ratio, 1);
        assertThat(c).hasSize((degree + 1) / 2);
        assertThat(Math.log(SineFits.correctionError(c, ratio, 1)) / Math.log(2))
                .isLessThan(bits);
        assertThat(SineFits.correctionError(c, ratio, 1)).isLessThan(SineFits.correctionError(c, ratio, 2) / 4);
    }

    @Test
    void theEvenCosineIsOne() {
        double a = 2 * Math.PI * 13.26 / 8;
        double[] c = SineFits.evenCosine(a);
        double worst = 0;
        for (double u = -1; u <= 1; u += 1e-3) {
            double angle = Math.acos(Math.max(-1, Math.min(1, 2 * u * u - 1)));
            double sum = 0;
            for (int k = 0; k < c.length; k++) {
                sum += c[k] * Math.cos(k * angle);
            }
            worst = Math.max(worst, Math.abs(sum - 2 * Math.cos(a * u)));
        }
        assertThat(worst).isLessThan(Math.scalb(1.0, -37));
    }

    @Test
    void splitsAreExactInTheirBasis() {
        Random r = new Random(1);
        double[] g = r.doubles(16).toArray();
        double[][] s = ModularReduction.split(g, 8);
        for (double angle = 0; angle < 3; angle += 0.1) {
            assertThat(value(s[0], angle) * 2 * Math.cos(8 * angle) + value(s[1], angle))
                    .isCloseTo(value(g, angle), within(1e-12));
        }
    }

    /** g[0] + sum of g[k] 2 cos(k angle). */
    private static double value(double[] g, double angle) {
        double sum = g[0];
        for (int k = 1; k < g.length; k++) {
            sum += g[k] * 2 * Math.cos(k * angle);
        }
        return sum;
    }

    /** Against a simulation where there are enough samples, and the known numbers of larger bounds. */
    @Test
    void failuresFollowIrwinAndHall() {
        Random r = new Random(2);
        int beyond = 0;
        int samples = 1_000_000;
        for (int i = 0; i < samples; i++) {
            double sum = 0;
            for (int k = 0; k < 33; k++) {
                sum += r.nextDouble() - 0.5;
            }
            beyond += Math.abs(Math.rint(sum)) > 4 ? 1 : 0;
        }
        assertThat(Math.pow(2, IrwinHall.log2Beyond(32, 4))).isCloseTo(beyond / 1e6, within(3e-4));
        assertThat(IrwinHall.log2Beyond(32, 11)).isCloseTo(-45.1, within(0.05));
        assertThat(IrwinHall.log2Beyond(32, 13)).isCloseTo(-69.4, within(0.05));
        assertThat(IrwinHall.log2Beyond(32, 15)).isCloseTo(-121.7, within(0.05));
        assertThat(IrwinHall.log2Beyond(32, 16)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 7})
    void stagesTogetherAreTheEncodersTransform(int logSlots) {
        int n = 1 << logSlots;
        CkksParameters p = CkksParameters.builder()
                .logRingDegree(11)
                .levels(1)
                .securityLevel(SecurityLevel.NONE)
                .build();
        CkksContext context = CkksContext.create(p);
        CkksEncoder encoder = new CkksEncoder(context);
        Random r = new Random(3);
        double[] re = r.doubles(n, -1, 1).toArray();
        double[] im = r.doubles(n, -1, 1).toArray();
        Plaintext m = encoder.encode(re, im);
        double[] c = new CrtReconstructor(Plaintexts.polynomial(m).basis())
                .toDoubles(Rings.of(context).arithmetic().toCoefficients(Plaintexts.polynomial(m)), m.scale());
        // coefficients in bit-reversed order, lower half real and upper half imaginary
        double[][] x = new double[2][n];
        int gap = p.slots() / n;
        for (int j = 0; j < n; j++) {
            int k = Integer.reverse(j) >>> (32 - logSlots);
            x[0][j] = c[k * gap];
            x[1][j] = c[p.slots() + k * gap];
        }
        for (List<Integer> sizes : List.of(List.of(logSlots), List.of(logSlots / 2, logSlots - logSlots / 2))) {
            List<Integer> some = sizes.stream().filter(s -> s > 0).toList();
            double[][] slots = applied(x, StagePlan.stages(some, false, 3));
            double[][] back = applied(slots, StagePlan.stages(some, true, 3));
            for (int i = 0; i < n; i++) {
                assertThat(slots[0][i]).isCloseTo(re[i], within(1e-9));
                assertThat(slots[1][i]).isCloseTo(im[i], within(1e-9));
                assertThat(back[0][i]).isCloseTo(x[0][i], within(1e-12));
                assertThat(back[1][i]).isCloseTo(x[1][i], within(1e-12));
            }
        }
    }

    private static double[][] applied(double[][] x, List<StagePlan> stages) {
        double[][] v = x;
        int n = x[0].length;
        for (StagePlan s : stages) {
            NavigableMap<Integer, double[][]> diagonals =
                    SlotDiagonals.of(s.low(), s.butterflies(), s.logSlots(), s.inverse());
            assertThat(diagonals).hasSize(s.diagonals());
            assertThat(diagonals.firstKey()).isEqualTo(s.first() * s.unit());
            double[][] out = new double[2][n];
            for (Map.Entry<Integer, double[][]> d : diagonals.entrySet()) {
                double[][] m = d.getValue();
                assertThat(m[0]).hasSize(s.period());
                for (int i = 0; i < n; i++) {
                    int k = i % s.period();
                    int from = Math.floorMod(i + d.getKey(), n);
                    out[0][i] += m[0][k] * v[0][from] - m[1][k] * v[1][from];
                    out[1][i] += m[0][k] * v[1][from] + m[1][k] * v[0][from];
                }
            }
            v = out;
        }
        return v;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 512, 1024})
    void aPeriodicEncodingIsTheEncodingInAllOfTheRing(int values) {
        CkksContext context = CkksContext.create(CkksParameters.builder()
                .logRingDegree(12)
                .levels(2)
                .securityLevel(SecurityLevel.NONE)
                .build());
        CkksEncoder encoder = new CkksEncoder(context);
        Random random = new Random(values);
        double[] re = random.doubles(values, -1, 1).toArray();
        double[] im = random.doubles(values, -1, 1).toArray();
        var periodic = Encoders.periodic(encoder, re, im, 1, 0x1p40);
        var full = Polynomials.of(encoder.encodeExtended(re, im, 1, 0x1p40));
        assertThat(periodic.basis()).isEqualTo(full.basis());
        assertThat(periodic.memoryBytes()).isEqualTo(16L * values * full.size());
        for (int i = 0; i < full.size(); i++) {
            assertThat(periodic.limb(i, new double[4096])).containsExactly(full.limb(i));
        }
    }

    @Test
    void predictedSecondsFollowTheWork() {
        BootstrapPrediction whole = BootstrapPreset.BOOT_16.parameters().prediction();
        assertThat(whole.seconds()).isBetween(1.8, 2.6);
        assertThat(BootstrapPreset.BOOT_16_TRAINING.parameters().prediction().seconds())
                .isLessThan(whole.seconds());
        assertThat(BootstrapPreset.BOOT_16_PRECISE.parameters().prediction().seconds())
                .isGreaterThan(whole.seconds());
        assertThat(BootstrapPreset.TEST_12.parameters().prediction().seconds()).isLessThan(whole.seconds() / 10);
    }
}
