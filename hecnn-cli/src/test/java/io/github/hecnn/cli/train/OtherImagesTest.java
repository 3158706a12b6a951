package io.github.hecnn.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hecnn.mlr.data.synthetic.SyntheticDigits;
import io.github.hecnn.mlr.data.synthetic.SyntheticDigits.Split;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in the form of MNIST's, by the options of the run. */
class OtherImagesTest {
    @TempDir
    private Path folder;

    private void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    private void dataset(int classes, int count) throws IOException {
        for (Split split : Split.values()) {
            ByteBuffer images = ByteBuffer.allocate(16 + count * 784);
            images.putInt(0x803).putInt(count).putInt(28).putInt(28);
            ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
            int written = 0;
            for (int i = 0; written < count; i++) {
                int digit = SyntheticDigits.label(split, i);
                if (digit < classes) {
                    images.put(SyntheticDigits.pixels(split, i));
                    labels.put((byte) (digit + 1));
                    written++;
                }
            }
            String name = split == Split.TRAINING ? "train" : "t10k";
            write(name + "-images.idx3-ubyte", images.array());
            write(name + "-labels.idx1-ubyte", labels.array());
        }
    }

    @Test
    void anotherDataSetInThisFormIsNotCalledMnistAndHasItsOwnClasses() throws IOException {
        dataset(4, 200);
        Path out = folder.resolve("out");
        TrainedRun.succeed("--data", folder, "--rehearse", "--out", out, "--samples", 80, "--shuffle-seed", 3);
        var report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
        assertThat(report.get("dataset").asText()).isEqualTo("images of " + folder.getFileName());
        assertThat(report.get("details").get("labelNames").toString()).isEqualTo("[\"1\",\"2\",\"3\",\"4\"]");
        assertThat(report.get("accuracyPerIteration").get(1).asDouble()).isGreaterThan(0.8);
        Cli few = Cli.run("--data", folder, "--rehearse", "--out", out, "--samples", 2);
        assertThat(few.status()).isEqualTo(1);
        assertThat(few.err().get(0)).contains("split: expected training samples of", "--shuffle-seed 1");
        Cli many = Cli.run("--data", folder, "--rehearse", "--out", out, "--samples", 300);
        assertThat(many.err().get(0)).contains("--samples: expected at most 200 as in", "found 300; take fewer");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Cli none = Cli.run("--data", empty, "--rehearse", "--out", out);
        assertThat(none.err().get(0))
                .contains("give --data the folder that contains mnist/, or fetch it with --download");
    }
}
