package io.github.hecnn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ExecutorResourcesTest {
    private static SparkConf cluster() {
        return new SparkConf(false)
                .setMaster("spark://127.0.0.1:7077")
                .set("spark.executor.cores", "8")
                .set("spark.executor.memory", "12g");
    }

    @Test
    void threadsKeepAllCoresBusyAndNoMore() {
        ExecutorResources one = ExecutorResources.of(cluster().set("spark.task.cpus", "8"), 16);
        assertThat(one.tasks()).isEqualTo(1);
        assertThat(one.threads()).isEqualTo(8);
        ExecutorResources two = ExecutorResources.of(cluster().set("spark.task.cpus", "4"), 16);
        assertThat(two.tasks()).isEqualTo(2);
        assertThat(two.tasks() + two.threads() - 1).isEqualTo(8);
        ExecutorResources eight = ExecutorResources.of(cluster(), 16);
        assertThat(eight.tasks()).isEqualTo(8);
        assertThat(eight.threads()).isEqualTo(1);
        assertThat(eight.heapBytes()).isEqualTo((long) (0.88 * (12L << 30)));
        assertThat(ExecutorMemory.usable(ExecutorMemory.given(1_000_000_000)))
                .isBetween(1_000_000_000L, 1_000_000_001L);
    }

    @Test
    void localModeHasTheMemoryAndTheCoresOfThisProcess() {
        ExecutorResources local =
                ExecutorResources.of(new SparkConf(false).setMaster("local[2]").set("spark.executor.memory", "1m"), 2);
        assertThat(local.local()).isTrue();
        assertThat(local.cores()).isEqualTo(2);
        assertThat(local.heapBytes()).isEqualTo(Runtime.getRuntime().maxMemory());
    }

    @Test
    void refusesCoresThatDoNotAgree() {
        assertThatThrownBy(() -> ExecutorResources.of(cluster().set("spark.task.cpus", "9"), 16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected spark.task.cpus of at most 8")
                .hasMessageContaining("found 9");
        assertThatThrownBy(() -> ExecutorResources.of(cluster().remove("spark.executor.cores"), 16))
                .hasMessageContaining("expected spark.executor.cores, found none");
    }

    private static long need(int samples, int tasks) {
        return need(samples, tasks, false);
    }

    private static long need(int samples, int tasks, boolean refreshes) {
        MlrConfig config = RowRecipe.settings(samples, 201, 10, 12, SigmoidApproximation.WEIGHTED_15)
                .build();
        RowRecipe recipe = RowRecipe.of(config, new RowLayout(1 << 15, 8, 10, 201, 16), 1);
        return ExecutorMemory.of(recipe, RowParameters.of(recipe, SecurityLevel.CLASSICAL_128), tasks, refreshes);
    }

    @Test
    void memoryDoesNotGrowWithTheDataButWithTasks() {
        assertThat(need(1_000_000, 1)).isEqualTo(need(50_000, 1)).isBetween(1L << 30, 6L << 30);
        assertThat(need(50_000, 4)).isGreaterThan(need(50_000, 1) + (1L << 30));
    }

    @Test
    void whoMayBeAskedForRefreshesHasRoomForTheirKeys() {
        assertThat(need(50_000, 1, true) - need(50_000, 1)).isBetween(1_000_000_000L, 6_000_000_000L);
    }

    @Test
    void refusesExecutorsWithTooLittleMemory() {
        ExecutorResources resources = ExecutorResources.of(cluster().set("spark.executor.memory", "2g"), 16);
        assertThatThrownBy(() -> resources.require(need(50_000, resources.tasks())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8 tasks at a time: expected at least")
                .hasMessageContaining("found 1890 MB; set spark.executor.memory");
    }
}
