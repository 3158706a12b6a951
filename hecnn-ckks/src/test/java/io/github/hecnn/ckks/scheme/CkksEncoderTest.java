package io.github.hecnn.ckks.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.internal.cipher.Plaintexts;
import io.github.hecnn.ckks.internal.parts.PlaintextParts;
import io.github.hecnn.ckks.params.CkksContext;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CkksEncoderTest {
    private static final CkksContext CONTEXT = CkksContext.create(CkksFixture.small(4, 3));
    private static final CkksEncoder ENCODER = new CkksEncoder(CONTEXT);
    private static final int SLOTS = CONTEXT.parameters().slots();

    private static double[] random(int n, long seed) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 64, 1024})
    void slotsComeBackFullAndSparse(int n) {
        double[] re = random(n, 1);
        double[] im = random(n, 2);
        Plaintext p = ENCODER.encode(re, im, 3, 0x1p40);
        CkksEncoder.Slots s = ENCODER.decodeComplex(p, n);
        // rounding 2n coefficients costs at most about sqrt(2n)/2 units in a slot; allow sqrt(N)
        Offset<Double> bound = Offset.offset(Math.sqrt(2048) * 0x1p-40);
        for (int i = 0; i < n; i++) {
            assertThat(s.re()[i]).isCloseTo(re[i], bound);
            assertThat(s.im()[i]).isCloseTo(im[i], bound);
        }
        assertThat(p.slots()).isEqualTo(n);
        assertThat(ENCODER.decode(p)).hasSize(n).isEqualTo(s.re());
        // sparse packing is the vector repeated
        CkksEncoder.Slots full = ENCODER.decodeComplex(
                Plaintexts.of(new PlaintextParts(p.parametersId(), p.polynomial(), p.scale())), SLOTS);
        for (int i = 0; i < SLOTS; i++) {
            assertThat(full.re()[i]).isCloseTo(re[i % n], bound);
            assertThat(full.im()[i]).isCloseTo(im[i % n], bound);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 16, 1024})
    void aPlaintextIsNotDecodedWithFewerSlotsThanItWasEncodedWith(int other) {
        double[] x = random(8, 1);
        Plaintext p = ENCODER.encode(x);
        if (other < 8) {
            assertThatThrownBy(() -> ENCODER.decodeComplex(p, other))
                    .isInstanceOf(MismatchException.class)
                    .hasMessage("decode: expected 8 slots or more, as were encoded, found " + other
                            + "; ask for 8, or for all with decodeComplex(plaintext)");
        } else {
            assertThat(ENCODER.decodeComplex(p, other).re()[other - 1]).isCloseTo(x[7], Offset.offset(1e-9));
        }
        Plaintext full = ENCODER.encode(random(SLOTS, 1));
        assertThat(ENCODER.decode(full)).hasSize(SLOTS);
        assertThatThrownBy(() -> ENCODER.decodeComplex(full, 8))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("expected 1024 slots or more, as were encoded, found 8");
        Plaintext unknown = Plaintexts.of(new PlaintextParts(p.parametersId(), p.polynomial(), p.scale()));
        assertThat(unknown.slots()).isEqualTo(Plaintext.UNKNOWN_SLOTS);
        assertThat(ENCODER.decodeComplex(unknown, other).re()).hasSize(other);
        assertThat(ENCODER.decode(unknown)).hasSize(SLOTS);
    }

    @Test
    void refusesNumbersOfSlotsThatThereAreNot() {
        Plaintext p = ENCODER.encode(random(8, 1));
        for (int bad : new int[] {-1, 3, 2048, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> Plaintexts.of(
                            new PlaintextParts(p.parametersId(), p.polynomial(), p.scale(), p.bound(), bad)))
                    .isInstanceOf(MismatchException.class)
                    .hasMessageContaining("power of two up to 1024 slots, or 0 where it is unknown, found " + bad);
        }
    }

    @Test
    void slotJIsTheValueAtThePowerOfFive() {
        // X encodes as zeta^(5^j), zeta = exp(i*pi/N): checked against the definition, not against the transform
        double n = CONTEXT.parameters().ringDegree();
        SlotTransform transform = new SlotTransform(10);
        double[] x = new double[SLOTS];
        double[] y = new double[SLOTS];
        x[1] = 1;
        transform.toSlots(x, y);
        int power = 1;
        for (int j = 0; j < SLOTS; j++) {
            assertThat(x[j]).isCloseTo(Math.cos(Math.PI * power / n), Offset.offset(1e-15));
            assertThat(y[j]).isCloseTo(Math.sin(Math.PI * power / n), Offset.offset(1e-15));
            power = power * 5 % (int) (2 * n);
        }
    }

    @Test
    void theTransformIsAccurateToAFewUnitsInTheLastPlace() {
        SlotTransform transform = new SlotTransform(14);
        double[] x = random(1 << 14, 5);
        double[] y = random(1 << 14, 6);
        double[] u = x.clone();
        double[] v = y.clone();
        transform.toCoefficients(u, v);
        transform.toSlots(u, v);
        for (int i = 0; i < x.length; i++) {
            assertThat(u[i]).isCloseTo(x[i], Offset.offset(0x1p-49));
            assertThat(v[i]).isCloseTo(y[i], Offset.offset(0x1p-49));
        }
    }

    @Test
    void valuesBeyondTheFastRangeAreExact() {
        double[] x = {0x1p57, -0x1.8p60, 0x1p50, -1};
        double[] got = Arrays.copyOf(ENCODER.decode(ENCODER.encode(x)), 4);
        for (int i = 0; i < 4; i++) {
            assertThat(got[i]).isCloseTo(x[i], Offset.offset(0x1p60 * 0x1p-50));
        }
        double[] one = new double[1];
        one[0] = 0x1p62;
        assertThat(ENCODER.decode(ENCODER.encode(one))).containsOnly(0x1p62);
    }

    @Test
    void refusesWhatCannotBeEncoded() {
        assertThatThrownBy(() -> ENCODER.encode(new double[3]))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("power of two up to 1024")
                .hasMessageContaining("found 3");
        assertThatThrownBy(() -> ENCODER.encode(new double[2048])).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> ENCODER.encode(new double[2], new double[4], 0, 1))
                .isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> ENCODER.encode(new double[] {1, Double.NaN}))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("slot 1");
        assertThatThrownBy(() -> ENCODER.encode(new double[2], 5)).isInstanceOf(LevelException.class);
        assertThatThrownBy(() -> ENCODER.encode(new double[2], -1)).isInstanceOf(LevelException.class);
        assertThatThrownBy(() -> ENCODER.encode(new double[2], null, 0, 0)).isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> ENCODER.encode(new double[] {1000, 0}, 0))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining(
                        "expected a result below Q/2 = 2^48.0 at level 0, found slots up to 1000 at scale 2^40.0");
        assertThatThrownBy(() -> ENCODER.encodeExtended(new double[] {1000, 0}, null, 0, 0x1p40))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("at level 0"); // the special primes are no room for values
        assertThatThrownBy(() -> ENCODER.encode(new double[] {1e308, 1e308, -1e308, 1e308}))
                .isInstanceOf(ScaleException.class); // overflows to infinities and NaN in the transform
        Plaintext p = ENCODER.encode(new double[2]);
        assertThatThrownBy(() -> ENCODER.decodeComplex(p, 3)).isInstanceOf(MismatchException.class);
        CkksContext other = CkksContext.create(CkksFixture.small(2, 1));
        assertThatThrownBy(() -> new CkksEncoder(other).decode(p)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> PrecisionStats.of(new double[2], new double[1]))
                .isInstanceOf(MismatchException.class);
    }
}
