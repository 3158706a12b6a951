package io.github.hecnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.mlr.roles.row.LongListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short run on a standalone cluster of every build: a master and two workers as processes; {@link StandaloneClusterTest} has the others. */
class StandaloneRunTest {
    @Test
    void twoProcessesHaveTheBitsOfOne(@TempDir Path folder, @TempDir Path home)
            throws IOException, InterruptedException {
        SmallTraining training = SmallTraining.write(folder);
        training.cloud().train(training.exchange());
        Map<String, byte[]> expected = training.bits();
        List<GradientReport> gradients = new ArrayList<>();
        try (StandaloneCluster cluster = new StandaloneCluster(home, 2);
                JavaSparkContext spark = new JavaSparkContext(cluster.conf())) {
            SparkTrainer.on(spark)
                    .partitions(2)
                    .reportsTo(gradients::add)
                    .train(training.cloud(), training.exchange(), LongListener.QUIET);
        }
        Map<String, byte[]> found = training.bits();
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (name, bytes) -> assertThat(found.get(name)).as("%s", name).isEqualTo(bytes));
        assertThat(gradients).hasSize(2);
        assertThat(gradients.get(0).keyBytes()).as("keys, for whoever asks first").isPositive();
    }
}
