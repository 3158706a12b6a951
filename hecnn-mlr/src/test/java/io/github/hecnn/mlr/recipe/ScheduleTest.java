package io.github.hecnn.mlr.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    /** From numpy. */
    @Test
    void thatOfThePaperAgreesWithTheReference() {
        double[] eta = {0.9899010197950513, -6.179380420078468e-05, -0.28178332043515025};
        for (int t = 1; t <= 3; t++) {
            Schedule.Step step = Schedule.paper().step(t, 5);
            assertThat(step.momentum()).isCloseTo(-eta[t - 1], within(1e-14));
            assertThat(step.stepSize()).isCloseTo(1 + 1.0 / (5 * t), within(1e-15));
        }
    }

    /** From numpy. */
    @Test
    void standardNesterovAgreesWithTheReference() {
        double[] momentum = {0, 0.28175352512532087, 0.434042782780302, 0.5310638054044795};
        for (int t = 1; t <= 4; t++) {
            assertThat(Schedule.nesterov().step(t, 7))
                    .satisfies(s -> assertThat(s.stepSize()).isEqualTo(1));
            assertThat(Schedule.nesterov().step(t, 7).momentum()).isCloseTo(momentum[t - 1], within(1e-12));
        }
    }

    @Test
    void momentumGrowsTowardsOne() {
        for (Schedule schedule : new Schedule[] {Schedule.paper(), Schedule.nesterov()}) {
            for (int t = 2; t < 200; t++) {
                assertThat(schedule.step(t + 1, 128).momentum())
                        .isGreaterThan(schedule.step(t, 128).momentum())
                        .isLessThan(1);
            }
            assertThat(schedule.step(200, 128).momentum()).isGreaterThan(0.97);
        }
    }

    @Test
    void stepsDecayAfterEveryFewIterations() {
        Schedule schedule = Schedule.constant(0.9).withStepDecay(0.5, 3);
        double[] sizes = {1, 1, 1, 0.5, 0.5, 0.5, 0.25};
        for (int t = 1; t <= sizes.length; t++) {
            assertThat(schedule.step(t, 1)).isEqualTo(new Schedule.Step(sizes[t - 1], 0.9));
        }
    }

    @Test
    void refusesNumbersBelowOne() {
        assertThatThrownBy(() -> Schedule.paper().step(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 sample, found 1 and 0");
        assertThatThrownBy(() -> Schedule.paper().step(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected iteration 1 or later");
    }

    @Test
    void refusesMomentumAndDecayOutOfRange() {
        for (double momentum : new double[] {-0.1, 1, Double.NaN}) {
            assertThatThrownBy(() -> Schedule.constant(momentum))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("found " + momentum);
        }
        assertThatThrownBy(() -> Schedule.paper().withStepDecay(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 0.0 every 1");
        assertThatThrownBy(() -> Schedule.paper().withStepDecay(0.5, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
