package io.github.hecnn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.roles.row.LongCloud;
import io.github.hecnn.mlr.roles.row.LongListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two tasks at a time in this process, each tried four times. */
class SparkTrainerTest {
    private static final LongListener QUIET = LongListener.QUIET;

    @TempDir
    private static Path folder;

    private static JavaSparkContext spark;
    private static SmallTraining training;
    private static Map<String, byte[]> expected;
    /** Of the second iteration, by number of partitions. */
    private static final Map<Integer, Long> KEY_SWITCHES = new TreeMap<>();

    @BeforeAll
    static void trainsInOneProcess() throws IOException {
        spark = new JavaSparkContext(new SparkConf()
                .setMaster("local[2,4]")
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.hadoop.fs.failing.impl", FailingFileSystem.class.getName())
                .set("spark.hadoop.fs.placed.impl", PlacedFileSystem.class.getName()));
        training = SmallTraining.write(folder);
        training.cloud().train(training.exchange());
        expected = training.bits();
        assertThat(expected).hasSize(4); // weights and gradients of two iterations
    }

    @AfterAll
    static void stops() {
        if (spark != null) {
            spark.stop();
        }
    }

    private static void hasTheExpectedBits(SmallTraining of) throws IOException {
        Map<String, byte[]> found = of.bits();
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (name, bytes) -> assertThat(found.get(name)).as("%s", name).isEqualTo(bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void hasTheBitsOfOneProcessForAnyNumberOfPartitions(int partitions) throws IOException {
        List<GradientReport> reports = new ArrayList<>();
        GradientTasks tasks = new GradientTasks((gradient, started) -> {});
        spark.sc().addSparkListener(tasks);
        SparkTrainer.on(spark)
                .partitions(partitions)
                .reportsTo(reports::add)
                .train(training.cloud(), training.exchange(), QUIET);
        hasTheExpectedBits(training);
        spark.sc().removeSparkListener(tasks);
        int adding = (int) ClusterEstimate.tree(partitions, 2).stream()
                .mapToLong(ClusterEstimate.Level::tasks)
                .sum();
        assertThat(tasks.startedByGradient())
                .as("tasks, as the model counts them")
                .containsExactly(partitions + adding, partitions + adding);
        assertThat(reports).hasSize(2).allMatch(r -> r.partitions() == partitions && r.blocks() == 7);
        GradientReport one = reports.get(0);
        GradientReport two = reports.get(1);
        assertThat(one.keyBytes()).as("keys, once").isEqualTo(bytes("forward-keys", "backward-keys", "dataset.json"));
        assertThat(two.keyBytes()).as("keys, again").isZero();
        assertThat(two.blockBytes()).isEqualTo(bytes("block-"));
        assertThat(one.weightBytes()).as("weights of zero").isZero();
        assertThat(two.weightBytes()).isPositive();
        assertThat(two.partialBytes()).isEqualTo(partitions * two.sumBytes());
        KEY_SWITCHES.put(partitions, two.keySwitches());
        assertThat(Set.copyOf(KEY_SWITCHES.values()))
                .as("work, by partitions: %s", KEY_SWITCHES)
                .hasSize(1);
        assertThat(two.keySwitches()).isPositive();
        assertThat(ExecutorJobs.count())
                .as("trainings that executors still have")
                .isZero();
    }

    private static long bytes(String... starts) throws IOException {
        try (Stream<Path> files = Files.list(training.run())) {
            return files.filter(f -> Stream.of(starts)
                            .anyMatch(s -> f.getFileName().toString().startsWith(s)))
                    .mapToLong(f -> f.toFile().length()
                            * (f.getFileName().toString().equals("dataset.json") ? 2 : 1)) // for its checksum
                    .sum();
        }
    }

    @Test
    void aRefreshAsATaskHasTheBitsOfOneInTheDriver() throws IOException {
        List<GradientReport> gradients = new ArrayList<>();
        List<RefreshReport> refreshes = new ArrayList<>();
        SparkTrainer.on(spark)
                .refreshAt(RefreshPlace.TASK)
                .reportsTo(new ClusterListener() {
                    @Override
                    public void gradientDone(GradientReport report) {
                        gradients.add(report);
                    }

                    @Override
                    public void refreshDone(RefreshReport report) {
                        refreshes.add(report);
                    }
                })
                .train(training.cloud(), training.exchange(), QUIET);
        hasTheExpectedBits(training);
        assertThat(gradients)
                .extracting(GradientReport::blockBytes)
                .as("blocks, and no keys")
                .containsOnly(bytes("block-"));
        assertThat(refreshes).extracting(RefreshReport::number).containsExactly(1, 2);
        assertThat(refreshes)
                .extracting(RefreshReport::keyBytes)
                .as("bootstrapping keys, once")
                .containsExactly(bytes("bootstrap-keys"), 0L);
        assertThat(refreshes).allMatch(r -> r.refreshedBytes() > r.sentBytes() && r.sentBytes() > 0);
    }

    @Test
    void theDriverNeedsNoBootstrappingKeysIfItDoesNotRefresh(@TempDir Path other) throws IOException {
        SmallTraining copy = training.copy(other);
        flip(copy.run().resolve("bootstrap-keys.bin"));
        assertThatThrownBy(() -> SparkTrainer.on(spark)
                        .refreshAt(RefreshPlace.TASK)
                        .exchangeAt(copy.exchange().toUri().toString())
                        .train(training.cloud(), training.exchange(), QUIET))
                .as("those that an executor reads are damaged")
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("bootstrap-keys.bin: expected the file that the job names");
    }

    /** In local mode nothing looks again for a host that was not free. */
    @Test
    void placesOfFilesAreNoMatterInLocalMode() throws IOException {
        PlacedFileSystem.place(
                name -> List.of(name.startsWith("block-00006") ? "elsewhere" : Utils.localHostName(), "far"));
        SparkTrainer.on(spark)
                .exchangeAt("placed://" + training.exchange().toAbsolutePath())
                .partitions(7)
                .train(training.cloud(), training.exchange(), QUIET);
        hasTheExpectedBits(training);
    }

    @Test
    void saysHowManyBlocksAreDone() throws IOException {
        List<String> heard = new CopyOnWriteArrayList<>();
        SparkTrainer.on(spark)
                .partitions(7)
                .reportsTo(new ClusterListener() {
                    @Override
                    public void gradientDone(GradientReport report) {
                        heard.add("gradient " + report.number());
                    }

                    @Override
                    public void blocksDone(int gradient, int done, int blocks) {
                        heard.add(gradient + ": " + done + " of " + blocks);
                    }
                })
                .train(training.cloud(), training.exchange(), QUIET);
        assertThat(heard).containsSubsequence("1: 7 of 7", "gradient 1", "2: 7 of 7", "gradient 2");
        assertThat(heard).doesNotHaveDuplicates();
    }

    @Test
    void goesOnFromTheCheckpointOfOneProcessAndTheOtherWayRound() throws IOException {
        training.cloud().iterations(1).train(training.exchange());
        LongCloud cloud = SmallTraining.resumed(training.checkpoints());
        Path exchange = training.exchange();
        String exchangeUri = exchange.toUri().toString();
        // docs/cluster.md of a program of your own starts
        SparkTrainer trainer = SparkTrainer.on(spark).exchangeAt(exchangeUri);
        trainer.train(cloud, exchange, LongListener.QUIET);
        // docs/cluster.md of a program of your own ends
        hasTheExpectedBits(training);
        SparkTrainer.on(spark).train(training.cloud().iterations(1), training.exchange(), QUIET);
        SmallTraining.resumed(training.checkpoints()).train(training.exchange());
        hasTheExpectedBits(training);
    }

    @Test
    void aTaskThatFailsIsTriedAgainWithTheSameBits() throws IOException {
        FailingFileSystem.FAILURES.put("block-00004-part-0001.ckks", 1);
        FailingFileSystem.FAILURES.put("backward-keys.bin", 1);
        SparkTrainer.on(spark)
                .exchangeAt("failing://" + training.exchange().toAbsolutePath())
                .partitions(7)
                .train(training.cloud(), training.exchange(), QUIET);
        hasTheExpectedBits(training);
        assertThat(FailingFileSystem.FAILURES)
                .containsEntry("block-00004-part-0001.ckks", 0)
                .containsEntry("backward-keys.bin", 0);
    }

    @Test
    void aDiskThatKeepsFailingStopsTheTraining() {
        FailingFileSystem.FAILURES.put("block-00002-part-0000.ckks", 4);
        assertThatThrownBy(() -> SparkTrainer.on(spark)
                        .exchangeAt("failing://" + training.exchange().toAbsolutePath())
                        .partitions(7)
                        .train(training.cloud(), training.exchange(), QUIET))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected executors that finish their tasks")
                .hasMessageContaining("block-00002-part-0000.ckks");
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private static void refuses(SmallTraining of, String text) {
        assertThatThrownBy(() -> SparkTrainer.on(spark).train(of.cloud(), of.exchange(), QUIET))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(text);
    }

    @Test
    void aDamagedOrMissingBlockIsNamed(@TempDir Path other) throws IOException {
        SmallTraining copy = training.copy(other);
        flip(copy.run().resolve("block-00003-part-0000.ckks"));
        refuses(copy, "block-00003-part-0000.ckks: expected SHA-256");
        Files.delete(copy.run().resolve("block-00006-part-0001.ckks"));
        refuses(copy, "expected block-00006-part-0001.ckks with");
    }

    @Test
    void aBlockThatIsMissingWhereExecutorsReadIsNamed(@TempDir Path other) throws IOException {
        SmallTraining copy = training.copy(other);
        Files.delete(copy.run().resolve("block-00005-part-0000.ckks"));
        assertThatThrownBy(() -> SparkTrainer.on(spark)
                        .exchangeAt(copy.exchange().toUri().toString())
                        .train(training.cloud(), training.exchange(), QUIET))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected block-00005-part-0000.ckks with")
                .hasMessageContaining("found none");
    }

    @Test
    void readsBlocksWhereExecutorsFindThemAndNotInTheSharedFolder(@TempDir Path other) throws IOException {
        SmallTraining copy = training.copy(other);
        try (Stream<Path> files = Files.list(copy.run())) {
            for (Path block : files.filter(f -> f.getFileName().toString().startsWith("block-"))
                    .toList()) {
                Files.delete(block);
            }
        }
        SparkTrainer.on(spark)
                .exchangeAt(training.exchange().toUri().toString())
                .train(copy.cloud(), copy.exchange(), QUIET);
        hasTheExpectedBits(copy);
    }

    @Test
    void keysOfAnotherRunAreRefusedByExecutors(@TempDir Path other) throws IOException {
        SmallTraining copy = training.copy(other);
        flip(copy.run().resolve("forward-keys.bin"));
        assertThatThrownBy(() -> SparkTrainer.on(spark)
                        .exchangeAt(copy.exchange().toUri().toString())
                        .train(training.cloud(), training.exchange(), QUIET))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("forward-keys.bin: expected the file that the job names");
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatThrownBy(() -> SparkTrainer.on(spark).partitions(0)).hasMessageContaining("1 or more partitions");
        assertThatThrownBy(() -> SparkTrainer.on(spark).treeDepth(0)).hasMessageContaining("1 or more levels");
    }
}
