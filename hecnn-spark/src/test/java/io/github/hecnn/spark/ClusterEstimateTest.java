package io.github.hecnn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.spark.ClusterEstimate.Level;
import org.junit.jupiter.api.Test;

/** The model of an iteration, by hand. */
class ClusterEstimateTest {
    private static final IterationCost COST = new IterationCost(1000, 2, 1, 3, 400_000_000, 6_000_000, 60_000_000);
    private static final ClusterShape SHAPE = new ClusterShape(4, 1, 2, 1, 1e9, 2, 0, 0.001, 6e8);

    @Test
    void partsAreThoseOfAComputationByHand() {
        ClusterEstimate e = ClusterEstimate.of(COST, SHAPE, 10_000);
        assertThat(e.driver()).isEqualTo(3);
        assertThat(e.broadcast()).isCloseTo(0.006 * 3, within(1e-12));
        assertThat(e.gradients()).as("3 blocks of 2 s").isEqualTo(6);
        assertThat(e.adding()).as("4 to one task, and to the driver").isCloseTo(5 * (0.06 + 0.1), within(1e-12));
        assertThat(e.scheduling()).isCloseTo(0.005, within(1e-12));
        assertThat(e.seconds()).isCloseTo(3 + 0.018 + 6 + 0.8 + 0.005, within(1e-12));
        assertThat(e.largest()).isEqualTo("gradients");
        assertThat(ClusterEstimate.of(COST, SHAPE.withBytesPerSecond(1e8), 10_000).gradients())
                .as("4 s to fetch a block")
                .isEqualTo(12);
        assertThat(ClusterEstimate.of(COST, SHAPE.withCores(1), 10_000).gradients())
                .as("one core for both threads")
                .isEqualTo(9);
        assertThat(ClusterEstimate.of(COST, SHAPE.withStraggling(0.1), 10_000).gradients())
                .isCloseTo(6 * (1 + 0.1 * Math.sqrt(2 * Math.log(4))), within(1e-12));
    }

    @Test
    void theTreeIsThatOfSpark() {
        assertThat(ClusterEstimate.tree(1, 2)).isEmpty();
        assertThat(ClusterEstimate.tree(7, 2)).containsExactly(new Level(2, 4), new Level(1, 2));
        assertThat(ClusterEstimate.tree(7, 1)).containsExactly(new Level(1, 7));
        assertThat(ClusterEstimate.tree(1000, 2)).containsExactly(new Level(31, 33), new Level(1, 31));
        assertThat(ClusterEstimate.tree(1000, 3))
                .containsExactly(new Level(100, 10), new Level(10, 10), new Level(1, 10));
    }

    @Test
    void moreExecutorsThanBlocksDoNotHelp() {
        assertThat(ClusterEstimate.of(COST, SHAPE.withExecutors(50), 3000))
                .isEqualTo(ClusterEstimate.of(COST, SHAPE.withExecutors(3), 3000));
        assertThat(ClusterEstimate.worthwhileExecutors(COST, SHAPE, 1000)).isEqualTo(1);
        assertThat(ClusterEstimate.worthwhileExecutors(COST, SHAPE, 1_000_000)).isBetween(8, 512);
        assertThatThrownBy(() -> ClusterEstimate.of(COST, SHAPE, 0)).hasMessageContaining("at least 1 row, found 0");
        assertThatThrownBy(() -> SHAPE.withExecutors(0)).hasMessageContaining("found 0 executors");
    }
}
