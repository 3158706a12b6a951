package io.github.hecnn.mlr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.write(folder.resolve("data.csv"), text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void readsLabelsFirst() throws IOException {
        LabeledDataset d = DatasetReader.csv(file("2,0.5,-1e-3\n0,1,2\n"));
        assertThat(d).isEqualTo(new LabeledDataset(new double[][] {{0.5, -1e-3}, {1, 2}}, new int[] {2, 0}, 3));
        assertThat(DatasetReader.csv(file("0,1\n0,2")))
                .isEqualTo(new LabeledDataset(new double[][] {{1}, {2}}, new int[2], 2));
        assertThat(DatasetReader.csv(file("1,1\n"), 10).classes()).isEqualTo(10);
    }

    @Test
    void toleratesBlankLinesSpacesWindowsEndsByteOrderMarksAndPointZeroLabels() throws IOException {
        LabeledDataset expected = new LabeledDataset(new double[][] {{0.5}, {1}}, new int[] {2, 0}, 3);
        assertThat(DatasetReader.csv(file("\uFEFF2.0 , .5\r\n\r\n   \n0,+1\r\n\n")))
                .isEqualTo(expected);
    }

    @Test
    void readsGzipWhateverItsName() throws IOException {
        Path zipped = Files.write(folder.resolve("data.txt"), gzip("1,2\n0,3\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(DatasetReader.csv(zipped)).isEqualTo(DatasetReader.csv(file("1,2\n0,3\n")));
    }

    @Test
    void readsLinesLongerThanItsBuffer() throws IOException {
        StringBuilder text = new StringBuilder("1");
        for (int k = 0; k < 40_000; k++) {
            text.append(',').append(k);
        }
        LabeledDataset d = DatasetReader.csv(file(text + "\n" + text));
        assertThat(d.width()).isEqualTo(40_000);
        assertThat(d.features()[1][39_999]).isEqualTo(39_999);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1,2;0,x          | line 2, column 2: expected a finite number, found 'x'; correct the cell
            label,a;0,1      | line 1, column 1: expected a finite number, found 'label'; correct the cell, or remove a header line
            1,2;;0,          | line 3, column 2: expected a finite number, found an empty cell
            1,NaN            | line 1, column 2: expected a finite number, found 'NaN'
            1,-Infinity      | line 1, column 2: expected a finite number, found '-Infinity'
            1,1e999          | line 1, column 2: expected a finite number, found '1e999'
            1,0x1p3          | line 1, column 2: expected a finite number, found '0x1p3'
            1,2f             | line 1, column 2: expected a finite number, found '2f'
            1,1-2            | line 1, column 2: expected a finite number, found '1-2'
            1,2,3;0,1        | line 2, column 2: expected 3 columns as in line 1, found 2 columns
            ;1,2;0,1,5       | line 3, column 3: expected 2 columns as in line 2, found 3 columns
            1                | line 1, column 1: expected a label and features, found 1 columns
            -1,2             | line 1, column 1: expected a label 0..4095, found '-1'
            0,1;1.5,2        | line 2, column 1: expected a label 0..4095, found '1.5'
            4096,1           | line 1, column 1: expected a label 0..4095, found '4096'
            """)
    void namesThePlaceOfWhatIsWrong(String text, String message) throws IOException {
        Path file = file(text.replace(';', '\n'));
        assertThatThrownBy(() -> DatasetReader.csv(file))
                .isInstanceOf(DataFormatException.class)
                .hasMessageStartingWith(file + ", " + message);
    }

    @Test
    void refusesLabelsBeyondTheGivenClasses() throws IOException {
        Path file = file("1,2\n10,2\n");
        assertThatThrownBy(() -> DatasetReader.csv(file, 10))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("line 2, column 1: expected a label 0..9, found '10'");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, DatasetReader.MAX_CLASSES + 1})
    void refusesImpossibleNumbersOfClasses(int classes) throws IOException {
        Path file = file("0,1\n");
        assertThatThrownBy(() -> DatasetReader.csv(file, classes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 2..4096 classes, found " + classes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n  \n"})
    void refusesFilesWithoutData(String text) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> DatasetReader.csv(file))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected lines of a label and features, found none");
    }

    @Test
    void refusesEndlessLines() throws IOException {
        byte[] digits = new byte[(1 << 24) + (1 << 17)];
        Arrays.fill(digits, (byte) '1');
        Path file = Files.write(folder.resolve("long.csv.gz"), gzip(digits));
        assertThatThrownBy(() -> DatasetReader.csv(file))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected lines of at most 16777216 characters");
    }

    @Test
    void readsMatrices() throws IOException {
        assertThat(DatasetReader.matrix(file("1,2\n-3,4e-300\n"))).isDeepEqualTo(new double[][] {{1, 2}, {-3, 4e-300}});
        Path ragged = file("1,2\n3\n");
        assertThatThrownBy(() -> DatasetReader.matrix(ragged)).isInstanceOf(DataFormatException.class);
    }

    @Test
    void saysWhichFileIsMissing() {
        Path missing = folder.resolve("missing.csv");
        assertThatThrownBy(() -> DatasetReader.csv(missing))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(missing + ": expected a file, found none; check the path");
        assertThatThrownBy(() -> DatasetReader.csv(folder)).isInstanceOf(UncheckedIOException.class);
    }

    /** Whatever is done to a file, it is read or refused with its name: no other exception. */
    @Test
    void survivesMutations() throws IOException {
        byte[] plain = "1,0.5,2e-1\n0,1,-2\n\n2,7,8.25\n".getBytes(StandardCharsets.UTF_8);
        byte[] zipped = gzip(plain);
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 600; round++) {
            byte[] bytes = (round % 2 == 0 ? plain : zipped).clone();
            int cut = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
            bytes = Arrays.copyOf(bytes, cut);
            for (int k = random.nextInt(3); k >= 0 && cut > 0; k--) {
                bytes[random.nextInt(cut)] ^= (byte) (1 << random.nextInt(8));
            }
            Path file = Files.write(folder.resolve("mutant"), bytes);
            try {
                assertThat(DatasetReader.csv(file).samples()).isPositive();
            } catch (DataFormatException | UncheckedIOException e) {
                assertThat(e.getMessage()).startsWith(file.toString()).contains("expected");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(200);
    }
}
