package io.github.hecnn.mlr.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.mlr.plan.PlanRefusal.Kind;
import org.junit.jupiter.api.Test;

class ParameterSearchTest {
    @Test
    void givesEveryNumberOfLevelsThatTheTableAllowsAndSecureParametersOnly() {
        for (int log = 13; log <= 17; log++) {
            double most = SecurityLevel.CLASSICAL_128.maxLogQP(log);
            for (int levels = 0; levels <= 90; levels++) {
                CkksParameters p;
                try {
                    p = ParameterSearch.secure(log, levels, PlanLimits.DEFAULT);
                } catch (NoPlanException e) {
                    PlanRefusal reason = e.reasons().get(log);
                    if (reason.kind() == Kind.LEVELS) {
                        assertThat(levels).isGreaterThan(63);
                    } else {
                        assertThat(reason.kind()).as(e.getMessage()).isEqualTo(Kind.SECURITY);
                        assertThat((double) reason.found()).isGreaterThan(most);
                        assertThat(reason.expected()).isEqualTo((long) most);
                    }
                    continue;
                }
                assertThat(p.securityLevel()).isEqualTo(SecurityLevel.CLASSICAL_128);
                assertThat(p.maxLevel()).isEqualTo(levels);
                assertThat(p.chain().logQ() + p.chain().logP()).isLessThanOrEqualTo(most);
                assertThat(p.digits()).isBetween(Math.min(3, levels + 1), 8);
            }
        }
    }

    @Test
    void takesMoreDigitsWhereTheTableAsksForThem() {
        assertThat(ParameterSearch.secure(14, 6, PlanLimits.DEFAULT).digits()).isEqualTo(3);
        assertThat(ParameterSearch.secure(14, 7, PlanLimits.DEFAULT).digits()).isGreaterThan(3);
    }

    @Test
    void refusesRingDegreesOutsideTheTable() {
        assertThatThrownBy(() -> ParameterSearch.secure(12, 1, PlanLimits.DEFAULT))
                .isInstanceOf(NoPlanException.class)
                .hasMessageContaining("found 2^12");
    }

    @Test
    void refusesMoreLevelsThanAreSecureWithTheNumbers() {
        assertThatThrownBy(() -> ParameterSearch.secure(13, 5, PlanLimits.DEFAULT))
                .isInstanceOf(NoPlanException.class)
                .hasMessageContaining("parameters: expected log2(QP) of at most 214")
                .hasMessageContaining("5 levels of 40 bits");
        assertThatThrownBy(() -> ParameterSearch.secure(14, Integer.MAX_VALUE - 10, PlanLimits.DEFAULT))
                .isInstanceOf(NoPlanException.class);
    }

    @Test
    void passesOnWhatTheParametersThemselvesRefuse() {
        assertThatThrownBy(() -> ParameterSearch.secure(14, 3, PlanLimits.DEFAULT.withScaleBits(20)))
                .isInstanceOfSatisfying(
                        NoPlanException.class,
                        e -> assertThat(e.reasons().get(14).kind()).isEqualTo(Kind.PARAMETERS))
                .hasMessageContaining("parameters: expected scaleBits in 22..48, found 20");
    }
}
