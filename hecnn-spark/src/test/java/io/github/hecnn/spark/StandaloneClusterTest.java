package io.github.hecnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.mlr.roles.row.LongListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master and two workers, three processes on the loopback interface, and the executors that they start. */
@Tag("slow")
class StandaloneClusterTest {
    private static final int ITERATIONS = 3;

    @TempDir
    private static Path folder;

    private static SmallTraining training;
    private static Map<String, byte[]> expected;

    @BeforeAll
    static void trainsInOneProcess() throws IOException {
        training = SmallTraining.write(folder);
        training.cloud().iterations(ITERATIONS).train(training.exchange());
        expected = training.bits();
        assertThat(expected).hasSize(2 * ITERATIONS);
    }

    private static void hasTheExpectedBits() throws IOException {
        Map<String, byte[]> found = training.bits();
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (name, bytes) -> assertThat(found.get(name)).as("%s", name).isEqualTo(bytes));
    }

    @Test
    void hasTheBitsOfOneProcess(@TempDir Path home) throws IOException, InterruptedException {
        try (StandaloneCluster cluster = new StandaloneCluster(home, 2);
                JavaSparkContext spark = new JavaSparkContext(cluster.conf())) {
            for (int partitions : new int[] {1, 2, 7}) {
                List<GradientReport> reports = new ArrayList<>();
                SparkTrainer.on(spark)
                        .partitions(partitions)
                        .reportsTo(reports::add)
                        .train(training.cloud().iterations(ITERATIONS), training.exchange(), LongListener.QUIET);
                hasTheExpectedBits();
                long keys = reports.stream().mapToLong(GradientReport::keyBytes).sum();
                long once = reports.get(0).keyBytes() / (partitions == 1 ? 1 : 2);
                assertThat(keys).as("keys, once for each executor").isIn(once, 2 * once);
                assertThat(reports.get(ITERATIONS - 1).keyBytes()).isIn(0L, once);
            }
        }
    }

    @Test
    void hasThemWithRefreshesOnAnExecutorWhichIsAlwaysTheSame(@TempDir Path home)
            throws IOException, InterruptedException {
        List<RefreshReport> refreshes = new ArrayList<>();
        try (StandaloneCluster cluster = new StandaloneCluster(home, 2);
                JavaSparkContext spark = new JavaSparkContext(cluster.conf())) {
            SparkTrainer.on(spark)
                    .refreshAt(RefreshPlace.TASK)
                    .reportsTo(new ClusterListener() {
                        @Override
                        public void gradientDone(GradientReport report) {}

                        @Override
                        public void refreshDone(RefreshReport report) {
                            refreshes.add(report);
                        }
                    })
                    .train(training.cloud().iterations(ITERATIONS), training.exchange(), LongListener.QUIET);
        }
        hasTheExpectedBits();
        assertThat(refreshes).hasSize(ITERATIONS);
        assertThat(refreshes)
                .extracting(RefreshReport::executor)
                .containsOnly(refreshes.get(0).executor());
        assertThat(refreshes.get(0).keyBytes()).isPositive();
        assertThat(refreshes).extracting(RefreshReport::keyBytes).endsWith(0L, 0L);
    }

    @Test
    void hasThemWhenAWorkerIsKilledInTheMidstOfAnIteration(@TempDir Path home)
            throws IOException, InterruptedException {
        try (StandaloneCluster cluster = new StandaloneCluster(home, 2);
                JavaSparkContext spark = new JavaSparkContext(cluster.conf().set("spark.speculation", "true"))) {
            AtomicInteger started = new AtomicInteger();
            List<GradientReport> reports = new ArrayList<>();
            AtomicInteger gradients = new AtomicInteger();
            spark.sc().addSparkListener(new SparkListener() {
                @Override
                public void onTaskStart(SparkListenerTaskStart task) {
                    if (gradients.get() == 1 && started.incrementAndGet() == 4) {
                        cluster.killWorker(1);
                    }
                }
            });
            SparkTrainer.on(spark)
                    .partitions(SmallTraining.BLOCKS)
                    .reportsTo(r -> {
                        reports.add(r);
                        gradients.incrementAndGet();
                    })
                    .train(training.cloud().iterations(ITERATIONS), training.exchange(), LongListener.QUIET);
            hasTheExpectedBits();
            assertThat(reports).hasSize(ITERATIONS);
            assertThat(started.get()).as("tasks of the iteration").isGreaterThan(SmallTraining.BLOCKS);
            assertThat(spark.sc().getExecutorMemoryStatus().size())
                    .as("driver and one executor")
                    .isEqualTo(2);
        }
    }

    @Test
    void hasThemWhenAnExecutorProcessIsKilledAndRepeatsAtMostThatIteration(@TempDir Path home)
            throws IOException, InterruptedException {
        try (StandaloneCluster cluster = new StandaloneCluster(home, 2);
                JavaSparkContext spark = new JavaSparkContext(cluster.conf())) {
            GradientTasks tasks = new GradientTasks((gradient, started) -> {
                if (gradient == 2 && started == 4) {
                    cluster.killExecutor(2);
                }
            });
            spark.sc().addSparkListener(tasks);
            SparkTrainer.on(spark)
                    .partitions(SmallTraining.BLOCKS)
                    .refreshAt(RefreshPlace.TASK)
                    .train(training.cloud().iterations(ITERATIONS), training.exchange(), LongListener.QUIET);
            hasTheExpectedBits();
            List<Integer> started = tasks.startedByGradient();
            assertThat(started).hasSize(ITERATIONS);
            int usual = started.get(0);
            assertThat(started.get(1)).as("of %s", started).isBetween(usual + 1, 2 * usual);
            assertThat(started.get(2)).as("of %s", started).isEqualTo(usual);
        }
    }

    /** Trains on a cluster until it is killed: after the checkpoint of iteration 1, in the midst of iteration 2. */
    static final class Driver {
        private Driver() {}

        /**
         * Trains.
         *
         * @param args exchange, checkpoints, master, and the class path of executors
         */
        public static void main(String[] args) throws IOException {
            SparkConf conf = StandaloneCluster.conf(args[2], args[3]);
            try (JavaSparkContext spark = new JavaSparkContext(conf)) {
                AtomicInteger gradients = new AtomicInteger();
                spark.sc().addSparkListener(new SparkListener() {
                    @Override
                    public void onTaskStart(SparkListenerTaskStart task) {
                        if (gradients.get() == 1) {
                            Runtime.getRuntime().halt(137);
                        }
                    }
                });
                SparkTrainer.on(spark)
                        .reportsTo(r -> gradients.incrementAndGet())
                        .train(
                                SmallTraining.resumed(Path.of(args[1])).iterations(ITERATIONS),
                                Path.of(args[0]),
                                LongListener.QUIET);
            }
        }
    }

    @Test
    void hasThemWhenTheDriverIsKilledAndStartedAgain(@TempDir Path home) throws IOException, InterruptedException {
        try (StandaloneCluster cluster = new StandaloneCluster(home, 2)) {
            training.cloud(); // a new folder of checkpoints
            Process driver = cluster.driver(
                    Driver.class,
                    training.exchange().toString(),
                    training.checkpoints().toString());
            assertThat(driver.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(driver.exitValue()).isEqualTo(137);
            assertThat(training.checkpoints().resolve("checkpoint.json")).exists();
            List<GradientReport> reports = new ArrayList<>();
            try (JavaSparkContext spark = new JavaSparkContext(cluster.conf())) {
                SparkTrainer.on(spark)
                        .reportsTo(reports::add)
                        .train(
                                SmallTraining.resumed(training.checkpoints()).iterations(ITERATIONS),
                                training.exchange(),
                                LongListener.QUIET);
            }
            hasTheExpectedBits();
            assertThat(reports).as("iterations after the checkpoint").hasSize(ITERATIONS - 1);
        }
    }
}
