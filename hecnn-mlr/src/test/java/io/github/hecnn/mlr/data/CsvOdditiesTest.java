package io.github.hecnn.mlr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as they happen: labels that look alike, numbers beyond doubles, headers twice, what is no file. */
class CsvOdditiesTest extends CsvFiles {
    private static final CsvOptions FIRST = CsvOptions.DEFAULT.withLabelColumn("1");

    private static String rows(IntFunction<String> labels) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 24; i++) {
            out.append(labels.apply(i))
                    .append(",1.")
                    .append(i)
                    .append(",2.")
                    .append(i)
                    .append('\n');
        }
        return out.toString();
    }

    private static IntFunction<String> cycle(String... labels) {
        return i -> labels[i % labels.length];
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat|Cat",
                "big cat|big  cat",
                "cat|cat\u00a0",
                "cat|c\u200bat",
                "caf\u00e9|cafe\u0301",
                "TRUE|True",
                "cat|\uff43at"
            })
    void labelsThatLookAlikeAreNoTwoClasses(String pair) throws IOException {
        String[] names = pair.split("\\|", -1);
        Path data = file(rows(cycle(names[0], names[1], "dog")));
        refused(
                () -> DatasetReader.csv(data),
                "expected labels that differ by more than case, blanks or invisible characters, column 1",
                "'" + names[0] + "'",
                "'" + names[1].strip() + "'",
                "CsvOptions.withLabelNames");
        List<String> told = List.of(names[0], names[1].strip(), "dog");
        assertThat(DatasetReader.csv(data, CsvOptions.DEFAULT.withLabelNames(told))
                        .labelNames())
                .isEqualTo(told);
    }

    @Test
    void numbersAmongTextLabelsAreOneClassEach() throws IOException {
        Path mixed = file(rows(cycle("2", "a", "b")));
        assertThat(DatasetReader.csv(mixed, FIRST).labelNames()).containsExactly("2", "a", "b");
        Path twice = file(rows(cycle("2", "2.0", "b")));
        refused(() -> DatasetReader.csv(twice, FIRST), "'2' and '2.0'");
        Path numbers = file(rows(cycle("2", "2.0", "+2", "02", "3e0")));
        assertThat(DatasetReader.csv(numbers, FIRST).labelNames()).containsExactly("2", "3");
    }

    @Test
    void numbersAreTheSameWhetherAFileIsReadOnceOrTwice() throws IOException {
        String numbers = plain().replace("\n", ",-0\n").replaceFirst(",-0", ",1.7976931348623157e308");
        StringBuilder more = new StringBuilder();
        numbers.lines().forEach(line -> more.append(line).append(",text\n"));
        for (CsvOptions o : List.of(FIRST, FIRST.withClasses(3), FIRST.withIgnoredColumn("3"))) {
            LabeledDataset once = DatasetReader.csv(file(numbers), o);
            LabeledDataset twice = DatasetReader.csv(file(more.toString()), o.withIgnoredColumn("7"));
            assertThat(once.features()).isDeepEqualTo(twice.features());
            assertThat(once.labels()).containsExactly(twice.labels());
            assertThat(once.labelNames()).isEqualTo(twice.labelNames());
        }
        Path beyond = file(numbers);
        refused(() -> DatasetReader.csv(beyond, FIRST.withClasses(2)), "line 3", "expected a label of 0..1, found '2'");
        assertThat(DatasetReader.matrix(beyond)[0]).hasSize(6).endsWith(Double.MAX_VALUE);
    }

    @Test
    void integersThatAreOneDoubleAreNoLabels() throws IOException {
        for (String large :
                List.of("9007199254740992", "9007199254740993", "123456789012345678901", "-9007199254740993")) {
            Path data = file(rows(cycle(large, "9007199254740991")));
            refused(() -> DatasetReader.csv(data, FIRST), "expected a label, an integer", large.substring(0, 10));
        }
        Path most = file(rows(cycle("-9007199254740991", "9007199254740991")));
        assertThat(DatasetReader.csv(most, FIRST).labelNames())
                .containsExactly("-9007199254740991", "9007199254740991");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inf",
                "-Infinity",
                "NaN",
                "nan",
                "1e400",
                "-1e999",
                "0x10",
                "1d",
                "1f",
                "\u0661",
                "\u22121.5",
                "1.5.2",
                "1 2",
                "#DIV/0!",
                "2%",
                "1e",
                "--1"
            })
    void cellsThatAreNoFiniteNumbersAreRefusedByPlace(String cell) throws IOException {
        Path data = file(rows(cycle("0", "1")).replace(",2.7\n", "," + cell + "\n"));
        refused(() -> DatasetReader.csv(data), "line 8, column 3", "expected a finite number", "'" + cell + "'");
    }

    @Test
    void whatIsBelowAllDoublesIsZero() throws IOException {
        Path data = file(rows(cycle("0", "1")).replace(",2.7\n", ",4e-400\n").replace(",2.8\n", ",4.9e-324\n"));
        double[][] x = DatasetReader.csv(data).features();
        assertThat(x[7][1]).isZero();
        assertThat(x[8][1]).isEqualTo(Double.MIN_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"label,a,label", "label,a,Label", "Class,a,target", "y,a,labels"})
    void labelColumnsThatAreThereTwiceAreRefused(String header) throws IOException {
        Path data = file(header + "\n" + rows(cycle("0", "1")));
        refused(
                () -> DatasetReader.csv(data),
                header.equals("label,a,label") ? "different names" : "one column that could be the labels");
        refused(
                () -> DatasetReader.csv(data, CsvOptions.DEFAULT.withLabelColumn("LABEL")),
                header.equals("label,a,label") ? "different names" : "expected one of the columns");
    }

    @Test
    void marksOfOrderAndLinesOfOtherToolsAreSkipped() throws IOException {
        String text = "label,a,b\n" + rows(cycle("0", "1"));
        for (String begin : List.of("\ufeff", "\ufeff\ufeff", "\ufeffsep=,\r\n", "\n\n", " \n")) {
            LabeledDataset d = DatasetReader.csv(file(begin + text));
            assertThat(d.description()).contains("labels in column 1 'label' (by its name)");
            assertThat(d.features()).hasDimensions(24, 2);
        }
        for (String end : List.of("\n", "\r\n\r\n", "\r", "")) {
            assertThat(DatasetReader.csv(file(text.strip() + end)).features()).hasDimensions(24, 2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "label,a,b\n0,1.5,2.5,\n1,2.5,3.5,\n", // a separator at the ends of rows only
                "label,a,b\n0,1.5,2.5\n1,2.5\n",
                "0,1.5,2.5\n1,2.5,3.5\nTotal,4,6\n",
                "label,a,b\n0,1.5,2.5\nlabel,a,b\n1,2.5,3.5\n",
                "label,a,b\n,cm,kg\n0,1.5,2.5\n1,2.5,3.5\n",
                "# comment\n0,1.5,2.5\n1,2.5,3.5\n",
                "{\"a\": [1, 2, 3]}\n",
                "<html><body>404</body></html>\n",
                "0 1:0.5 3:0.25\n1 1:0.5 2:0.25\n",
                "label,a,b\n",
                "\ufeff",
                "\n \n\r\n",
                "0,1.5\0,2.5\n1,2.5,3.5\n",
            })
    void filesOfOtherKindsAreRefused(String text) throws IOException {
        Path data = file(text);
        assertThatThrownBy(() -> DatasetReader.csv(data))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContainingAll("data.csv", "expected", "found", ";");
    }

    @Test
    void bytesOfOtherEncodingsAreRefusedByPlace() throws IOException {
        Path utf32 = file("0,1\n1,2\n".getBytes("UTF-32"));
        refused(() -> DatasetReader.csv(utf32), "found zero bytes");
        byte[] wide = ("\ufeff" + rows(cycle("0", "1"))).getBytes(StandardCharsets.UTF_16LE);
        assertThat(DatasetReader.csv(file(wide)).features()).hasDimensions(24, 2);
        ByteArrayOutputStream odd = new ByteArrayOutputStream();
        odd.writeBytes(wide);
        odd.write('7');
        Path broken = file(odd.toByteArray());
        refused(() -> DatasetReader.csv(broken), "expected text in UTF-16LE");
    }

    @Test
    void onlyFilesAreRead() throws IOException, InterruptedException {
        Path real = file(rows(cycle("0", "1")));
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), real);
        assertThat(DatasetReader.csv(link).features()).hasDimensions(24, 2);
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling.csv"), folder.resolve("nowhere"));
        Path circle = folder.resolve("circle.csv");
        Files.createSymbolicLink(circle, circle);
        for (Path none : List.of(dangling, circle, folder, folder.resolve("none.csv"), real.resolve("below.csv"))) {
            for (Runnable read : List.<Runnable>of(
                    () -> DatasetReader.csv(none),
                    () -> DatasetReader.matrix(none),
                    () -> DatasetReader.idxLabels(none))) {
                assertThatThrownBy(read::run)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageStartingWith(none + ": expected a ")
                        .hasMessageContainingAll("found", ";");
            }
        }
        Path pipe = folder.resolve("pipe");
        assumeTrue(mkfifo(pipe), "there are no pipes here");
        assertThatThrownBy(() -> DatasetReader.csv(pipe)) // and does not wait for somebody to write
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("found: a pipe or device");
    }

    private static boolean mkfifo(Path pipe) throws InterruptedException {
        try {
            return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
