package io.github.hecnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.mlr.roles.row.LongListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smallest cluster there is: one task at a time in this process. */
class OneTaskTest {
    @Test
    void hasTheBitsOfOneProcessForAnyNumberOfPartitions(@TempDir Path folder) throws IOException {
        SmallTraining training = SmallTraining.write(folder);
        training.cloud().train(training.exchange());
        Map<String, byte[]> expected = training.bits();
        assertThat(expected).hasSize(4); // weights and gradients of two iterations
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf()
                .setMaster("local[1]")
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1"))) {
            for (int partitions : new int[] {1, 2, SmallTraining.BLOCKS}) {
                List<GradientReport> reports = new ArrayList<>();
                SparkTrainer.on(spark)
                        .partitions(partitions)
                        .reportsTo(reports::add)
                        .train(training.cloud(), training.exchange(), LongListener.QUIET);
                Map<String, byte[]> found = training.bits();
                assertThat(found.keySet()).isEqualTo(expected.keySet());
                expected.forEach((name, bytes) -> assertThat(found.get(name))
                        .as("%s, %d partitions", name, partitions)
                        .isEqualTo(bytes));
                assertThat(reports).hasSize(2).allMatch(r -> r.partitions() == partitions);
            }
        }
    }
}
