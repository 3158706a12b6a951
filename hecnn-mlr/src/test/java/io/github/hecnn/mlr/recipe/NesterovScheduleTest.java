package io.github.hecnn.mlr.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NesterovScheduleTest {
    /** From numpy. */
    @Test
    void agreesWithTheReference() {
        NesterovSchedule schedule = NesterovSchedule.paper(5);
        double[] eta = {0.9899010197950513, -6.179380420078468e-05, -0.28178332043515025};
        for (int t = 1; t <= 3; t++) {
            assertThat(schedule.step(t).eta()).isCloseTo(eta[t - 1], within(1e-14));
            assertThat(schedule.step(t).gamma()).isCloseTo(1.0 / (5 * t), within(1e-16));
        }
    }

    @Test
    void momentumGrowsTowardsOne() {
        NesterovSchedule schedule = NesterovSchedule.paper(128);
        for (int t = 2; t < 200; t++) {
            assertThat(schedule.step(t + 1).eta())
                    .isLessThan(schedule.step(t).eta())
                    .isGreaterThan(-1);
        }
        assertThat(schedule.step(200).eta()).isLessThan(-0.97);
    }

    @Test
    void refusesNumbersBelowOne() {
        assertThatThrownBy(() -> NesterovSchedule.paper(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at least 1 sample, found 0");
        assertThatThrownBy(() -> NesterovSchedule.paper(1).step(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected iteration 1 or later, found 0");
    }
}
