package io.github.hecnn.mlr.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The cells of a CSV file as text, for data that is no table of numbers. Rows may have different lengths. Immutable and thread-safe.
 *
 * @param header the first row if the options say that it is one; otherwise empty
 * @param rows the others; blank lines are left out
 */
public record CsvTable(List<String> header, List<Row> rows) {
    /**
     * Keeps copies of the lists.
     *
     * @param header the first row if the options say that it is one; otherwise empty
     * @param rows the others; blank lines are left out
     */
    public CsvTable {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    /**
     * A row of a file.
     *
     * @param line where it ends, from 1
     * @param cells as they are, without the quotes around them
     */
    public record Row(long line, List<String> cells) {
        /**
         * Keeps a copy of the list.
         *
         * @param line where it ends, from 1
         * @param cells as they are, without the quotes around them
         */
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * Reads a file, plain or gzip.
     *
     * @param file plain or gzip
     * @param options separator, header, quotes and encoding count; a header is only looked for if they say so
     * @return its cells, header and place for errors
     * @throws DataFormatException if a quote is not closed, or the bytes are not of the encoding
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static CsvTable read(Path file, CsvOptions options) {
        CsvSource source = CsvSource.of(file, options.charset());
        CsvDialect dialect = CsvDialect.of(source, options);
        boolean named = options.header() != null && options.header();
        List<String> header = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        CsvSource.Format whole = new CsvSource.Format(dialect.format().separator(), options.quotes(), false);
        source.forEach(whole, (cells, line) -> {
            if (named && header.isEmpty()) {
                header.addAll(cells.toList());
            } else {
                rows.add(new Row(line, cells.toList()));
            }
            return true;
        });
        return new CsvTable(header, rows);
    }
}
