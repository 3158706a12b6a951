package io.github.hecnn.core.modular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NttPrimesTest {
    // Independent of the search: looks at every number that is 1 mod 2N.
    private static Set<Long> allPrimes(long step, long limit) {
        Set<Long> primes = new HashSet<>();
        for (long v = step + 1; v < limit; v += step) {
            if (BigInteger.valueOf(v).isProbablePrime(60)) {
                primes.add(v);
            }
        }
        return primes;
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 96, 97, 98, 5000, 12289.5, 70000, 99999.75})
    void nearestIsNearest(double target) {
        Set<Long> primes = allPrimes(32, 400_000);
        Set<Long> used = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            long found = NttPrimes.nearest(target, 4, used);
            assertThat(primes).contains(found);
            for (long other : primes) {
                if (!used.contains(other) && other != found) {
                    assertThat(Math.abs(found - target)).isLessThanOrEqualTo(Math.abs(other - target));
                    // The smaller of two at the same distance.
                    assertThat(Math.abs(found - target) == Math.abs(other - target) && other < found)
                            .isFalse();
                }
            }
            used.add(found);
        }
    }

    @Test
    void nearestStaysBelowTheCeiling() {
        Set<Long> used = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            long found = NttPrimes.nearest(0x1p49, 16, used);
            assertThat(found).isLessThan(1L << 49);
            assertThat(used.add(found)).isTrue();
        }
        assertThat(used).containsExactlyInAnyOrderElementsOf(NttPrimes.descending(49, 16, 10, Set.of()));
    }

    @Test
    void descendingTakesTheLargest() {
        Set<Long> primes = allPrimes(64, 1 << 16);
        List<Long> expected =
                primes.stream().sorted((a, b) -> Long.compare(b, a)).limit(12).toList();
        assertThat(NttPrimes.descending(16, 5, 12, Set.of())).isEqualTo(expected);
        assertThat(NttPrimes.descending(16, 5, 10, Set.of(expected.get(0), expected.get(3))))
                .doesNotContain(expected.get(0), expected.get(3))
                .containsAll(expected.subList(4, 12));
        assertThat(NttPrimes.descending(16, 5, 0, Set.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"49, 17", "49, 10", "40, 16", "30, 14"})
    void descendingFitsTheTransform(int bits, int logRingDegree) {
        List<Long> primes = NttPrimes.descending(bits, logRingDegree, 40, Set.of());
        assertThat(primes).hasSize(40).doesNotHaveDuplicates();
        for (long q : primes) {
            assertThat(q % (2L << logRingDegree)).isEqualTo(1);
            assertThat(BigInteger.valueOf(q).isProbablePrime(60)).isTrue();
            assertThat(q).isLessThan(1L << bits);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, 0, -1, 0x1.0000000000001p49, Double.POSITIVE_INFINITY})
    void nearestRefusesTargets(double target) {
        assertThatThrownBy(() -> NttPrimes.nearest(target, 10, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a target from 1 to 2^49, found " + target);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 21, 65536})
    void refusesDegrees(int logRingDegree) {
        assertThatThrownBy(() -> NttPrimes.nearest(1000, logRingDegree, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "nearest: expected a logarithm of the ring degree from 1 to 20, found " + logRingDegree);
        assertThatThrownBy(() -> NttPrimes.descending(40, logRingDegree, 1, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "descending: expected a logarithm of the ring degree from 1 to 20, found " + logRingDegree);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, -1})
    void descendingRefusesSizes(int bits) {
        assertThatThrownBy(() -> NttPrimes.descending(bits, 10, 1, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 2 to 49 bits, found " + bits);
    }

    @Test
    void descendingRefusesCounts() {
        assertThatThrownBy(() -> NttPrimes.descending(40, 10, -1, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a count of 0 or more, found -1");
        assertThatThrownBy(() -> NttPrimes.descending(16, 14, 2, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 2 free primes that are 1 mod 32768 below 2^16, found 0");
    }
}
