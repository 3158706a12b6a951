package io.github.hecnn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.recipe.TrainingState;
import io.github.hecnn.mlr.recipe.TrainingStateFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two tasks at a time in this process, each tried four times. */
class SparkDesignTest {
    @TempDir
    private static Path folder;

    private static JavaSparkContext spark;
    private static SmallTraining training;
    private static TrainingState<Ciphertext> first;
    private static byte[] expected;

    @BeforeAll
    static void trainsInOneProcess() throws IOException {
        spark = new JavaSparkContext(new SparkConf()
                .setMaster("local[2,4]")
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.hadoop.fs.failing.impl", FailingFileSystem.class.getName()));
        training = new SmallTraining(folder);
        first = training.local(null, 1);
        expected = training.bits(training.local(first, 2));
    }

    @AfterAll
    static void stops() {
        if (spark != null) {
            spark.stop();
        }
    }

    private static String uri(Path path) {
        return path.toUri().toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void hasTheBitsOfOneProcessForAnyNumberOfPartitions(int partitions) throws IOException {
        List<GradientReport> reports = new ArrayList<>();
        TrainingState<Ciphertext> state = training.spark(spark, uri(folder), partitions, null, 2, reports::add);
        assertThat(training.bits(state)).isEqualTo(expected);
        assertThat(reports).hasSize(2).allMatch(r -> r.partitions() == partitions && r.blocks() == 7);
    }

    @Test
    void readsKeysOnceAndBlocksInEveryIteration() throws IOException {
        List<GradientReport> reports = new ArrayList<>();
        training.spark(spark, uri(folder), 7, null, 2, reports::add);
        long keys = Files.size(folder.resolve(SmallTraining.FORWARD))
                + Files.size(folder.resolve(SmallTraining.BACKWARD))
                + Files.size(folder.resolve("dataset.json"));
        long blocks;
        try (Stream<Path> files = Files.list(folder)) {
            blocks = files.filter(f -> f.getFileName().toString().startsWith("block-"))
                    .mapToLong(f -> f.toFile().length())
                    .sum();
        }
        GradientReport one = reports.get(0);
        GradientReport two = reports.get(1);
        assertThat(one.keyBytes()).isEqualTo(keys);
        assertThat(two.keyBytes()).isZero();
        assertThat(two.blockBytes()).isEqualTo(blocks);
        assertThat(one.weightBytes()).isZero();
        assertThat(two.weightBytes()).isPositive();
        assertThat(two.partialBytes()).isEqualTo(7 * two.sumBytes());
    }

    @Test
    void forgetsTheTrainingWhenItIsClosed() {
        List<String> ids = new ArrayList<>();
        training.spark(spark, uri(folder), 2, null, 1, r -> ids.add("small"));
        assertThat(ids).hasSize(1);
        assertThat(ExecutorJobs.count()).isZero();
    }

    @Test
    void goesOnFromACheckpointOfOneProcess() throws IOException {
        TrainingState<Ciphertext> read =
                TrainingStateFile.read(new ByteArrayInputStream(training.bits(first)), training.serializer);
        assertThat(training.bits(training.spark(spark, uri(folder), 2, read, 2, r -> {})))
                .isEqualTo(expected);
    }

    @Test
    void aTaskThatFailsIsTriedAgainWithTheSameBits() throws IOException {
        FailingFileSystem.FAILURES.put("block-00004-part-0001.ckks", 1);
        FailingFileSystem.FAILURES.put(SmallTraining.BACKWARD, 1);
        String failing = "failing://" + folder.toAbsolutePath();
        assertThat(training.bits(training.spark(spark, failing, 7, null, 2, r -> {})))
                .isEqualTo(expected);
        assertThat(FailingFileSystem.FAILURES)
                .containsEntry("block-00004-part-0001.ckks", 0)
                .containsEntry(SmallTraining.BACKWARD, 0);
    }

    @Test
    void aDiskThatKeepsFailingStopsTheJob() {
        FailingFileSystem.FAILURES.put("block-00002-part-0000.ckks", 4);
        String failing = "failing://" + folder.toAbsolutePath();
        assertThatThrownBy(() -> training.spark(spark, failing, 7, null, 1, r -> {}))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("expected executors that finish their tasks")
                .hasMessageContaining("block-00002-part-0000.ckks");
    }

    private static Path copy(Path to) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    @Test
    void aDamagedBlockIsNamed(@TempDir Path other) throws IOException {
        Path file = copy(other).resolve("block-00003-part-0000.ckks");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> training.spark(spark, uri(other), 2, null, 1, r -> {}))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("block-00003-part-0000.ckks: expected SHA-256");
    }

    @Test
    void aMissingBlockIsNamed(@TempDir Path other) throws IOException {
        Files.delete(copy(other).resolve("block-00006-part-0001.ckks"));
        assertThatThrownBy(() -> training.spark(spark, uri(other), 7, null, 1, r -> {}))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("block-00006-part-0001.ckks: expected a file, found none");
    }

    @Test
    void aFolderThatExecutorsCannotReadIsNamed() {
        assertThatThrownBy(() -> training.spark(spark, "file:///nowhere/at-all", 2, null, 1, r -> {}))
                .hasMessageContaining("nowhere/at-all");
    }
}
