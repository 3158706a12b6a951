package io.github.hecnn.mlr.encoder.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.LabeledDataset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFilesTest {
    @TempDir
    private Path folder;

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    @Test
    void cifarIsPlanesOfRedGreenAndBlue() throws IOException {
        byte[] records = new byte[2 * 3073];
        records[0] = 9;
        records[1 + 5] = 10; // red of row 0, column 5
        records[1 + 1024 + 5] = 20;
        records[1 + 2048 + 5] = 30;
        records[3073] = 3;
        Path path = file("data_batch_1.bin", records);
        ImageSource images = ImageFiles.cifar10(List.of(path, path));
        assertThat(images.labels()).containsExactly(9, 3, 9, 3);
        assertThat(images.classNames().get(9)).isEqualTo("truck");
        RgbImage image = images.image(0);
        assertThat(new int[] {image.sample(5, 0, 0), image.sample(5, 0, 1), image.sample(5, 0, 2)})
                .containsExactly(10, 20, 30);
        assertThat(image.width()).isEqualTo(32);
        records[3073] = 10;
        file("data_batch_1.bin", records);
        refused(() -> ImageFiles.cifar10(List.of(path)), "offset 3073: expected a label 0..9, found 10");
        file("data_batch_1.bin", new byte[3072]);
        refused(() -> ImageFiles.cifar10(List.of(path)), "expected records of 3073 bytes", "found 3072");
        refused(() -> ImageFiles.cifar10(List.of()), "expected at least one file");
    }

    @Test
    void uspsComesInTwoForms() throws IOException {
        StringBuilder dense = new StringBuilder("7.0000");
        for (int i = 0; i < 256; i++) {
            dense.append(i == 17 ? " 1.000" : i == 18 ? " 0.0" : " -1.000");
        }
        byte[] text = (dense + " \n").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text);
        }
        for (byte[] bytes :
                List.of(text, packed.toByteArray(), "8 18:1 19:0.0 \n\n".getBytes(StandardCharsets.US_ASCII))) {
            ImageSource images = ImageFiles.usps(file("usps", bytes));
            assertThat(images.labels()).containsExactly(7);
            assertThat(images.classNames()).hasSize(10);
            assertThat(images.image(0).sample(1, 1, 2)).isEqualTo(255);
            assertThat(images.image(0).sample(2, 1, 0)).isEqualTo(128);
            assertThat(images.image(0).sample(3, 1, 0)).isZero();
        }
        Path half = file("half.gz", Arrays.copyOf(packed.toByteArray(), 20));
        refused(() -> ImageFiles.usps(half), "half.gz", "expected a sound gzip file");
    }

    @ParameterizedTest
    @CsvSource({
        "7 1 2 3, 'line 1: expected a label and 256 values, found ''4 numbers'''",
        "11 1:0, 'expected a label 1..10, found ''11'''",
        "5 257:0, 'expected indices 1..256'",
        "5 1:2, 'expected values of -1..1'",
        "5 1:x, 'expected numbers, found ''x'''",
        "5 1:0 2, 'expected values of one form'",
        "'', 'expected at least one image'"
    })
    void otherTextsAreNoUsps(String text, String words) throws IOException {
        Path path = file("usps", text.getBytes(StandardCharsets.US_ASCII));
        refused(() -> ImageFiles.usps(path), words);
    }

    @Test
    void idxImagesAreGrey() throws IOException {
        Path images = file("images", new byte[] {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, (byte) 200});
        Path labels = file("labels", new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 4, 0});
        ImageSource set = ImageFiles.idx(images, labels);
        assertThat(set.classNames()).containsExactly("0", "1", "2", "3", "4");
        assertThat(set.image(1).sample(1, 0, 2)).isEqualTo(200);
        assertThat(set.place(1)).isEqualTo("images, image 1");
    }

    private static void refused(Runnable reading, String... words) {
        assertThatThrownBy(reading::run).isInstanceOf(DataFormatException.class).hasMessageContainingAll(words);
    }

    private Path numpy(String name, String type, String shape, boolean fortran, ByteBuffer content) throws IOException {
        byte[] body = new byte[content.capacity()];
        content.rewind().get(body);
        String header = "{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': ("
                + shape + "), }";
        header += " ".repeat(117 - header.length()) + "\n";
        ByteBuffer out = ByteBuffer.allocate(10 + header.length() + body.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .put(body);
        return file(name, out.array());
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void numpyFeaturesAndLabels() throws IOException {
        ByteBuffer floats = little(24);
        for (int i = 0; i < 6; i++) {
            floats.putFloat(i * 0.5f - 1);
        }
        Path features = numpy("x.npy", "<f4", "2, 3", false, floats);
        Path labels = numpy("y.npy", "<i8", "2,", false, little(16).putLong(2).putLong(0));
        LabeledDataset data = NumpyFile.dataset(features, labels);
        assertThat(data.features()).isDeepEqualTo(new double[][] {{-1, -0.5, 0}, {0.5, 1, 1.5}});
        assertThat(data.labels()).containsExactly(2, 0);
        assertThat(data.classes()).isEqualTo(3);
        assertThat(NumpyFile.matrix(
                        numpy("d.npy", "<f8", "1, 1", false, little(8).putDouble(7))))
                .isDeepEqualTo(new double[][] {{7}});
        Path three = numpy("z.npy", "|u1", "3,", false, little(3));
        refused(() -> NumpyFile.dataset(features, three), "z.npy: expected 2 labels for the rows", "found 3");
    }

    @Test
    void otherArraysAreRefused() throws IOException {
        Path order = numpy("a.npy", "<f4", "1, 1", true, little(4));
        refused(() -> NumpyFile.matrix(order), "a.npy: expected row-major order, found Fortran's");
        Path big = numpy("a.npy", ">f4", "1, 1", false, little(4));
        refused(() -> NumpyFile.matrix(big), "expected elements <f4", "found >f4; save array.astype('<f4')");
        Path length = numpy("b.npy", "<f4", "1000000000, 1000000000", false, little(4));
        refused(() -> NumpyFile.matrix(length), "expected as many bytes as shape", "found 4 bytes");
        Path flat = numpy("c.npy", "<f4", "1,", false, little(4));
        refused(() -> NumpyFile.matrix(flat), "expected an array of 2 dimensions", "found shape [1]");
        Path nan = numpy("d.npy", "<f4", "1, 1", false, little(4).putFloat(Float.NaN));
        refused(() -> NumpyFile.matrix(nan), "expected finite numbers, found NaN in row 0, column 0");
        Path negative = numpy("e.npy", "<i4", "1,", false, little(4).putInt(-1));
        refused(() -> NumpyFile.labels(negative), "expected integers from 0, found -1.0");
        Path text = file("f.npy", "label,feature\n".getBytes(StandardCharsets.US_ASCII));
        refused(() -> NumpyFile.matrix(text), "expected an array of NumPy, found other bytes");
    }
}
