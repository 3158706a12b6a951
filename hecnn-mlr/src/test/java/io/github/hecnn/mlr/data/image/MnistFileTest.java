package io.github.hecnn.mlr.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.data.DataFormatException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The IDX files under the names that they come by. */
class MnistFileTest {
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
        assertThat(MnistFile.TRAINING_IMAGES.in(folder).file()).isEqualTo(folder.resolve(name));
        assertThat(MnistFile.TRAINING_IMAGES.in(folder).notes()).isEmpty();
        assertThatThrownBy(() -> MnistFile.TRAINING_LABELS.in(folder))
                .isInstanceOf(DataFormatException.class)
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
        assertThatThrownBy(() -> MnistFile.TRAINING_IMAGES.in(folder)).isInstanceOf(DataFormatException.class);
    }

    @Test
    void twoFilesOfOneNameAreSaidOrRefused() throws IOException {
        write("mnist/t10k-labels-idx1-ubyte", new byte[] {1, 2, 3});
        write("mnist/t10k-labels.idx1-ubyte.gz", new byte[] {1, 2, 3});
        MnistFile.Found found = MnistFile.TEST_LABELS.in(folder);
        assertThat(found.notes()).hasSize(1);
        assertThat(found.notes().get(0)).endsWith("has the same content.");
        write("mnist/t10k-labels.idx1-ubyte.gz", new byte[] {1, 2, 4});
        assertThatThrownBy(() -> MnistFile.TEST_LABELS.in(folder))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("t10k-labels-idx1-ubyte and ")
                .hasMessageContaining("with different contents; remove one of them");
    }
}
