package io.github.hecnn.ckks.serial;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.modular.NttPrimes;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResiduePackingTest {
    private static final int DEGREE = 1024;

    private static Modulus prime(int bits) {
        return Modulus.of(NttPrimes.descending(bits, 10, 1, Set.of()).get(0));
    }

    private static double[] limb(Modulus q, long seed) {
        Random random = new Random(seed);
        double[] r = new double[DEGREE];
        for (int i = 0; i < r.length; i++) {
            r[i] = q.balance(random.nextLong());
        }
        long half = (q.value() - 1) / 2;
        double[] extremes = {half, -half, 0, 1, -1, half - 1};
        System.arraycopy(extremes, 0, r, 0, extremes.length);
        System.arraycopy(extremes, 0, r, r.length - extremes.length, extremes.length);
        return r;
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 20, 30, 31, 32, 33, 40, 43, 47, 48, 49})
    void limbsComeBackAndAreTheBitStringOfTheDocumentation(int bits) {
        Modulus q = prime(bits);
        int width = ResiduePacking.bits(q.value());
        assertThat(width).isEqualTo(BigInteger.valueOf(q.value()).bitLength()).isEqualTo(bits);
        int length = ResiduePacking.bytes(DEGREE, q.value());
        assertThat(length).isEqualTo(DEGREE * width / 8);
        double[] r = limb(q, bits);
        byte[] packed = new byte[length + ResiduePacking.SLACK];
        Arrays.fill(packed, (byte) 0x5a);
        assertThat(ResiduePacking.pack(r, q, packed)).isTrue();
        assertThat(Arrays.copyOfRange(packed, length, packed.length)).containsOnly(0x5a);

        double[] back = new double[DEGREE];
        assertThat(ResiduePacking.unpack(packed, q, back)).isTrue();
        assertThat(Arrays.equals(back, r)).isTrue();

        BigInteger text = BigInteger.ZERO;
        for (int i = DEGREE - 1; i >= 0; i--) {
            text = text.shiftLeft(width).or(BigInteger.valueOf(q.toUnsigned(r[i])));
        }
        byte[] littleEndian = new byte[length];
        byte[] bigEndian = text.toByteArray();
        for (int i = 0; i < Math.min(bigEndian.length, length); i++) {
            littleEndian[i] = bigEndian[bigEndian.length - 1 - i];
        }
        assertThat(Arrays.copyOf(packed, length)).isEqualTo(littleEndian);
    }

    @Test
    void residuesBeyondThePrimeAreRefusedOnTheWayOut() {
        Modulus q = prime(40);
        byte[] packed = new byte[ResiduePacking.bytes(DEGREE, q.value()) + ResiduePacking.SLACK];
        for (double wrong : new double[] {q.asDouble(), -q.asDouble() - 1, 0x1p60, -0x1p62, Double.POSITIVE_INFINITY}) {
            for (int at : new int[] {0, 63, 500, DEGREE - 1}) {
                double[] r = limb(q, 1);
                r[at] = wrong;
                assertThat(ResiduePacking.pack(r, q, packed))
                        .as(wrong + " at " + at)
                        .isFalse();
            }
        }
    }

    @Test
    void residuesBeyondThePrimeAreRefusedOnTheWayIn() {
        Modulus q = prime(40);
        byte[] packed = new byte[ResiduePacking.bytes(DEGREE, q.value()) + ResiduePacking.SLACK];
        for (int at : new int[] {0, 1, 500, DEGREE - 1}) {
            assertThat(ResiduePacking.pack(limb(q, 1), q, packed)).isTrue();
            Arrays.fill(packed, 5 * at, 5 * at + 5, (byte) 0xff); // 40 bits are 5 bytes
            assertThat(ResiduePacking.unpack(packed, q, new double[DEGREE])).isFalse();
            assertThat(ResiduePacking.firstOutside(packed, q, DEGREE)).isEqualTo(at);
        }
        assertThat(ResiduePacking.pack(limb(q, 1), q, packed)).isTrue();
        assertThat(ResiduePacking.firstOutside(packed, q, DEGREE)).isEqualTo(-1);
        LittleEndian.putLong(packed, 0, LittleEndian.getLong(packed, 0) >>> 40 << 40 | q.value());
        assertThat(ResiduePacking.unpack(packed, q, new double[DEGREE])).isFalse();
        LittleEndian.putLong(packed, 0, LittleEndian.getLong(packed, 0) - 1);
        assertThat(ResiduePacking.unpack(packed, q, new double[DEGREE])).isTrue();
    }
}
