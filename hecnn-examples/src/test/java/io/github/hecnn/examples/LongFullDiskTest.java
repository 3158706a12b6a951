package io.github.hecnn.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.core.files.FullDisk;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.roles.row.LongCloud;
import io.github.hecnn.mlr.roles.row.LongListener;
import io.github.hecnn.mlr.roles.row.LongOwner;
import io.github.hecnn.mlr.roles.row.LongResultFile;
import io.github.hecnn.mlr.roles.row.LongSettings;
import io.github.hecnn.mlr.roles.row.LongValidator;
import io.github.hecnn.mlr.roles.row.PreparedLongTraining;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One line each, and nothing lost: a job with a checkpoint after one iteration, and a disk that fills. */
@SuppressWarnings("try") // a disk only takes the place of another
class LongFullDiskTest {
    private static final WorkerPool WORKERS = WorkerPool.common();
    private static final LongCloud CLOUD = LongCloud.on(WORKERS).ofAnySecurity();

    @TempDir
    private static Path origin;

    @TempDir
    private Path folder;

    private static PreparedLongTraining training;
    private static LongResultFile account;

    private Path exchange;

    private static LabeledDataset data(int samples) {
        Random random = new Random(1);
        double[][] x = new double[samples][12];
        int[] labels = new int[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = i % 10;
            for (int k = 0; k < 12; k++) {
                x[i][k] = (k == labels[i] ? 2 : 0) + random.nextGaussian();
            }
        }
        return new LabeledDataset(x, labels, 10);
    }

    private static LongSettings.Builder settings() {
        return LongSettings.builder()
                .iterations(3)
                .batch(256)
                .groupWidth(4)
                .logRingDegree(11)
                .security(SecurityLevel.NONE);
    }

    private static void write(PreparedLongTraining prepared, Path to) throws IOException {
        LongOwner.write(
                prepared,
                to.resolve("own"),
                to.resolve("exchange"),
                WORKERS,
                RandomSource.seeded(5),
                "",
                LongListener.QUIET);
    }

    private static LongOwner owner(Path of) throws IOException {
        return LongOwner.read(of.resolve("own"), of.resolve("exchange"), WORKERS);
    }

    /** The folder of the only run. */
    private static Path run(Path of) throws IOException {
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(of.resolve("exchange"), "run-*")) {
            return runs.iterator().next();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path p : (Iterable<Path>) all::iterator) {
                Files.copy(p, to.resolve(from.relativize(p).toString()));
            }
        }
    }

    @BeforeAll
    static void trains() throws IOException {
        training = PreparedLongTraining.of(data(512), settings().build());
        write(training, origin);
        account = CLOUD.iterations(1).train(origin.resolve("exchange"));
    }

    @BeforeEach
    void copies() throws IOException {
        exchange = folder.resolve("exchange");
        copy(origin.resolve("exchange"), exchange);
        copy(origin.resolve("own"), folder.resolve("own"));
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(": expected room for ")
                .hasMessageEndingWith("; free some space, or choose a folder on another disk")
                .hasMessageNotContaining("\n");
    }

    private static Map<String, Long> files(Path folder) throws IOException {
        Map<String, Long> out = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path p : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                if (!p.getFileName().toString().endsWith(".lock")) {
                    out.put(folder.relativize(p).toString(), Files.size(p));
                }
            }
        }
        return out;
    }

    private void goesOn() throws IOException {
        assertThat(CLOUD.resuming(true).train(exchange).iterations())
                .isEqualTo(3);
        assertThat(owner(folder).open().iterations()).isEqualTo(3);
    }

    /** Not even keys are made where the data will not fit. */
    @Test
    void anOwnerWithoutRoomIsToldBeforeItBegins() throws IOException {
        Map<String, Long> before = files(folder);
        long needed = training.plan().uploadBytes() + training.plan().keyBytes();
        try (FullDisk disk = FullDisk.telling(needed - 1)) {
            refused(() -> write(training, folder));
        }
        assertThat(files(folder)).isEqualTo(before);
        goesOn();
    }

    /** Full among the keys, in the first block, in the last, and where the job is to be written. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.6, 0.75, 0.999})
    void anOwnersDiskThatFillsMeanwhileLeavesTheEarlierRun(double part) throws IOException {
        Map<String, Long> before = files(folder);
        long all = files(origin.resolve("own")).values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                + training.plan().uploadBytes()
                + files(run(origin)).entrySet().stream()
                        .filter(e -> e.getKey().endsWith(".bin"))
                        .mapToLong(Map.Entry::getValue)
                        .sum();
        try (FullDisk disk = FullDisk.silent((long) (part * all))) {
            refused(() -> write(training, folder));
        }
        assertThat(files(folder)).isEqualTo(before);
        goesOn();
    }

    /** Full in the weights, in the gradient, in the file that names them, and in the account at the end. */
    @Test
    void aCloudsDiskThatFillsKeepsTheStateBefore() throws IOException {
        Path run = run(folder);
        long weights = Files.size(run.resolve("weights-00001.ckks"));
        long gradient = account.checkpointBytes();
        long head = Files.size(run.resolve("checkpoint.json"));
        Map<String, Long> before = files(exchange);
        for (long left : new long[] {weights / 2, weights + gradient / 2, weights + gradient + head / 2}) {
            try (FullDisk disk = FullDisk.silent(left)) {
                refused(() -> CLOUD.resuming(true).train(exchange));
            }
            for (Map.Entry<String, Long> file : before.entrySet()) {
                if (!file.getKey().endsWith("report.json")) { // that of fewer iterations
                    assertThat(exchange.resolve(file.getKey())).hasSize(file.getValue());
                }
            }
            assertThat(checkpointed(run)).isEqualTo(1);
        }
        goesOn();
    }

    private static int checkpointed(Path run) throws IOException {
        return new ObjectMapper()
                .readTree(run.resolve("checkpoint.json").toFile())
                .get("iteration")
                .asInt();
    }

    /** Room is asked for what is still to be done: half a disk is enough for the second half of a run. */
    @Test
    void aCloudIsToldBeforeItComputesAndNeedsRoomForTheRestOnly() throws IOException {
        long each = training.plan().checkpointBytes() / 3;
        Map<String, Long> before = files(exchange);
        try (FullDisk disk = FullDisk.telling(2 * each - 1)) {
            refused(() -> CLOUD.resuming(true).train(exchange));
        }
        assertThat(files(exchange)).isEqualTo(before);
        try (FullDisk disk = FullDisk.telling(2 * each + (1 << 16))) {
            goesOn();
        }
    }

    /** What was decided is written down first, so that the same question gets the same answer. */
    @Test
    void anOwnersDiskThatFillsWhileItAnswersLosesNoAnswer(@TempDir Path other) throws IOException {
        write(PreparedLongTraining.of(data(512), settings().validateEvery(2).build()), other);
        LongCloud cloud = CLOUD.answerTimeout(Duration.ofMillis(1));
        assertThatThrownBy(() -> cloud.train(other.resolve("exchange"))).hasMessageContaining("after iteration 2");
        LongValidator validator = LongValidator.of(owner(other), data(100), 1);
        for (long left : new long[] {0, 300, 600}) { // of three files
            try (FullDisk disk = FullDisk.silent(left)) {
                refused(validator::answer);
            }
        }
        assertThat(validator.answer().orElseThrow().iteration()).isEqualTo(2);
        assertThat(cloud.resuming(true).train(other.resolve("exchange")).iterations())
                .isEqualTo(3);
    }
}
