package io.github.hecnn.ckks.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.core.kernels.KernelInfo;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CkksParametersTest {
    @ParameterizedTest
    @EnumSource(CkksPresets.class)
    void presetsKeepTheirPromises(CkksPresets preset) {
        CkksParameters p = preset.parameters();
        double logQP = p.chain().logQ() + p.chain().logP();
        assertThat(logQP).isLessThanOrEqualTo(p.securityLevel().maxLogQP(p.logRingDegree()));
        // the canonical scale does not drift
        for (int l = 0; l <= p.maxLevel(); l++) {
            assertThat(Math.abs(Math.log(p.scale(l)) / Math.log(2) - p.scaleBits()))
                    .isLessThan(1e-3);
        }
        // P holds the largest digit
        BigInteger special = product(p.chain().specialPrimes());
        List<Long> data = p.chain().dataPrimes();
        for (int from = 0; from < data.size(); from += p.digitSize()) {
            assertThat(product(data.subList(from, Math.min(data.size(), from + p.digitSize()))))
                    .isLessThanOrEqualTo(special);
        }
        assertThat(p).isEqualTo(preset.parameters()).hasSameHashCodeAs(preset.parameters());
        assertThat(CkksParameters.ofPrimes(
                        p.logRingDegree(),
                        data,
                        p.chain().specialPrimes(),
                        p.scaleBits(),
                        p.digits(),
                        0,
                        p.securityLevel()))
                .isEqualTo(p);
    }

    private static BigInteger product(List<Long> primes) {
        return primes.stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    }

    @Test
    void thirtyLevelsDriftByLessThanAThousandthOfABit() {
        CkksParameters p = CkksParameters.builder().logRingDegree(16).levels(30).build();
        double worst = 0;
        for (int l = 0; l <= 30; l++) {
            worst = Math.max(worst, Math.abs(Math.log(p.scale(l) / 0x1p40) / Math.log(2)));
        }
        assertThat(worst).isLessThan(1e-4);
    }

    @Test
    void refusesMoreModulusThanTheTableAllows() {
        assertThatThrownBy(() ->
                        CkksParameters.builder().logRingDegree(13).levels(5).build())
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("at most 214 bits for 128-bit security at ring degree 2^13")
                .hasMessageContaining("use fewer levels");
        assertThat(CkksParameters.builder()
                        .logRingDegree(13)
                        .levels(5)
                        .securityLevel(SecurityLevel.NONE)
                        .build()
                        .securityLevel()
                        .bits())
                .isZero();
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> CkksParameters.builder().levels(1).build())
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("expected logRingDegree in 10..17, found 0");
        assertThatThrownBy(() -> CkksParameters.builder().logRingDegree(14).build())
                .hasMessageContaining("expected levels in 0..63, found -1");
        assertThatThrownBy(() -> CkksParameters.builder()
                        .logRingDegree(14)
                        .levels(1)
                        .scaleBits(49)
                        .build())
                .hasMessageContaining("scaleBits");
        assertThatThrownBy(() -> CkksParameters.builder()
                        .logRingDegree(14)
                        .levels(1)
                        .firstPrimeBits(40)
                        .build())
                .hasMessageContaining("firstPrimeBits in 41..49");
        assertThatThrownBy(() -> CkksParameters.builder()
                        .logRingDegree(14)
                        .levels(1)
                        .digits(0)
                        .build())
                .hasMessageContaining("digits");
        assertThatThrownBy(() -> CkksParameters.builder()
                        .logRingDegree(14)
                        .levels(1)
                        .specialPrimeBits(50)
                        .build())
                .hasMessageContaining("specialPrimeBits");
        assertThatThrownBy(() -> CkksParameters.builder()
                        .logRingDegree(14)
                        .levels(1)
                        .secretHammingWeight(64)
                        .build())
                .hasMessageContaining("dense ternary");
    }

    @Test
    void refusesForeignPrimes() {
        CkksParameters p = CkksPresets.SECURE_13.parameters();
        for (long bad : new long[] {p.chain().dataPrimes().get(0) + 2, 1L << 50, 16385, 7}) {
            assertThatThrownBy(() -> CkksParameters.ofPrimes(
                            13,
                            List.of(bad, p.chain().dataPrimes().get(1)),
                            p.chain().specialPrimes(),
                            40,
                            2,
                            0,
                            SecurityLevel.CLASSICAL_128))
                    .isInstanceOf(InvalidParametersException.class)
                    .hasMessageContaining("found " + bad);
        }
    }

    @Test
    void refusesPrimesThatMakeNoSense() {
        ModulusChain c = CkksPresets.SECURE_14.parameters().chain();
        assertThatThrownBy(() -> CkksParameters.ofPrimes(
                        14, c.dataPrimes(), c.specialPrimes().subList(0, 1), 40, 3, 0, SecurityLevel.CLASSICAL_128))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("largest of 3 digits");
        assertThatThrownBy(() -> CkksParameters.ofPrimes(
                        14, c.dataPrimes(), c.specialPrimes(), 30, 3, 0, SecurityLevel.CLASSICAL_128))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("drift");
    }

    @Test
    void theContextNamesItsKernels() {
        CkksParameters p = CkksParameters.builder()
                .logRingDegree(10)
                .levels(0)
                .scaleBits(30)
                .securityLevel(SecurityLevel.NONE)
                .build();
        assertThat(CkksContext.create(p).kernels()).isEqualTo(KernelInfo.active());
    }

    @Test
    void refusesMorePrimesThanThereAre() {
        CkksParameters.Builder tooFew = CkksParameters.builder()
                .logRingDegree(17)
                .levels(63)
                .scaleBits(25)
                .securityLevel(SecurityLevel.NONE);
        assertThatThrownBy(tooFew::build).isInstanceOf(InvalidParametersException.class);
        CkksParameters.Builder tooManySpecial = CkksParameters.builder()
                .logRingDegree(12)
                .levels(63)
                .specialPrimeBits(30)
                .digits(1)
                .securityLevel(SecurityLevel.NONE);
        assertThatThrownBy(tooManySpecial::build)
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("number of special primes in 1..63");
    }

    @Test
    void aContextHasTheLevelsOfItsParameters() {
        CkksContext context = CkksContext.create(CkksParameters.builder()
                .logRingDegree(10)
                .levels(1)
                .scaleBits(30)
                .securityLevel(SecurityLevel.NONE)
                .build());
        assertThat(Rings.of(context).basis(1).size()).isEqualTo(2);
        assertThatThrownBy(() -> Rings.of(context).basis(2))
                .isInstanceOf(LevelException.class)
                .hasMessageContaining("basis: expected a level in 0..1, found 2");
        assertThatThrownBy(() -> Rings.of(context).extendedBasis(-1)).isInstanceOf(LevelException.class);
        assertThatThrownBy(() -> Rings.of(context).reconstructor(3)).isInstanceOf(LevelException.class);
        assertThatThrownBy(() -> Rings.of(context).rescaler(0))
                .isInstanceOf(LevelException.class)
                .hasMessageContaining("expected a level in 1..1, found 0");
    }
}
