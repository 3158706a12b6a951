package io.github.hecnn.mlr.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.mlr.plan.TrainingPlan.Limits;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterProposalTest {
    /** 128-bit bounds of ia.cr/2024/463, log2(N) = 13..17. */
    private static final int[] TABLE = {214, 430, 868, 1747, 3523};

    @Test
    void staysWithinTheTableAndKeepsSpecialPrimesLargeEnough() {
        for (int log = 13; log <= 17; log++) {
            int accepted = 0;
            for (int levels = 0; levels < 90; levels++) {
                ParameterProposal p;
                try {
                    p = ParameterProposal.of(log, levels, Limits.DEFAULT);
                } catch (IllegalArgumentException e) {
                    continue;
                }
                accepted++;
                assertThat(p.logQ() + p.logP()).isLessThan(TABLE[log - 13]);
                assertThat(p.specialPrimeBits()).isBetween(25, 49);
                assertThat(p.logP()).isGreaterThan(49 + (p.primesPerDigit() - 1) * 40);
                assertThat(p.digits() * p.primesPerDigit()).isGreaterThanOrEqualTo(levels + 1);
                assertThat(p.digitsAt(levels)).isLessThanOrEqualTo(p.digits());
                assertThat(p.digitsAt(0)).isEqualTo(1);
            }
            assertThat(accepted).isPositive();
        }
    }

    @Test
    void takesMoreDigitsWhereTheTableAsksForThem() {
        assertThat(ParameterProposal.of(14, 6, Limits.DEFAULT).digits()).isEqualTo(3);
        ParameterProposal tight = ParameterProposal.of(14, 7, Limits.DEFAULT);
        assertThat(tight.digits()).isGreaterThan(3);
        assertThat(tight.logQ() + tight.logP()).isLessThan(430);
    }

    @Test
    void countsBytes() {
        ParameterProposal p = new ParameterProposal(14, 6, 49, 40, 3, 3, 46);
        assertThat(p.ringDegree()).isEqualTo(16384);
        assertThat(p.slots()).isEqualTo(8192);
        assertThat(p.ciphertextBytes(2)).isEqualTo(2L * 3 * 16384 * 8);
        assertThat(p.ciphertextWireBytes(2, false)).isEqualTo(2L * (49 + 82) * 16384 / 8);
        assertThat(p.ciphertextWireBytes(2, true)).isEqualTo((49L + 82) * 16384 / 8);
        assertThat(p.keyBytes()).isEqualTo(3L * 2 * 10 * 16384 * 8);
    }

    @Test
    void refusesRingDegreesOutsideTheTable() {
        assertThatThrownBy(() -> ParameterProposal.of(12, 1, Limits.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 2^12");
    }

    @Test
    void refusesMoreLevelsThanAreSecure() {
        assertThatThrownBy(() -> ParameterProposal.of(13, 5, Limits.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 214")
                .hasMessageContaining("5 levels of 40 bits");
    }

    /** What is printed before a run is what the run has: primes and their bits, for every size that fits. */
    @Test
    void specialPrimesAreThoseOfTheRealParameters() {
        for (int log = 13; log <= 16; log++) {
            for (int levels = 0; levels <= 30; levels += log == 13 ? 1 : 3) {
                ParameterProposal p;
                try {
                    p = ParameterProposal.of(log, levels, Limits.DEFAULT);
                } catch (IllegalArgumentException tooMany) {
                    break;
                }
                CkksParameters real = p.toParameters();
                assertThat(real.chain().specialPrimes()).hasSize(p.specialPrimes());
                assertThat(Math.ceil(real.chain().logP())).isEqualTo(p.logP());
                assertThat(real.digits()).isEqualTo(p.digits());
                assertThat(real.chain().logQ()).isCloseTo(p.logQ(), Offset.offset(0.1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1001, Integer.MAX_VALUE})
    void refusesLevelsOutOfRange(int levels) {
        assertThatThrownBy(() -> ParameterProposal.of(14, levels, Limits.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected from 0 to 1000 levels, found " + levels);
    }

    @Test
    void settingsThatTheRealParametersRefuse() {
        assertThatThrownBy(() -> ParameterProposal.of(14, 3, Limits.DEFAULT.withScaleBits(20)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected scaleBits in 22..48, found 20");
    }
}
