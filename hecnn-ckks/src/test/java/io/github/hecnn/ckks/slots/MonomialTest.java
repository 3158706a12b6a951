package io.github.hecnn.ckks.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.CkksFixture;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products with monomials of the ring: roots of unity in the slots, exactly and for nothing, in both algebras. */
class MonomialTest {
    private static final int PERIOD = 16;
    private static final CkksFixture F = new CkksFixture(CkksFixture.small(2, 1), RotationSteps.of(PERIOD));
    private static final int SLOTS = F.slots();
    private static final int N = 2 * SLOTS;
    private static final double[] RE = F.random(1);
    private static final double[] IM = F.random(2);

    private final CkksSlotAlgebra real = new CkksSlotAlgebra(F.context, F.keys);
    private final SimulatedSlotAlgebra simulated =
            SimulatedSlotAlgebra.builder(F.context.parameters()).build();

    private static Ciphertext encrypted() {
        return F.symmetric.encrypt(F.encoder.encode(RE, IM));
    }

    private static void assertSame(Ciphertext a, Ciphertext b) {
        assertThat(a.size()).isEqualTo(b.size());
        assertThat(a.level()).isEqualTo(b.level());
        assertThat(a.scale()).isEqualTo(b.scale());
        for (int c = 0; c < a.size(); c++) {
            for (int t = 0; t <= a.level(); t++) {
                assertThat(Ciphertexts.components(a).get(c).limb(t))
                        .containsExactly(Ciphertexts.components(b).get(c).limb(t));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                -1,
                5,
                77,
                511,
                512,
                1023,
                1024,
                1025,
                2047,
                2048,
                2049,
                4095,
                4096,
                4097,
                -1024,
                -2048,
                -4096,
                100_003,
                Integer.MAX_VALUE,
                Integer.MIN_VALUE,
                Integer.MIN_VALUE + 1
            })
    void everySlotIsMultipliedByItsRoot(int power) {
        Ciphertext a = real.multiplyByMonomial(encrypted(), power);
        SimulatedVector b = simulated.multiplyByMonomial(simulated.encrypt(RE, IM), power);
        assertThat(a.level()).isEqualTo(b.level()).isEqualTo(2);
        assertThat(a.size()).isEqualTo(b.components()).isEqualTo(2);
        assertThat(real.scaleDegree(a)).isEqualTo(b.scaleDegree()).isEqualTo(1);
        CkksEncoder.Slots got = F.encoder.decodeComplex(F.decryptor.decrypt(a), SLOTS);
        double[] re = simulated.decrypt(b);
        double[] im = simulated.decryptImaginary(b);
        long root = 1; // 5^j modulo 2N
        for (int j = 0; j < SLOTS; j++) {
            double angle = Math.floorMod(root * power, 2L * N) * Math.PI / N;
            double x = RE[j] * Math.cos(angle) - IM[j] * Math.sin(angle);
            double y = RE[j] * Math.sin(angle) + IM[j] * Math.cos(angle);
            assertThat(re[j]).isCloseTo(x, within(1e-12));
            assertThat(im[j]).isCloseTo(y, within(1e-12));
            assertThat(got.re()[j]).isCloseTo(x, within(1e-6));
            assertThat(got.im()[j]).isCloseTo(y, within(1e-6));
            root = root * 5 % (2L * N);
        }
        assertThat(real.counts()).isEqualTo(simulated.counts());
        assertThat(real.counts().keySwitches() + real.counts().additions()).isZero();
    }

    @Test
    void theyAreExactAtEveryLevelAndScale() {
        Ciphertext a = encrypted();
        Ciphertext product = real.multiplyNoRelin(real.dropToLevel(a, 1), a); // three components, scale degree 2
        for (Ciphertext c : new Ciphertext[] {a, product, real.dropToLevel(a, 0)}) {
            assertThat(real.multiplyByMonomial(c, 0)).isSameAs(c);
            assertThat(real.multiplyByMonomial(c, -4 * N)).isSameAs(c);
            assertSame(real.multiplyByMonomial(c, N / 2), real.multiplyByI(c));
            assertSame(real.multiplyByMonomial(c, N), real.negate(c));
            assertSame(real.multiplyByMonomial(c, 7 - 2 * N), real.multiplyByMonomial(c, 7));
            assertSame(real.multiplyByMonomial(real.multiplyByMonomial(c, 1234), -1234), c);
            assertSame(
                    real.multiplyByMonomial(real.multiplyByMonomial(c, N - 5), N + 8), real.multiplyByMonomial(c, 3));
        }
        SimulatedVector b = simulated.encrypt(RE, IM);
        assertThat(simulated.multiplyByMonomial(b, 2 * N)).isSameAs(b);
        SimulatedVector turned = simulated.multiplyByMonomial(b, N / 2);
        assertThat(simulated.decrypt(turned)).containsExactly(simulated.decrypt(simulated.multiplyByI(b)));
        assertThat(simulated.decryptImaginary(turned)).containsExactly(RE);
        SimulatedVector three = simulated.multiplyByMonomial(simulated.multiplyNoRelin(b, b), 9);
        assertThat(three.components()).isEqualTo(3);
        assertThat(three.scaleDegree()).isEqualTo(2);
    }

    @Test
    void aBoundGoesThrough() {
        SimulatedSlotAlgebra books =
                SimulatedSlotAlgebra.builder(F.context.parameters()).booksOnly().build();
        assertThat(books.multiplyByMonomial(books.fresh(0.75), 11).bound()).hasValue(0.75);
        assertThat(books.multiplyByMonomial(books.fresh(), 11).bound()).isEmpty();
    }

    /** P = a + mono * b; then (P + P rotated) / 2 = a and mono^-1 (P - P rotated) / 2 = b. */
    private static <V> V[] mergedAndSplit(SlotAlgebra<V> g, V a, V b, V[] out) {
        int power = N / (4 * PERIOD);
        V merged = g.add(a, g.multiplyByMonomial(b, power));
        V rotated = g.rotate(merged, PERIOD);
        out[0] = g.rescale(g.multiplyConstant(g.add(merged, rotated), 0.5));
        out[1] = g.rescale(g.multiplyConstant(g.multiplyByMonomial(g.subtract(merged, rotated), -power), 0.5));
        return out;
    }

    @Test
    void twoVectorsOfOnePeriodTravelInOne() {
        double[] a = new double[SLOTS];
        double[] b = new double[SLOTS];
        Arrays.setAll(a, i -> RE[i % PERIOD]);
        Arrays.setAll(b, i -> IM[i % PERIOD]);
        Ciphertext[] got = mergedAndSplit(real, F.encrypt(a), F.encrypt(b), new Ciphertext[2]);
        SimulatedVector[] expected =
                mergedAndSplit(simulated, simulated.encrypt(a), simulated.encrypt(b), new SimulatedVector[2]);
        double[][] in = {a, b};
        for (int k = 0; k < 2; k++) {
            CkksEncoder.Slots s = F.encoder.decodeComplex(F.decryptor.decrypt(got[k]), SLOTS);
            double[] re = simulated.decrypt(expected[k]);
            double[] im = simulated.decryptImaginary(expected[k]);
            for (int i = 0; i < SLOTS; i++) {
                assertThat(s.re()[i]).isCloseTo(in[k][i], within(1e-6));
                assertThat(s.im()[i]).isCloseTo(0, within(1e-6));
                assertThat(re[i]).isCloseTo(in[k][i], within(1e-12));
                assertThat(im[i]).isCloseTo(0, within(1e-12));
            }
        }
        assertThat(real.counts()).isEqualTo(simulated.counts());
    }
}
