package io.github.hecnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master and two workers, three processes on the loopback interface, and the executors that they start. */
@Tag("slow")
class StandaloneClusterTest {
    @Test
    void hasTheBitsOfOneProcess(@TempDir Path folder) throws IOException, InterruptedException {
        SmallTraining training = new SmallTraining(Files.createDirectory(folder.resolve("data")));
        byte[] expected = training.bits(training.local(null, 2));
        try (StandaloneCluster cluster = new StandaloneCluster(folder, 2);
                JavaSparkContext spark = new JavaSparkContext(cluster.conf())) {
            for (int partitions : new int[] {1, 2, 7}) {
                List<GradientReport> reports = new ArrayList<>();
                assertThat(training.bits(training.spark(
                                spark, training.folder.toUri().toString(), partitions, null, 2, reports::add)))
                        .as("%d partitions", partitions)
                        .isEqualTo(expected);
                assertThat(reports.get(0).keyBytes()).isPositive();
                if (partitions == 7) { // both executors had work in the first iteration
                    assertThat(reports.get(1).keyBytes()).isZero();
                }
            }
        }
    }

    @Test
    void hasThemWhenAWorkerIsKilledInTheMidstOfAnIteration(@TempDir Path folder)
            throws IOException, InterruptedException {
        SmallTraining training = new SmallTraining(Files.createDirectory(folder.resolve("data")));
        byte[] expected = training.bits(training.local(null, 3));
        try (StandaloneCluster cluster = new StandaloneCluster(folder, 2);
                JavaSparkContext spark = new JavaSparkContext(
                        cluster.conf().set("spark.speculation", "true"))) {
            AtomicInteger started = new AtomicInteger();
            AtomicInteger finished = new AtomicInteger();
            spark.sc().addSparkListener(new SparkListener() {
                @Override
                public void onTaskStart(SparkListenerTaskStart task) {
                    if (finished.get() == 1 && started.incrementAndGet() == 4) {
                        cluster.killWorker(1);
                    }
                }
            });
            List<GradientReport> reports = new ArrayList<>();
            assertThat(training.bits(training.spark(spark, training.folder.toUri().toString(), 7, null, 3, r -> {
                        reports.add(r);
                        finished.incrementAndGet();
                    })))
                    .isEqualTo(expected);
            assertThat(started.get()).isGreaterThan(4);
            assertThat(reports).hasSize(3);
        }
    }
}
