package io.github.hecnn.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores outside of the sigmoid polynomial's interval: refused before anything is encrypted, or said on the first screen. */
class ScoreIntervalRunTest {
    @TempDir
    private Path folder;

    /** Three classes far apart in raw units, and a column that is always 5. */
    private Path csv() throws IOException {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 150; i++) {
            int label = i % 3;
            text.append(label)
                    .append(',')
                    .append(3 * label + random.nextGaussian())
                    .append(',')
                    .append(-2 * label + random.nextGaussian())
                    .append(",5\n");
        }
        return Files.writeString(folder.resolve("three.csv"), text);
    }

    private Cli run(Object... more) throws IOException {
        Object[] args = new Object[more.length + 6];
        System.arraycopy(
                new Object[] {"--csv", csv(), "--samples", 100, "--out", folder.resolve("out")}, 0, args, 0, 6);
        System.arraycopy(more, 0, args, 6, more.length);
        return Cli.run(args);
    }

    @Test
    void aTrainingThatLeavesTheIntervalIsRefusedBeforeKeysAreMade() throws IOException {
        for (String role : new String[] {"owner-encrypt", "all"}) {
            Cli run = run("--iterations", 12, "--preconditioner", "algorithm-1", "--role", role);
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).hasSize(1);
            assertThat(run.err().get(0))
                    .contains("expected scores inside the sigmoid polynomial's interval [-8, 8], found")
                    .contains("in iteration", "--outside-interval go-on");
            assertThat(folder.resolve("out/exchange/job.json")).doesNotExist();
        }
    }

    /** Twenty iterations do not fit any ring, but that is found only after the interval has been passed over. */
    @Test
    void goingOnPassesTheInterval() throws IOException {
        Cli run = run("--iterations", 20, "--outside-interval", "go-on", "--rehearse");
        assertThat(run.err().get(0)).startsWith("error: training plan:");
    }

    @Test
    void scoresPreconditionerAndConstantColumnsAreReported() throws IOException {
        Cli run = run("--iterations", 2, "--rehearse");
        assertThat(run.err()).isEmpty();
        JsonNode details = new ObjectMapper()
                .readTree(folder.resolve("out/report.json").toFile())
                .get("details");
        assertThat(details.get("notes").toString())
                .contains("inside the sigmoid polynomial's interval [-8, 8]")
                .contains("constant in the training data (counted from 1): 3.");
        assertThat(details.get("plan").get("preconditioner").asText()).isIn("program-bound", "algorithm-1");
        assertThat(details.get("plan").get("sigmoidInterval").toString()).isEqualTo("[-8.0,8.0]");
    }
}
