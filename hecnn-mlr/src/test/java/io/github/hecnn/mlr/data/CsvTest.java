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
        LabeledDataset d = DatasetReader.csv(file("2,0.5,-1e-3\n0,1,2.5\n1,2,0.1\n"), 3);
        assertThat(d)
                .isEqualTo(new LabeledDataset(
                        new double[][] {{0.5, -1e-3}, {1, 2.5}, {2, 0.1}}, new int[] {2, 0, 1}, 3));
        assertThat(DatasetReader.csv(file("1,1.5\n"), 10).classes()).isEqualTo(10);
    }

    @Test
    void toleratesBlankLinesSpacesWindowsEndsByteOrderMarksAndPointZeroLabels() throws IOException {
        LabeledDataset expected = new LabeledDataset(new double[][] {{0.5}, {1.5}}, new int[] {2, 0}, 3);
        assertThat(DatasetReader.csv(file("\uFEFF2.0 , .5\r\n\r\n   \n0,+1.5\r\n\n"), 3))
                .isEqualTo(expected);
    }

    @Test
    void readsGzipWhateverItsName() throws IOException {
        Path zipped = Files.write(folder.resolve("data.txt"), gzip("1,2.5\n0,3\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(DatasetReader.csv(zipped, 2)).isEqualTo(DatasetReader.csv(file("1,2.5\n0,3\n"), 2));
    }

    @Test
    void readsLinesLongerThanItsBuffer() throws IOException {
        StringBuilder text = new StringBuilder("1");
        for (int k = 0; k < 40_000; k++) {
            text.append(',').append(k);
        }
        LabeledDataset d = DatasetReader.csv(file(text + "\n" + text), 2);
        assertThat(d.width()).isEqualTo(40_000);
        assertThat(d.features()[1][39_999]).isEqualTo(39_999);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1,2;0,x          | line 2, column 2: expected a finite number, found 'x'; correct the cell
            a,1;0,1.5        | line 1, column 1: expected a finite number as below it, or a header of names alone, found 'a' beside numbers
            1,2;;0,          | line 3, column 2: expected a finite number, found an empty cell; missing values cannot be encrypted
            1,NaN            | line 1, column 2: expected a finite number, found 'NaN'
            1,2;0,?          | line 2, column 2: expected a finite number, found '?'
            1,2;0,n/a        | line 2, column 2: expected a finite number, found 'n/a'
            0,1;1,-Infinity  | line 2, column 2: expected a finite number, found '-Infinity'
            1,1e999          | line 1, column 2: expected a finite number, found '1e999'
            0,1;1,0x1p3      | line 2, column 2: expected a finite number, found '0x1p3'
            0,1;1,2f         | line 2, column 2: expected a finite number, found '2f'
            0,1;1,1-2        | line 2, column 2: expected a finite number, found '1-2'
            0,1;1,1 234      | line 2, column 2: expected a finite number, found '1 234'; write it without separators of thousands
            0,1;1,"1,234.5"  | line 2, column 2: expected a finite number, found '1,234.5'; write it without separators of thousands
            1,2,3;0,1        | line 2, column 2: expected 3 columns as in line 1, found 2 columns
            ;1,2;0,1,5       | line 3, column 3: expected 2 columns as in line 2, found 3 columns
            1                | line 1, column 1: expected a label and features, found 1 columns
            -1,2.5           | line 1, column 1: expected a label of 0..4095, found '-1'
            0,1.5;1.5,2      | line 2, column 1: expected a label, an integer or text, found '1.5'
            4096,1.5         | line 1, column 1: expected a label of 0..4095, found '4096'
            """)
    void namesThePlaceOfWhatIsWrong(String text, String message) throws IOException {
        Path file = file(text.replace(';', '\n'));
        CsvOptions options =
                CsvOptions.DEFAULT.withClasses(DatasetReader.MAX_CLASSES).withLabelColumn("1");
        assertThatThrownBy(() -> DatasetReader.csv(file, options))
                .isInstanceOf(DataFormatException.class)
                .hasMessageStartingWith(file + ", " + message);
    }

    @Test
    void refusesLabelsBeyondTheGivenClasses() throws IOException {
        Path file = file("1,2.5\n10,2\n");
        assertThatThrownBy(() -> DatasetReader.csv(
                        file, CsvOptions.DEFAULT.withClasses(10).withLabelColumn("1")))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("line 2, column 1: expected a label of 0..9, found '10'");
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
}
