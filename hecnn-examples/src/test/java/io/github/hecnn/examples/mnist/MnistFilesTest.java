package io.github.hecnn.examples.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hecnn.examples.cli.UserError;
import io.github.hecnn.examples.digits.SyntheticDigits;
import io.github.hecnn.examples.digits.SyntheticDigits.Split;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The IDX files under the names that they come by. */
class MnistFilesTest {
    @TempDir
    private Path folder;

    private void write(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream stream = Files.newOutputStream(file);
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(stream) : stream) {
            out.write(content);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mnist/train-images-idx3-ubyte",
                "mnist/train-images-idx3-ubyte.gz",
                "mnist/train-images.idx3-ubyte",
                "mnist/train-images.idx3-ubyte.gz",
                "mnist/train-images-idx3-ubyte/train-images-idx3-ubyte",
                "mnist/train-images.idx3-ubyte/train-images.idx3-ubyte",
                "mnist/train-images-idx3-ubyte/train-images.idx3-ubyte",
                "mnist/Train-Images-IDX3-UByte.GZ",
                "mnist/train-images-idx3-ubyte.idx",
                "mnist/train-images-idx3-ubyte.bin",
                "mnist/train_images_idx3_ubyte",
                "mnist/raw/train-images-idx3-ubyte",
                "MNIST/raw/train-images-idx3-ubyte.gz",
                "raw/train-images-idx3-ubyte",
                "train-images.idx3-ubyte"
            })
    void findsAFileUnderItsOtherNames(String name) throws IOException {
        write(name, new byte[] {1});
        assertThat(MnistFiles.TRAINING_IMAGES.in(folder).file()).isEqualTo(folder.resolve(name));
        assertThat(MnistFiles.TRAINING_IMAGES.in(folder).notes()).isEmpty();
        assertThatThrownBy(() -> MnistFiles.TRAINING_LABELS.in(folder))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("train-labels-idx1-ubyte or the same with .gz, found neither");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train-images-idx3-ubyte.part",
                "xtrain-images-idx3-ubyte",
                "train-images",
                "deep/er/train-images-idx3-ubyte"
            })
    void takesNoOtherFile(String name) throws IOException {
        write(name, new byte[] {1});
        assertThatThrownBy(() -> MnistFiles.TRAINING_IMAGES.in(folder)).isInstanceOf(UserError.class);
    }

    @Test
    void twoFilesOfOneNameAreSaidOrRefused() throws IOException {
        write("mnist/t10k-labels-idx1-ubyte", new byte[] {1, 2, 3});
        write("mnist/t10k-labels.idx1-ubyte.gz", new byte[] {1, 2, 3});
        MnistFiles.Found found = MnistFiles.TEST_LABELS.in(folder);
        assertThat(found.notes()).hasSize(1);
        assertThat(found.notes().get(0)).endsWith("has the same content.");
        write("mnist/t10k-labels.idx1-ubyte.gz", new byte[] {1, 2, 4});
        assertThatThrownBy(() -> MnistFiles.TEST_LABELS.in(folder))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("t10k-labels-idx1-ubyte and ")
                .hasMessageContaining("with different contents; remove one of them");
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
    }
}
