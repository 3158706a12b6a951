package io.github.hecnn.mlr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.RealData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxTest {
    @TempDir
    Path folder;

    private static byte[] bytes(int[] header, int... body) {
        ByteBuffer b = ByteBuffer.allocate(4 * header.length + body.length);
        for (int h : header) {
            b.putInt(h);
        }
        for (int v : body) {
            b.put((byte) v);
        }
        return b.array();
    }

    private static byte[] images() {
        return bytes(new int[] {0x803, 2, 2, 3}, 0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255);
    }

    private static byte[] labels() {
        return bytes(new int[] {0x801, 2}, 9, 0);
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsImagesAndLabels(boolean gzip) throws IOException {
        Path images = file("images", gzip ? CsvTest.gzip(images()) : images());
        Path labels = file("labels", gzip ? CsvTest.gzip(labels()) : labels());
        byte[][] pixels = {{0, 1, 2, 3, 4, 5}, {-6, -5, -4, -3, -2, -1}};
        assertThat(DatasetReader.idx(images, labels)).isEqualTo(new ImageSet(pixels, 2, 3, new int[] {9, 0}));
        assertThat(DatasetReader.idxImages(images)).isEqualTo(new ImageSet(pixels, 2, 3, new int[0]));
    }

    @Test
    void readsLabelsBeyondOneChunk() throws IOException {
        int[] body = new int[200_001];
        Arrays.setAll(body, i -> i * 31 & 255);
        byte[] raw = bytes(new int[] {0x801, body.length}, body);
        assertThat(DatasetReader.idxLabels(file("labels", raw))).isEqualTo(body);
        assertThat(DatasetReader.idxLabels(file("labels.gz", CsvTest.gzip(raw))))
                .isEqualTo(body);
    }

    @Test
    void tellsImagesFromLabels() throws IOException {
        Path images = file("images", images());
        Path labels = file("labels", labels());
        refused(
                () -> DatasetReader.idxImages(labels),
                labels + ", offset 0: expected IDX images of unsigned bytes (magic "
                        + "0x00000803), found magic 0x00000801; this is a file of labels");
        refused(() -> DatasetReader.idxLabels(images), "found magic 0x00000803; this is a file of images");
        Path floats = file("floats", bytes(new int[] {0xd03, 0, 1, 1}));
        refused(() -> DatasetReader.idxImages(floats), "found magic 0x00000d03; give an IDX file");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesTruncatedAndTrailingBytes(boolean gzip) throws IOException {
        byte[] whole = images();
        byte[] shorter = Arrays.copyOf(whole, whole.length - 2);
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        Path truncated = file("short", gzip ? CsvTest.gzip(shorter) : shorter);
        Path trailing = file("long", gzip ? CsvTest.gzip(longer) : longer);
        refused(
                () -> DatasetReader.idxImages(truncated),
                gzip
                        ? "offset 26: expected 2 more bytes, found the end"
                        : "expected 28 bytes in all by its header, found 26 bytes");
        refused(
                () -> DatasetReader.idxImages(trailing),
                gzip
                        ? "offset 28: expected the end by its header, found more bytes"
                        : "expected 28 bytes in all by its header, found 29");
        Path header = file("header", gzip ? CsvTest.gzip(new byte[] {0, 0, 8}) : new byte[] {0, 0, 8});
        refused(() -> DatasetReader.idxLabels(header), "offset 3: expected 1 more bytes, found the end");
    }

    @Test
    void refusesSizesOutOfRange() throws IOException {
        Path tall = file("tall", bytes(new int[] {0x803, 1, 1025, 1}));
        refused(() -> DatasetReader.idxImages(tall), "offset 8: expected rows 1..1024, found 1025");
        Path flat = file("flat", bytes(new int[] {0x803, 1, 1, 0}));
        refused(() -> DatasetReader.idxImages(flat), "offset 12: expected columns 1..1024, found 0");
        Path many = file("many", bytes(new int[] {0x801, -1}));
        refused(
                () -> DatasetReader.idxLabels(many),
                "offset 4: expected number of labels 0..10000000, found 4294967295");
    }

    /** A few bytes that promise ten terabytes: refused for what is missing, not by running out of memory. */
    @Test
    void allocatesNothingOnTheWordOfAHeader() throws IOException {
        byte[] promise = bytes(new int[] {0x803, 10_000_000, 1024, 1024}, 1, 2, 3);
        Path plain = file("plain", promise);
        Path zipped = file("zipped", CsvTest.gzip(promise));
        refused(
                () -> DatasetReader.idxImages(plain),
                "expected 10485760000016 bytes in all by its header, found 19 bytes");
        refused(() -> DatasetReader.idxImages(zipped), "offset 19: expected 10485759999997 more bytes, found the end");
    }

    @Test
    void refusesFilesOfDifferentNumbers() throws IOException {
        Path images = file("images", images());
        Path labels = file("labels", bytes(new int[] {0x801, 3}, 1, 2, 3));
        refused(
                () -> DatasetReader.idx(images, labels),
                labels + ": expected 2 labels for the images of " + images + ", found 3");
    }

    @Test
    void refusesDamagedGzip() throws IOException {
        byte[] zipped = CsvTest.gzip(images());
        Path cut = file("cut", Arrays.copyOf(zipped, zipped.length - 5));
        refused(() -> DatasetReader.idxImages(cut), cut + ": expected a whole gzip file, found its end too early");
        zipped[zipped.length - 6] ^= 1;
        Path flipped = file("flipped", zipped);
        refused(() -> DatasetReader.idxImages(flipped), flipped + ": expected a sound gzip file, found damage (");
    }

    @Test
    void saysWhichFileIsMissing() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> DatasetReader.idxImages(missing))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith(missing + ": expected a file, found none");
    }

    @Test
    void survivesMutations() throws IOException {
        byte[] plain = images();
        byte[] zipped = CsvTest.gzip(plain);
        Random random = new Random(11);
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = (round % 2 == 0 ? plain : zipped).clone();
            int cut = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
            bytes = Arrays.copyOf(bytes, cut);
            if (cut > 0) {
                bytes[random.nextInt(cut)] ^= (byte) (1 << random.nextInt(8));
            }
            Path file = file("mutant", bytes);
            try {
                assertThat(DatasetReader.idxImages(file).size()).isEqualTo(2);
            } catch (DataFormatException e) {
                assertThat(e.getMessage()).startsWith(file.toString()).contains("expected");
                refused++;
            }
        }
        assertThat(refused).isBetween(1000, 1999);
    }

    @Test
    void readsMnist() {
        ImageSet test = DatasetReader.idx(
                RealData.file("mnist/t10k-images-idx3-ubyte.gz"), RealData.file("mnist/t10k-labels-idx1-ubyte.gz"));
        assertThat(test).hasToString("10000 labelled images of 28 x 28");
        assertThat(Arrays.copyOf(test.labels(), 5)).containsExactly(7, 2, 1, 0, 4);
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(DataFormatException.class).hasMessageContaining(message);
    }
}
