package io.github.hecnn.mlr.data;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a CSV file is written and what its columns mean. Whatever is not set is found out from the file and told in
 * {@link LabeledDataset#description()}; where more than one answer fits, reading refuses and names what to set. Immutable and
 * thread-safe.
 *
 * @param separator between columns; null to choose among comma, semicolon, tab and pipe
 * @param header whether the first line names the columns; null to find out
 * @param decimalMark {@code '.'} or {@code ','}; null to find out
 * @param charset of the text; null for UTF-8 or UTF-16, told apart by byte order mark or pattern of zeros
 * @param quotes whether double quotes hold cells together, doubled inside; without, they are characters like any other
 * @param labelColumn name in the header, or number from 1; null to find out
 * @param ignoredColumns names or numbers from 1 of columns that are no features
 * @param labelNames every label the file may have, in the order of the classes; empty to take the labels that it has
 */
public record CsvOptions(
        Character separator,
        Boolean header,
        Character decimalMark,
        Charset charset,
        boolean quotes,
        String labelColumn,
        List<String> ignoredColumns,
        List<String> labelNames) {
    /** A CSV file may not have more classes. */
    public static final int MAX_CLASSES = 4096;

    /** Everything is found out. */
    public static final CsvOptions DEFAULT = new CsvOptions(null, null, null, null, true, null, List.of(), List.of());

    /**
     * Checks and copies the components.
     *
     * @param separator between columns; null to choose among comma, semicolon, tab and pipe
     * @param header whether the first line names the columns; null to find out
     * @param decimalMark {@code '.'} or {@code ','}; null to find out
     * @param charset of the text; null for UTF-8 or UTF-16, told apart by byte order mark or pattern of zeros
     * @param quotes whether double quotes hold cells together, doubled inside; without, they are characters like any other
     * @param labelColumn name in the header, or number from 1; null to find out
     * @param ignoredColumns names or numbers from 1 of columns that are no features
     * @param labelNames every label the file may have, in the order of the classes; empty to take the labels that it has
     * @throws IllegalArgumentException if separator or mark can be none, a column's name is blank, or label names repeat
     */
    public CsvOptions {
        ignoredColumns = List.copyOf(ignoredColumns);
        labelNames = List.copyOf(labelNames);
        if (decimalMark != null && decimalMark != '.' && decimalMark != ',') {
            throw new IllegalArgumentException(
                    "CSV options: expected a decimal mark '.' or ',', found '" + decimalMark + "'; choose one of them");
        }
        if (separator != null && (Character.isLetterOrDigit(separator) || "\"\r\n.+-".indexOf(separator) >= 0)) {
            throw new IllegalArgumentException("CSV options: expected a separator that is no letter, digit, quote, line"
                    + " end, point or sign, found '" + separator + "'; use one such as ',' ';' '|' or a tab");
        }
        if (separator != null && separator.equals(decimalMark)) {
            throw new IllegalArgumentException("CSV options: expected separator and decimal mark to differ, found '"
                    + separator + "' for both; change one of them");
        }
        if ((labelColumn != null && labelColumn.isBlank())
                || ignoredColumns.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "CSV options: expected names or numbers of columns, found a blank one; use a number from 1");
        }
        if (labelNames.size() == 1 || new HashSet<>(labelNames).size() != labelNames.size()) {
            throw new IllegalArgumentException("CSV options: expected at least 2 different label names, found "
                    + labelNames + "; give each class its own");
        }
    }

    /**
     * {@return these with a separator}
     *
     * @param to between cells
     */
    public CsvOptions withSeparator(char to) {
        return new CsvOptions(to, header, decimalMark, charset, quotes, labelColumn, ignoredColumns, labelNames);
    }

    /**
     * {@return these with or without a first line of column names}
     *
     * @param to whether the first line has names
     */
    public CsvOptions withHeader(boolean to) {
        return new CsvOptions(separator, to, decimalMark, charset, quotes, labelColumn, ignoredColumns, labelNames);
    }

    /**
     * {@return these with a decimal mark, {@code '.'} or {@code ','}}
     *
     * @param to a point or a comma
     */
    public CsvOptions withDecimalMark(char to) {
        return new CsvOptions(separator, header, to, charset, quotes, labelColumn, ignoredColumns, labelNames);
    }

    /**
     * {@return these with an encoding}
     *
     * @param to encoding of the file
     */
    public CsvOptions withCharset(Charset to) {
        return new CsvOptions(separator, header, decimalMark, to, quotes, labelColumn, ignoredColumns, labelNames);
    }

    /** {@return these with quotes that are characters like any other} */
    public CsvOptions withoutQuotes() {
        return new CsvOptions(separator, header, decimalMark, charset, false, labelColumn, ignoredColumns, labelNames);
    }

    /**
     * {@return these with the column of labels: its name in the header, or its number from 1}
     *
     * @param to a name, or a number from 1
     */
    public CsvOptions withLabelColumn(String to) {
        return new CsvOptions(separator, header, decimalMark, charset, quotes, to, ignoredColumns, labelNames);
    }

    /**
     * {@return these without one more column: its name in the header, or its number from 1}
     *
     * @param more a name, or a number from 1
     */
    public CsvOptions withIgnoredColumn(String more) {
        List<String> all = new ArrayList<>(ignoredColumns);
        all.add(more);
        return new CsvOptions(separator, header, decimalMark, charset, quotes, labelColumn, all, labelNames);
    }

    /**
     * {@return these with all labels that may come, in the order of their classes, as for a test file with the labels of its training file}
     *
     * @param to of all classes, in order
     */
    public CsvOptions withLabelNames(List<String> to) {
        return new CsvOptions(separator, header, decimalMark, charset, quotes, labelColumn, ignoredColumns, to);
    }

    /**
     * {@return these with the labels 0..classes-1, each its own class}
     *
     * @param classes number of classes
     * @throws IllegalArgumentException if classes is not 2..{@value #MAX_CLASSES}
     */
    public CsvOptions withClasses(int classes) {
        if (classes < 2 || classes > MAX_CLASSES) {
            throw new IllegalArgumentException("read CSV: expected 2.." + MAX_CLASSES + " classes, found " + classes
                    + "; give the number of classes");
        }
        return withLabelNames(
                IntStream.range(0, classes).mapToObj(Integer::toString).toList());
    }
}
