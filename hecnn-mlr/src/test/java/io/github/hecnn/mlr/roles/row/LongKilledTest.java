package io.github.hecnn.mlr.roles.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.exchange.SealedJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** As {@link LongKillTest} at real size: 52,500 images of MNIST with 128 bits of security, killed with -9 at random moments of its training. */
@Tag("slow")
class LongKilledTest {
    private static final int ITERATIONS = 8;
    private static final String HEAP = "8g";

    /** More than an iteration takes, less than two and a half. */
    private static final int MOST_MILLISECONDS = 6000;

    @Test
    void aRunThatIsKilledThreeTimesEndsWithTheSameBits(@TempDir Path folder, TestReporter reporter) throws Exception {
        LongMnist.assumeHeap(4);
        Path exchange = folder.resolve("exchange");
        LongOwner.write(
                PreparedLongTraining.of(
                        LongMnist.training(LongMnist.SAMPLES),
                        LongSettings.builder().iterations(ITERATIONS).build()),
                folder.resolve("own"),
                exchange,
                WorkerPool.common(),
                RandomSource.reproducible(16),
                "",
                LongListener.QUIET);
        Path run = LongFixture.run(folder);
        Path whole = folder.resolve("whole");
        assertThat(waitFor(ChildCloud.startReal(exchange, whole, HEAP))).isZero();
        Map<String, byte[]> weights = LongFixture.files(run, "weights-");
        assertThat(weights).hasSize(ITERATIONS);
        for (String name : weights.keySet()) {
            Files.delete(run.resolve(name));
        }
        Files.delete(run.resolve(LongFiles.REPORT));

        Path state = folder.resolve("state");
        Random random = new Random(16);
        for (int kill = 1; kill <= 3; kill++) {
            Process child = ChildCloud.startReal(exchange, state, HEAP);
            int moment = random.nextInt(MOST_MILLISECONDS);
            assertThat(killed(child, moment)).as("child that is still training").isEqualTo(137);
            int done = iterations(state);
            reporter.publishEntry("kill " + kill, moment + " ms into an iteration, " + done + " iterations kept");
            assertThat(done).isLessThan(ITERATIONS);
        }
        assertThat(iterations(state)).isPositive();
        assertThat(waitFor(ChildCloud.startReal(exchange, state, HEAP))).isZero();
        LongFixture.assertSameFiles(LongFixture.files(run, "weights-"), weights);
        LongFixture.assertSameFiles(LongFixture.files(state, "gradient-"), LongFixture.files(whole, "gradient-"));
    }

    /** Sends a kill so long after the first line that tells of an iteration. */
    private static int killed(Process child, int milliseconds) throws Exception {
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("iteration")) {
                line = lines.readLine();
            }
            Thread.sleep(milliseconds);
            return child.destroyForcibly().waitFor();
        }
    }

    private static int waitFor(Process child) throws Exception {
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().filter(l -> !l.startsWith("iteration")).forEach(System.out::println);
        }
        return child.waitFor();
    }

    private static int iterations(Path state) throws IOException {
        Path head = state.resolve(CheckpointFolder.HEAD);
        return Files.exists(head)
                ? SealedJson.read(head, CheckpointFolder.Head.class, "").iteration()
                : 0;
    }
}
