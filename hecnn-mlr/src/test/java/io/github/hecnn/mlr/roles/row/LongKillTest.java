package io.github.hecnn.mlr.roles.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongKillTest {
    /** Twice at a chosen moment, inside of an iteration and before its checkpoint, and once at a random one. */
    @Test
    void aRunThatIsKilledThreeTimesEndsWithTheSameBits(@TempDir Path folder, @TempDir Path other) throws Exception {
        LongFixture.write(
                PreparedLongTraining.of(
                        LongFixture.data(512, 1),
                        LongFixture.settings().batch(256).build()),
                folder);
        LongFixture.copy(folder.resolve("exchange"), other.resolve("exchange"));
        LongFixture.cloud().train(folder.resolve("exchange"));
        Map<String, byte[]> weights = LongFixture.files(LongFixture.run(folder), "weights-");
        Path run = LongFixture.run(other);
        Path exchange = other.resolve("exchange");
        Path state = other.resolve("state");
        Process child = ChildCloud.start(exchange, state, "iteration 2");
        assertThat(child.waitFor()).isEqualTo(137);
        assertThat(state.resolve("checkpoint.json")).exists();
        child = ChildCloud.start(exchange, state, "none");
        String before = Files.readString(state.resolve("checkpoint.json"));
        while (child.isAlive()
                && Files.readString(state.resolve("checkpoint.json")).equals(before)) {
            Thread.sleep(5);
        }
        Thread.sleep(new Random(8).nextInt(60));
        child.destroyForcibly().waitFor();
        child = ChildCloud.start(exchange, state, "iteration 6");
        assertThat(child.waitFor()).isIn(137, 0); // the second one may have come farther
        LongFixture.cloud().resuming(true).checkpointsIn(state).train(exchange);
        LongFixture.assertSameFiles(LongFixture.files(run, "weights-"), weights);
        LongFixture.assertSameFiles(
                LongFixture.files(state, "gradient-"),
                LongFixture.files(folder.resolve("exchange/checkpoint"), "gradient-"));
        assertThat(LongFixture.files(state, "")).hasSize(7); // gradients and head, nothing left over
    }
}
