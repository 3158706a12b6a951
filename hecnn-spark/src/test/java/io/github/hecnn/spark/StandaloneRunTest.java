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
        String here = "127.0.0.1";
        PlacedFileSystem.place(name -> List.of(name.startsWith("block-00006") ? "elsewhere" : here, "far"));
        List<GradientReport> gradients = new ArrayList<>();
        GradientTasks tasks = new GradientTasks((gradient, started) -> {});
        try (StandaloneCluster cluster = new StandaloneCluster(home, 2);
                JavaSparkContext spark = new JavaSparkContext(
                        cluster.conf().set("spark.hadoop.fs.placed.impl", PlacedFileSystem.class.getName()))) {
            placesOfFilesAreThoseOfTheFileSystem(training, spark, here);
            spark.sc().addSparkListener(tasks);
            SparkTrainer.on(spark)
                    .exchangeAt("placed://" + training.exchange().toAbsolutePath())
                    .partitions(SmallTraining.BLOCKS)
                    .reportsTo(gradients::add)
                    .train(training.cloud(), training.exchange(), LongListener.QUIET);
        }
        Map<String, byte[]> found = training.bits();
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (name, bytes) -> assertThat(found.get(name)).as("%s", name).isEqualTo(bytes));
        assertThat(gradients).hasSize(2);
        assertThat(tasks.localities().stream().limit(SmallTraining.BLOCKS))
                .as("six of seven blocks are near")
                .filteredOn("NODE_LOCAL"::equals)
                .hasSize(6);
    }

    private static void placesOfFilesAreThoseOfTheFileSystem(
            SmallTraining training, JavaSparkContext spark, String here) throws IOException {
        HadoopFiles files = new HadoopFiles("placed://" + training.run().toAbsolutePath(), spark.hadoopConfiguration());
        String near = "block-00002-part-0000.ckks";
        assertThat(files.hosts(List.of(near, "block-00006-part-0000.ckks", "none")))
                .containsOnlyKeys("elsewhere", "far", here)
                .containsEntry(here, files.bytes(near))
                .containsEntry("far", 2 * files.bytes(near));
        assertThat(new HadoopFiles(training.run().toString(), spark.hadoopConfiguration()).hosts(List.of(near)))
                .as("of a folder of this machine")
                .isEmpty();
    }
}
