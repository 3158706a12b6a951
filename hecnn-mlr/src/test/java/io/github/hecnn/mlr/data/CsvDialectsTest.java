package io.github.hecnn.mlr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One data set in the ways people write it. */
class CsvDialectsTest extends CsvFiles {
    static Stream<List<String>> dialects() {
        List<String> numbers = List.of("0", "1", "2");
        return Stream.of(
                List.of(text(",", "", '.', numbers), "commas"),
                List.of(text(";", "", '.', numbers), "semicolons"),
                List.of(text("\t", "", '.', numbers), "tabs"),
                List.of(text("|", "", '.', numbers), "pipes"),
                List.of(text(" ; ", "", '.', numbers), "semicolons"),
                List.of(text(",", "\"", '.', numbers), "commas"),
                List.of(text(", ", "\"", '.', numbers), "commas"),
                List.of(text(";", "\"", '.', numbers), "semicolons"),
                List.of(text(";", "", ',', numbers), "semicolons between columns, decimal commas"),
                List.of(text("\t", "", ',', numbers), "tabs between columns, decimal commas"),
                List.of(text(",", "\"", ',', numbers), "commas between columns, decimal commas"),
                List.of("sep=;\n" + text(";", "", ',', numbers), "semicolons between columns, decimal commas"),
                List.of(plain().replace("\n", "\r\n"), "commas"),
                List.of(plain().replace('\n', '\r'), "commas"),
                List.of("\uFEFF" + plain(), "commas"),
                List.of("label,a,b,c,d\n" + plain(), "a header"),
                List.of("\uFEFF\"label\",\"a\",\"b\",\"c\",\"d\"\n" + plain(), "a header"),
                List.of("label,0,1,2,3\n" + plain(), "a header"),
                List.of("\n\n" + plain().replace("\n", "\n\n"), "no header"));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void readsTheDialectAndSaysIt(List<String> textAndWords) throws IOException {
        LabeledDataset d = DatasetReader.csv(file(textAndWords.get(0)));
        same(d);
        assertThat(d.description()).contains(textAndWords.get(1)).contains("labels in column 1");
        assertThat(d.labelNames()).containsExactly("0", "1", "2");
        assertThat(d).hasToString("40 samples of 4 features in 3 classes (" + d.description() + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-16"})
    void readsUnicodeWithAndWithoutByteOrderMark(String charset) throws IOException {
        String text = text(";", "", ',', List.of("bär", "äffe", "öre"));
        LabeledDataset d = DatasetReader.csv(file(text.getBytes(Charset.forName(charset))));
        assertThat(d.labelNames()).containsExactly("bär", "äffe", "öre");
        String mark = charset.equals("UTF-16") ? "" : "\uFEFF"; // UTF-16 writes one by itself
        LabeledDataset marked = DatasetReader.csv(file((mark + text).getBytes(Charset.forName(charset))));
        assertThat(marked).isEqualTo(d);
        assertThat(d.features()).isDeepEqualTo(FEATURES);
        assertThat(DatasetReader.csv(
                        file(text.getBytes(Charset.forName(charset))),
                        CsvOptions.DEFAULT.withCharset(Charset.forName(charset))))
                .isEqualTo(d);
    }

    @Test
    void refusesOtherEncodingsByNameAndReadsThemWhenTold() throws IOException {
        Path latin = file(text(",", "", '.', List.of("rot", "grün", "blau")).getBytes(StandardCharsets.ISO_8859_1));
        refused(
                () -> DatasetReader.csv(latin),
                "line 2: expected text in UTF-8 or UTF-16, found byte 0xfc at offset",
                "ISO-8859-1",
                "CsvOptions.withCharset");
        LabeledDataset d = DatasetReader.csv(latin, CsvOptions.DEFAULT.withCharset(StandardCharsets.ISO_8859_1));
        assertThat(d.labelNames()).containsExactly("blau", "grün", "rot");
        Path wide = file(plain().getBytes(Charset.forName("UTF-32BE")));
        refused(() -> DatasetReader.csv(wide), "found zero bytes");
        Path sheet = file(new byte[] {'P', 'K', 3, 4, 0, 0});
        refused(() -> DatasetReader.csv(sheet), "spreadsheet", "save the sheet as CSV");
        Path odd = file(new byte[] {(byte) 0xFF, (byte) 0xFE, '1', 0, ',', 0, '2'});
        refused(() -> DatasetReader.csv(odd), "expected text in UTF-16LE, found byte");
    }

    @Test
    void refusesDecimalCommasBetweenCommas() throws IOException {
        Path doubled = file(text(",", "", ',', List.of("0", "1", "2")));
        refused(
                () -> DatasetReader.csv(doubled),
                "found 9 columns of integers that look like 5 columns with decimal commas",
                "separate columns by semicolons or tabs, or write decimal points");
        assertThat(DatasetReader.csv(
                                doubled, CsvOptions.DEFAULT.withDecimalMark('.').withLabelColumn("1"))
                        .width())
                .isEqualTo(8);
        Path last = file(lastFirst(text(",", "", ',', List.of("0", "1", "2"))));
        refused(() -> DatasetReader.csv(last), "decimal commas");
        Path named = file(text(",", "", ',', List.of("x", "y", "z")));
        refused(() -> DatasetReader.csv(named), "decimal commas");
        Path negative = file("0,-0,5,1,2\n1,-0,7,2,3\n0,1,4,0,2\n");
        refused(() -> DatasetReader.csv(negative), "decimal commas");
        Path hundredths = file("0,1,05\n1,2,31\n0,1,07\n");
        refused(() -> DatasetReader.csv(hundredths), "decimal commas");
        Path dropped = file("0,4,3,2,5\n1,4,2,5\n");
        refused(
                () -> DatasetReader.csv(dropped),
                "line 2, column 4: expected 5 columns as in line 1",
                "decimal commas");
        Path headed = file("label,a,b,c,d\n" + text(",", "", ',', List.of("0", "1", "2")));
        refused(() -> DatasetReader.csv(headed), "expected 5 columns as in line 1, found 9", "decimal commas");
    }

    @Test
    void integersAreNoDecimalCommas() throws IOException {
        Random random = new Random(5);
        StringBuilder pixels = new StringBuilder();
        StringBuilder ratings = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            pixels.append(i % 10);
            for (int k = 0; k < 64; k++) {
                pixels.append(',').append(k % 8 == 0 ? 0 : random.nextInt(17));
            }
            pixels.append('\n');
            ratings.append("LBR".charAt(i % 3));
            for (int k = 0; k < 4; k++) {
                ratings.append(',').append(1 + random.nextInt(5));
            }
            ratings.append('\n');
        }
        assertThat(DatasetReader.csv(file(pixels.toString()), CsvOptions.DEFAULT.withLabelColumn("1"))
                        .width())
                .isEqualTo(64);
        assertThat(DatasetReader.csv(file(ratings.toString())).labelNames()).containsExactly("B", "L", "R");
    }

    @Test
    void refusesMixedAndUnclearDecimalMarks() throws IOException {
        Path mixed = file("0;4.3\n1;2,5\n0;1.5\n");
        refused(() -> DatasetReader.csv(mixed), "line 2, column 2: expected one decimal mark", "found '2,5'");
        Path unclear = file("0;1,234\n1;12,500\n0;3,750\n");
        refused(() -> DatasetReader.csv(unclear), "cannot be taken for separators of thousands", "found '1,234'");
        LabeledDataset told = DatasetReader.csv(unclear, CsvOptions.DEFAULT.withDecimalMark(','));
        assertThat(told.features()).isDeepEqualTo(new double[][] {{1.234}, {12.5}, {3.75}});
        refused(
                () -> DatasetReader.csv(unclear, CsvOptions.DEFAULT.withDecimalMark('.')),
                "decimal points as asked for");
        Path clear = file("0;0,234\n1;12,500\n0;3,750\n");
        assertThat(DatasetReader.csv(clear).features()).isDeepEqualTo(new double[][] {{0.234}, {12.5}, {3.75}});
        Path german = file("0;1.234,5\n1;12,5\n0;3,75\n");
        refused(() -> DatasetReader.csv(german), "found '1.234,5'; write it without separators of thousands");
    }

    @Test
    void readsTheFirstLineOfOtherTools() throws IOException {
        // A size line in place of a header, as of one library's data sets; refused until it is said what it is.
        String rows = "5.1,3.5,0\n4.9,3.1,1\n6.2,2.9,2\n5.0,3.6,0\n5.1,3.2,1\n6.1,2.8,2\n";
        Path sized = file("150,setosa,versicolor\n" + rows);
        refused(
                () -> DatasetReader.csv(sized),
                "line 1, column 2",
                "found 'setosa' beside numbers",
                "CsvOptions.withHeader");
        assertThat(DatasetReader.csv(sized, CsvOptions.DEFAULT.withHeader(true)).samples())
                .isEqualTo(6);
        // The index of a data frame: a column without a name.
        LabeledDataset frame = DatasetReader.csv(file(",a,label\n0,1.5,x\n1,2.5,y\n2,3.5,x\n"));
        assertThat(frame.featureNames()).containsExactly("", "a");
        assertThat(frame.labelNames()).containsExactly("x", "y");
        Path trailing = file("0,1.5,\n1,2.5,\n0,3.5,\n");
        refused(() -> DatasetReader.csv(trailing), "line 1, column 3: expected a finite number, found an empty cell");
        Path tabs = file("0\t\t1.5\n1\t2.5\t3\n0\t1\t2\n");
        refused(() -> DatasetReader.csv(tabs), "line 1, column 2: expected a finite number, found an empty cell");
    }

    @Test
    void refusesColumnsOfOneNameAndTextFeatures() throws IOException {
        Path twice = file("label,a,a\n0,1.5,2\n1,2,3\n0,2,3\n");
        refused(() -> DatasetReader.csv(twice), "found 'a' for columns 2 and 3; rename one of them");
        Path city = file("label,city,a\n0,Rome,2\n1,Oslo,3\n0,Rome,3\n");
        refused(
                () -> DatasetReader.csv(city),
                "line 2, column 2: expected a finite number, found 'Rome'",
                "encode the text");
        Path open = file("label,a\n0,\"1.5\n1,2\n");
        refused(() -> DatasetReader.csv(open), "close the quote");
        Path headerOnly = file("label,a\n");
        refused(() -> DatasetReader.csv(headerOnly), "found none below the header");
    }

    @Test
    void takesSeparatorAndHeaderThatAreNamed() throws IOException {
        same(DatasetReader.csv(
                file(text(" ", "", '.', List.of("0", "1", "2"))), CsvOptions.DEFAULT.withSeparator(' ')));
        Path spaces = file(text(" ", "", '.', List.of("0", "1", "2")));
        refused(() -> DatasetReader.csv(spaces), "found 1 columns", "CsvOptions.withSeparator");
        Path numbers = file("9,8\n0,1.5\n1,2\n0,3\n");
        LabeledDataset d =
                DatasetReader.csv(numbers, CsvOptions.DEFAULT.withHeader(true).withLabelColumn("1"));
        assertThat(d.samples()).isEqualTo(3);
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> CsvOptions.DEFAULT.withSeparator('a'),
                () -> CsvOptions.DEFAULT.withSeparator('"'),
                () -> CsvOptions.DEFAULT.withDecimalMark(';'),
                () -> CsvOptions.DEFAULT.withDecimalMark(',').withSeparator(','),
                () -> CsvOptions.DEFAULT.withLabelColumn(" "),
                () -> CsvOptions.DEFAULT.withIgnoredColumn(""),
                () -> CsvOptions.DEFAULT.withLabelNames(List.of("a", "a")),
                () -> CsvOptions.DEFAULT.withClasses(1))) {
            assertThatThrownBy(call)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("expected", "found", ";");
        }
    }

    @Test
    void numbersAreReadToTheLastBit() throws IOException {
        Random random = new Random(9);
        StringBuilder text = new StringBuilder();
        double[][] expected = new double[200][1];
        for (int i = 0; i < 200; i++) {
            double v = Double.longBitsToDouble(random.nextLong());
            expected[i][0] = Double.isFinite(v) ? v : 0.1;
            text.append(i % 2)
                    .append(';')
                    .append(Double.toString(expected[i][0]).toLowerCase(Locale.ROOT))
                    .append('\n');
        }
        CsvOptions first = CsvOptions.DEFAULT.withLabelColumn("1");
        assertThat(DatasetReader.csv(file(text.toString()), first).features()).isDeepEqualTo(expected);
        assertThat(DatasetReader.csv(file(text.toString().replace('.', ',')), first)
                        .features())
                .isDeepEqualTo(expected);
    }

    /** Whatever is done to a file, it is read or refused with its name: no other exception. */
    @Test
    void survivesMutations() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        String small = plain().lines().limit(12).collect(Collectors.joining("\n"));
        seeds.add(("label,a,b,c,d\n" + small).getBytes(StandardCharsets.UTF_8));
        seeds.add(small.replace(',', ';').replace('.', ',').getBytes(StandardCharsets.UTF_16LE));
        seeds.add(("\"" + small.replace(",", "\",\"").replace("\n", "\"\n\"") + "\"").getBytes(StandardCharsets.UTF_8));
        seeds.add(CsvTest.gzip(small.getBytes(StandardCharsets.UTF_8)));
        seeds.add(("sep=\t\n" + small.replace(',', '\t')).getBytes(StandardCharsets.UTF_16));
        for (byte[] seed : seeds) {
            assertThat(DatasetReader.csv(file(seed)).samples()).isEqualTo(12);
        }
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 2500; round++) {
            byte[] bytes = mutated(seeds.get(round % seeds.size()).clone(), random);
            Path file = Files.write(folder.resolve("mutant"), bytes);
            try {
                assertThat(DatasetReader.csv(file).classes()).isBetween(2, 12);
            } catch (DataFormatException e) {
                assertThat(e.getMessage()).startsWith(file.toString()).contains("expected", "found", ";");
                refused++;
            } catch (UncheckedIOException e) {
                assertThat(e.getMessage()).startsWith(file.toString()).contains("expected");
                refused++;
            }
        }
        assertThat(refused).isBetween(800, 2400);
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] out = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
        for (int k = random.nextInt(3); k >= 0 && out.length > 0; k--) {
            int at = random.nextInt(out.length);
            switch (random.nextInt(8)) {
                case 0 -> out[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> out[at] = (byte) "0;,\"\n\t.-e".charAt(random.nextInt(9));
                case 2 -> {
                    ByteArrayOutputStream twice = new ByteArrayOutputStream();
                    twice.write(out, 0, at);
                    twice.write(out, at / 2, out.length - at / 2);
                    out = twice.toByteArray();
                }
                default -> out[at] = (byte) (out[at] >= '0' && out[at] <= '9' ? '0' + random.nextInt(10) : out[at]);
            }
        }
        return out;
    }
}
