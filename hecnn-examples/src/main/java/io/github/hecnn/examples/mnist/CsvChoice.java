package io.github.hecnn.examples.mnist;

import io.github.hecnn.mlr.data.CsvOptions;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;

/**
 * A CSV file of features and what the command line says about it. What is null is found out from the file.
 *
 * @param file to train on; text, since it is kept in a file
 * @param testFile to test on; null to test on the rows of the other file that are not trained on
 * @param testFraction part of the rows to test on; null if samples are counted
 * @param labelColumn name or number from 1
 * @param ignoredColumns names or numbers of columns that are no features
 * @param separator one character
 * @param header whether the first line names the columns
 * @param decimalMark {@code .} or {@code ,}
 * @param encoding name of a character set
 */
record CsvChoice(
        String file,
        String testFile,
        Double testFraction,
        String labelColumn,
        List<String> ignoredColumns,
        String separator,
        Boolean header,
        String decimalMark,
        String encoding) {
    CsvChoice {
        ignoredColumns = List.copyOf(ignoredColumns);
    }

    /** A file of which nothing is said. */
    static CsvChoice of(Path file) {
        return new CsvChoice(file.toString(), null, null, null, List.of(), null, null, null, null);
    }

    /** The same with absolute paths. */
    CsvChoice absolute() {
        return new CsvChoice(
                absolute(file),
                testFile == null ? null : absolute(testFile),
                testFraction,
                labelColumn,
                ignoredColumns,
                separator,
                header,
                decimalMark,
                encoding);
    }

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize().toString();
    }

    Path path() {
        return Path.of(file);
    }

    /** As the reader takes it. */
    CsvOptions options() {
        CsvOptions options = CsvOptions.DEFAULT;
        options = separator == null ? options : options.withSeparator(separator.charAt(0));
        options = header == null ? options : options.withHeader(header);
        options = decimalMark == null ? options : options.withDecimalMark(decimalMark.charAt(0));
        options = encoding == null ? options : options.withCharset(Charset.forName(encoding));
        options = labelColumn == null ? options : options.withLabelColumn(labelColumn);
        for (String column : ignoredColumns) {
            options = options.withIgnoredColumn(column);
        }
        return options;
    }
}
