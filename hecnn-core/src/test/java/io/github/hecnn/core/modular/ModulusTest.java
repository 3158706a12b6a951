package io.github.hecnn.core.modular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModulusTest {
    private static final long LARGEST = NttPrimes.descending(49, 1, 1, Set.of()).get(0);

    static List<Long> primes() {
        return List.of(
                3L,
                5L,
                17L,
                65537L,
                NttPrimes.nearest(0x1p30, 14, Set.of()),
                NttPrimes.nearest(0x1p40, 15, Set.of()),
                NttPrimes.nearest(0x1p48, 16, Set.of()),
                LARGEST);
    }

    // Residues near the ends, near powers of two, and random ones.
    private static List<Double> residues(Modulus q, Random random) {
        long half = (q.value() - 1) / 2;
        List<Double> residues = new ArrayList<>();
        for (long v : new long[] {0, 1, 2, half, half - 1, half / 2, half / 3, 1L << 24, (1L << 24) + 1, 1L << 47}) {
            residues.add(q.balance(v));
            residues.add(q.balance(-v));
        }
        for (int i = 0; i < 60; i++) {
            residues.add(q.balance(random.nextLong()));
        }
        return residues;
    }

    private static BigInteger exact(double v) {
        return new BigDecimal(v).toBigIntegerExact();
    }

    private static void assertCanonical(double found, BigInteger expected, Modulus q) {
        BigInteger p = BigInteger.valueOf(q.value());
        BigInteger unsigned = expected.mod(p);
        BigInteger balanced = unsigned.shiftLeft(1).compareTo(p) > 0 ? unsigned.subtract(p) : unsigned;
        // Bits, so that -0.0 shows.
        assertThat(Double.doubleToRawLongBits(found))
                .as("%s mod %s is %s, found %s", expected, p, balanced, found)
                .isEqualTo(Double.doubleToRawLongBits(balanced.doubleValue() + 0.0));
        assertThat(q.toUnsigned(found)).isEqualTo(unsigned.longValueExact());
    }

    @ParameterizedTest
    @MethodSource("primes")
    void sumsDifferencesAndProductsAreExactAndCanonical(long prime) {
        Modulus q = Modulus.of(prime);
        List<Double> residues = residues(q, new Random(prime));
        for (double a : residues) {
            for (double b : residues) {
                assertCanonical(q.add(a, b), exact(a).add(exact(b)), q);
                assertCanonical(q.subtract(a, b), exact(a).subtract(exact(b)), q);
                assertCanonical(q.multiply(a, b), exact(a).multiply(exact(b)), q);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("primes")
    void powersAndInverses(long prime) {
        Modulus q = Modulus.of(prime);
        BigInteger p = BigInteger.valueOf(prime);
        Random random = new Random(prime + 1);
        for (double a : residues(q, random)) {
            for (long e : new long[] {0, 1, 2, 3, prime - 1, prime, random.nextLong() >>> 1}) {
                assertCanonical(q.pow(a, e), exact(a).modPow(BigInteger.valueOf(e), p), q);
            }
            if (a != 0) {
                assertCanonical(q.invert(a), exact(a).modInverse(p), q);
                assertThat(q.multiply(a, q.invert(a))).isEqualTo(1.0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("primes")
    void balancesAnyInteger(long prime) {
        Modulus q = Modulus.of(prime);
        Random random = new Random(prime + 2);
        List<Long> values = new ArrayList<>(List.of(0L, prime, -prime, prime / 2, prime / 2 + 1, -(prime / 2) - 1));
        values.addAll(List.of(Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE + 1));
        for (int i = 0; i < 100; i++) {
            values.add(random.nextLong());
        }
        for (long v : values) {
            assertCanonical(q.balance(v), BigInteger.valueOf(v), q);
            BigInteger large = BigInteger.valueOf(v).shiftLeft(200).add(BigInteger.valueOf(random.nextInt()));
            assertCanonical(q.balance(large), large, q);
        }
    }

    @ParameterizedTest
    @MethodSource("primes")
    void reducesDoublesOfAnyMagnitude(long prime) {
        Modulus q = Modulus.of(prime);
        Random random = new Random(prime + 3);
        List<Double> values = new ArrayList<>(List.of(0.0, -0.0, Double.MAX_VALUE, -Double.MAX_VALUE));
        for (int shift : new int[] {51, 52, 53, 54}) {
            values.addAll(List.of(Math.scalb(1.0, shift), Math.scalb(1.0, shift) - 1, -Math.scalb(1.0, shift) + 1));
        }
        double p = prime;
        values.addAll(List.of(p, -p, (p - 1) / 2, (p + 1) / 2, -(p - 1) / 2, -(p + 1) / 2, 7 * p + 1));
        for (int i = 0; i < 300; i++) {
            values.add(Math.rint(Math.scalb(2 * random.nextDouble() - 1, random.nextInt(1000))));
        }
        for (double v : values) {
            assertCanonical(q.reduceExact(v), exact(v), q);
        }
    }

    @Test
    void knowsItsConstants() {
        Modulus q = Modulus.of(65537);
        assertThat(q.value()).isEqualTo(65537);
        assertThat(q.asDouble()).isEqualTo(65537.0);
        assertThat(q.inverse()).isEqualTo(1.0 / 65537.0);
        assertThat(q.factor(-12345)).isEqualTo(new Factor(-12345, -12345 / 65537.0));
        assertThat(Math.abs(q.log2() - 16)).isLessThan(1e-4);
        assertThat(q).isEqualTo(Modulus.of(65537)).hasSameHashCodeAs(Modulus.of(65537));
        assertThat(q).isNotEqualTo(Modulus.of(17));
        assertThat(q).hasToString("65537");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -3, 0, 1, 2, 1L << 49, Long.MAX_VALUE})
    void refusesModuliOutOfRange(long value) {
        assertThatThrownBy(() -> Modulus.of(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected an odd prime from 3 to 2^49 - 1, found " + value);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 9, 561, 3215031751L, 341550071728321L})
    void refusesComposites(long value) {
        assertThatThrownBy(() -> Modulus.of(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found the composite " + value);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.5, -1e15 - 0.5})
    void reduceExactRefusesWhatIsNotAnInteger(double value) {
        Modulus q = Modulus.of(17);
        assertThatThrownBy(() -> q.reduceExact(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a finite integer, found " + value);
    }

    @Test
    void powRefusesNegativeExponents() {
        assertThatThrownBy(() -> Modulus.of(17).pow(2, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected an exponent of 0 or more, found -1");
    }

    @Test
    void invertRefusesZero() {
        assertThatThrownBy(() -> Modulus.of(17).invert(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no inverse");
    }
}
