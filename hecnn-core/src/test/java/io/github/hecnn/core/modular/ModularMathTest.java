package io.github.hecnn.core.modular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModularMathTest {
    private static final long LARGEST_PRIME = 9223372036854775783L; // 2^63 - 25

    @Test
    void isPrimeAgreesWithASieve() {
        boolean[] composite = new boolean[20_000];
        for (int i = 2; i < composite.length; i++) {
            assertThat(ModularMath.isPrime(i)).as("%d", i).isEqualTo(!composite[i]);
            for (int j = 2 * i; j < composite.length; j += i) {
                composite[j] = true;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {(1L << 61) - 1, LARGEST_PRIME, 67280421310721L, 562949953421231L})
    void knowsLargePrimes(long n) {
        assertThat(ModularMath.isPrime(n)).isTrue();
    }

    // Strong pseudoprimes to the first 4, 7 and 9 prime bases (OEIS A014233), a Carmichael number, squares, edges.
    @ParameterizedTest
    @ValueSource(
            longs = {
                3215031751L,
                341550071728321L,
                3825123056546413051L,
                561,
                1681,
                2147483647L * 2147483647L,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                -7,
                0,
                1
            })
    void isNotFooled(long n) {
        assertThat(ModularMath.isPrime(n)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 65537, (1L << 49) - 1, 1L << 50, (1L << 50) + 1, LARGEST_PRIME, Long.MAX_VALUE})
    void productsAndPowersAreExact(long q) {
        BigInteger modulus = BigInteger.valueOf(q);
        Random random = new Random(q);
        for (int i = 0; i < 500; i++) {
            // Every third time an operand just below the modulus, where a rounded quotient is most at risk.
            long a = i % 3 == 0 ? q - 1 - i / 3 : random.nextLong();
            long b = i % 5 == 0 ? q - 1 - i / 5 : random.nextLong();
            BigInteger product = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
            assertThat(ModularMath.multiply(a, b, q))
                    .isEqualTo(product.mod(modulus).longValueExact());
            long e = random.nextLong() >>> 1;
            if (i < 50) {
                assertThat(ModularMath.pow(a, e, q))
                        .isEqualTo(BigInteger.valueOf(a)
                                .modPow(BigInteger.valueOf(e), modulus)
                                .longValueExact());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 65537, 562949953421231L, LARGEST_PRIME})
    void inverses(long q) {
        Random random = new Random(q);
        for (int i = 0; i < 200; i++) {
            long a = random.nextLong();
            if (a % q == 0) {
                continue;
            }
            long inverse = ModularMath.inverse(a, q);
            assertThat(inverse).isBetween(0L, q - 1);
            assertThat(ModularMath.multiply(a, inverse, q)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"17, 1", "17, 2", "17, 3", "12289, 10", "12289, 11", "65537, 15", "1099510054913, 15"})
    void primitiveRootIsThatOfTheSmallestBase(long q, int logRingDegree) {
        long psi = ModularMath.primitiveRoot2N(q, logRingDegree);
        BigInteger modulus = BigInteger.valueOf(q);
        BigInteger exponent = BigInteger.valueOf((q - 1) >> (logRingDegree + 1));
        BigInteger n = BigInteger.valueOf(1L << logRingDegree);
        BigInteger minusOne = modulus.subtract(BigInteger.ONE);
        BigInteger g = BigInteger.TWO;
        while (!g.modPow(exponent, modulus).modPow(n, modulus).equals(minusOne)) {
            g = g.add(BigInteger.ONE);
        }
        assertThat(psi).isEqualTo(g.modPow(exponent, modulus).longValueExact());
    }

    @Test
    void primitiveRootOfALargePrimeHasOrder2N() {
        long q = NttPrimes.descending(49, 17, 1, Set.of()).get(0);
        long psi = ModularMath.primitiveRoot2N(q, 17);
        assertThat(ModularMath.pow(psi, 1L << 17, q)).isEqualTo(q - 1);
    }

    @Test
    void refusesBadModuliAndExponents() {
        assertThatThrownBy(() -> ModularMath.multiply(1, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("multiply: expected a modulus of 1 or more, found 0");
        assertThatThrownBy(() -> ModularMath.pow(1, 1, -5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pow: expected a modulus of 1 or more, found -5");
        assertThatThrownBy(() -> ModularMath.pow(1, -1, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected an exponent of 0 or more, found -1");
    }

    @ParameterizedTest
    @CsvSource({"0, 7", "14, 7", "6, 9", "4, 8"})
    void inverseRefusesCommonFactors(long a, long q) {
        assertThatThrownBy(() -> ModularMath.inverse(a, q))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a value coprime to " + q + ", found " + a);
    }

    @Test
    void inverseRefusesTrivialModuli() {
        assertThatThrownBy(() -> ModularMath.inverse(1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a modulus of 2 or more, found 1");
    }

    @ParameterizedTest
    @CsvSource({"17, 4", "19, 1", "33, 2", "-15, 1", "1, 1"})
    void primitiveRootRefusesOtherPrimes(long q, int logRingDegree) {
        assertThatThrownBy(() -> ModularMath.primitiveRoot2N(q, logRingDegree))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found " + q);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 41, 65536})
    void primitiveRootRefusesBadDegrees(int logRingDegree) {
        assertThatThrownBy(() -> ModularMath.primitiveRoot2N(17, logRingDegree))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found " + logRingDegree);
    }
}
