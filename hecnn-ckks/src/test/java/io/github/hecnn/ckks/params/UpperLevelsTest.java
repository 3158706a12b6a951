package io.github.hecnn.ckks.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksFixture;
import io.github.hecnn.ckks.scheme.Plaintext;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Levels above the user's: keys reach them, encryption starts below. */
class UpperLevelsTest {
    private static CkksParameters.Builder small() {
        return CkksParameters.builder()
                .logRingDegree(11)
                .levels(3)
                .digits(2)
                .securityLevel(SecurityLevel.NONE)
                .upperLevels(2, 45)
                .upperLevels(2, 49);
    }

    @Test
    void zonesHaveTheSizesAskedForAndOnlyTheUsersLevelsHaveScales() {
        CkksParameters p = small().build();
        assertThat(p.maxLevel()).isEqualTo(3);
        assertThat(p.chainLevel()).isEqualTo(7);
        assertThat(p.digitSize()).isEqualTo(4);
        List<Long> q = p.chain().dataPrimes();
        int[] bits = {49, 40, 40, 40, 45, 45, 49, 49};
        for (int l = 0; l < bits.length; l++) {
            assertThat(Math.log(q.get(l)) / Math.log(2)).isCloseTo(bits[l], within(0.01));
        }
        for (int l = 0; l <= 3; l++) {
            assertThat(Math.log(p.scale(l)) / Math.log(2)).isCloseTo(40, within(1e-3));
        }
        assertThat(p.scale(3)).isEqualTo(0x1p40);
        assertThatThrownBy(() -> p.scale(4))
                .isInstanceOf(LevelException.class)
                .hasMessage("scale: expected a level with a canonical scale, 0..3, found 4; drop to one of those first,"
                        + " or use parameters with more levels");
        assertThatThrownBy(() -> p.scale(-1)).isInstanceOf(LevelException.class);
        assertThat(p).hasToString(p.toString()).asString().contains("3 levels and 4 above");
    }

    @Test
    void theLargestPrimesAreTheSpecialOnesAndHoldTheDigits() {
        for (CkksParameters p : List.of(
                small().build(),
                small().digits(1).build(),
                small().levels(0).digits(5).build())) {
            BigInteger special = product(p.chain().specialPrimes());
            List<Long> data = p.chain().dataPrimes();
            for (int from = 0; from < data.size(); from += p.digitSize()) {
                List<Long> digit = data.subList(from, Math.min(data.size(), from + p.digitSize()));
                assertThat(product(digit)).isLessThanOrEqualTo(special);
            }
            long largest = data.stream().mapToLong(Long::longValue).max().orElseThrow();
            assertThat(p.chain().specialPrimes()).allMatch(s -> s > largest);
            assertThat(p.chain().specialPrimes()).hasSizeLessThanOrEqualTo(p.digitSize());
        }
    }

    private static BigInteger product(List<Long> primes) {
        return primes.stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    }

    @Test
    void theSecurityCheckCountsAllPrimes() {
        CkksParameters.Builder b =
                CkksParameters.builder().logRingDegree(14).levels(3).digits(3);
        assertThat(b.build().securityLevel().bits()).isEqualTo(128);
        CkksParameters p = b.upperLevels(2, 49).build();
        assertThat(p.chain().logQ() + p.chain().logP()).isLessThanOrEqualTo(430);
        assertThatThrownBy(() -> b.upperLevels(2, 49).build())
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("at most 430 bits for 128-bit security");
    }

    @Test
    void aBootstrappingChainReachesTheLimitOf128Bits() {
        CkksParameters p = CkksParameters.builder()
                .logRingDegree(16)
                .levels(11)
                .digits(2)
                .upperLevels(13, 49)
                .build();
        assertThat(p.chain().dataPrimes()).hasSize(25);
        assertThat(p.chain().specialPrimes()).hasSize(12);
        assertThat(p.chain().logQ() + p.chain().logP()).isBetween(1713.0, 1715.0);
    }

    @Test
    void whereTheUserEndsIsPartOfTheId() {
        CkksParameters p = small().scaleBits(48).upperLevels(0, 32).build();
        CkksParameters all = CkksParameters.ofPrimes(
                11, p.chain().dataPrimes().subList(0, 4), p.chain().specialPrimes(), 48, 1, 0, SecurityLevel.NONE);
        CkksParameters upper = CkksParameters.ofPrimes(
                11, p.chain().dataPrimes().subList(0, 4), 2, p.chain().specialPrimes(), 48, 1, 0, SecurityLevel.NONE);
        assertThat(upper.id()).isNotEqualTo(all.id());
        assertThat(upper).isNotEqualTo(all);
        assertThatThrownBy(() -> CkksParameters.ofPrimes(
                        11, p.chain().dataPrimes(), 8, p.chain().specialPrimes(), 48, 2, 0, SecurityLevel.NONE))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("maxLevel in 0..7, found 8");
    }

    @Test
    void setsWithoutUpperLevelsKeepTheirIds() {
        assertThat(CkksPresets.SECURE_13.parameters().id()).isEqualTo(7023905954840176847L);
        assertThat(CkksPresets.SECURE_16.parameters().id()).isEqualTo(-1787348303459981856L);
        assertThat(CkksPresets.N16L25.parameters().id()).isEqualTo(1005696246581703924L);
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> small().upperLevels(1, 31))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("primeBits of upper levels in 32..49, found 31");
        assertThatThrownBy(() -> small().upperLevels(1, 50)).hasMessageContaining("found 50");
        assertThatThrownBy(() -> small().upperLevels(-1, 40)).hasMessageContaining("count of upper levels");
        assertThatThrownBy(() -> small().upperLevels(57, 40).build())
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("levels with those above in 0..63, found 64");
        assertThatThrownBy(() -> new ModulusChain(List.of(3L), List.of(5L), List.of(1.0, 1.0)))
                .isInstanceOf(InvalidParametersException.class);
    }

    @Test
    void encryptionStartsAtTheUsersTop() {
        CkksFixture f = new CkksFixture(small().build(), RotationSteps.of(1));
        double[] x = f.random(1);
        assertThat(f.encrypt(x).level()).isEqualTo(3);
        Ciphertext c = f.asymmetric.encrypt(f.encoder.encode(x));
        assertThat(c.level()).isEqualTo(3);
        double[] y = f.decrypt(f.evaluator.rescale(f.evaluator.multiply(f.evaluator.rotate(c, 1), c)));
        for (int i = 0; i < x.length; i++) {
            assertThat(y[i]).isCloseTo(x[i] * x[(i + 1) % x.length], within(1e-6));
        }
        Plaintext above = f.encoder.encode(x, null, 4, 0x1p40);
        assertThatThrownBy(() -> f.asymmetric.encrypt(above))
                .isInstanceOf(LevelException.class)
                .hasMessageContaining("level 0..3, where the public key ends, found level 4");
        assertThatThrownBy(() -> f.encoder.encode(x, 4))
                .isInstanceOf(LevelException.class)
                .hasMessageContaining("expected a level in 0..3, found 4");
        assertThatThrownBy(() -> f.encoder.encode(x, null, 8, 0x1p40))
                .isInstanceOf(LevelException.class)
                .hasMessageContaining("expected a level in 0..7, found 8");
    }

    @Test
    void keysWorkAtTheTopOfTheChainWithScalesOfTheirOwn() {
        CkksFixture f = new CkksFixture(small().build(), RotationSteps.of(3));
        double[] x = f.random(2);
        Ciphertext c = f.symmetric.encrypt(f.encoder.encode(x, null, 7, 0x1p47));
        Ciphertext r = f.evaluator.rotate(c, 3);
        assertThat(r.level()).isEqualTo(7);
        double q = f.context.parameters().chain().dataPrimes().get(7);
        Ciphertext p = f.evaluator.rescaleAnyScale(f.evaluator.multiply(r, c));
        assertThat(p.level()).isEqualTo(6);
        assertThat(p.scale()).isEqualTo(0x1p94 / q);
        double[] y = f.decrypt(p);
        for (int i = 0; i < x.length; i++) {
            assertThat(y[i]).isCloseTo(x[i] * x[(i + 3) % x.length], within(1e-7));
        }
        assertThat(f.evaluator.scaleDegree(p)).isZero();
        assertThatThrownBy(() -> f.evaluator.dropToLevel(p, 2)).isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> f.evaluator.multiplyConstant(p, 0.5))
                .isInstanceOf(LevelException.class)
                .hasMessageContaining("canonical scale, 0..3, found 6");
    }
}
