package io.github.hecnn.mlr.roles.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.exchange.SealedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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
    @TempDir
    private static Path origin;

    @TempDir
    private Path folder;

    private static PreparedLongTraining training;
    private static LongResultFile account;

    private Path exchange;

    @BeforeAll
    static void trains() throws IOException {
        training = PreparedLongTraining.of(
                LongFixture.data(512, 1),
                LongFixture.settings().batch(256).iterations(3).build());
        LongFixture.write(training, origin);
        account = LongFixture.cloud().iterations(1).train(origin.resolve("exchange"));
    }

    @BeforeEach
    void copies() throws IOException {
        exchange = folder.resolve("exchange");
        LongFixture.copy(origin.resolve("exchange"), exchange);
        LongFixture.copy(origin.resolve("own"), folder.resolve("own"));
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
        assertThat(LongFixture.cloud().resuming(true).train(exchange).iterations())
                .isEqualTo(3);
        assertThat(LongFixture.owner(folder).open().iterations()).isEqualTo(3);
    }

    /** Not even keys are made where the data will not fit. */
    @Test
    void anOwnerWithoutRoomIsToldBeforeItBegins() throws IOException {
        Map<String, Long> before = files(folder);
        long needed = training.plan().uploadBytes() + training.plan().keyBytes();
        try (FullDisk disk = FullDisk.telling(needed - 1)) {
            refused(() -> LongFixture.write(training, folder));
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
                + files(LongFixture.run(origin)).entrySet().stream()
                        .filter(e -> e.getKey().endsWith(".bin"))
                        .mapToLong(Map.Entry::getValue)
                        .sum();
        try (FullDisk disk = FullDisk.silent((long) (part * all))) {
            refused(() -> LongFixture.write(training, folder));
        }
        assertThat(files(folder)).isEqualTo(before);
        goesOn();
    }

    /** Full in the weights, in the gradient, in the file that names them, and in the account at the end. */
    @Test
    void aCloudsDiskThatFillsKeepsTheStateBefore() throws IOException {
        Path run = LongFixture.run(folder);
        long weights = Files.size(run.resolve("weights-00001.ckks"));
        long gradient = account.checkpointBytes();
        long head = Files.size(run.resolve("checkpoint.json"));
        Map<String, Long> before = files(exchange);
        for (long left : new long[] {weights / 2, weights + gradient / 2, weights + gradient + head / 2}) {
            try (FullDisk disk = FullDisk.silent(left)) {
                refused(() -> LongFixture.cloud().resuming(true).train(exchange));
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
        return SealedJson.read(run.resolve("checkpoint.json"), CheckpointFolder.Head.class, "")
                .iteration();
    }

    /** Room is asked for what is still to be done: half a disk is enough for the second half of a run. */
    @Test
    void aCloudIsToldBeforeItComputesAndNeedsRoomForTheRestOnly() throws IOException {
        long each = training.plan().checkpointBytes() / 3;
        Map<String, Long> before = files(exchange);
        try (FullDisk disk = FullDisk.telling(2 * each - 1)) {
            refused(() -> LongFixture.cloud().resuming(true).train(exchange));
        }
        assertThat(files(exchange)).isEqualTo(before);
        try (FullDisk disk = FullDisk.telling(2 * each + (1 << 16))) {
            goesOn();
        }
    }

    /** What was decided is written down first, so that the same question gets the same answer. */
    @Test
    void anOwnersDiskThatFillsWhileItAnswersLosesNoAnswer(@TempDir Path other) throws IOException {
        LongFixture.write(
                PreparedLongTraining.of(
                        LongFixture.data(512, 1),
                        LongFixture.settings()
                                .batch(256)
                                .iterations(3)
                                .validateEvery(2)
                                .build()),
                other);
        LongCloud cloud = LongFixture.cloud().answerTimeout(Duration.ofMillis(1));
        assertThatThrownBy(() -> cloud.train(other.resolve("exchange"))).hasMessageContaining("after iteration 2");
        LongValidator validator = LongValidator.of(LongFixture.owner(other), LongFixture.data(100, 2), 1);
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
