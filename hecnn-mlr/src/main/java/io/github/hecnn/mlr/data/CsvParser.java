package io.github.hecnn.mlr.data;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers separated by commas. Used for data sets (label first) and for matrices (weights). */
final class CsvParser {
    private static final int MAX_LINE = 1 << 24;
    private static final int SHOWN = 40;

    private final Path file;
    private final Reader in;
    private final char[] buffer = new char[1 << 16];
    private int at;
    private int filled;
    private int line;
    private boolean ended;

    private CsvParser(Path file, Reader in) {
        this.file = file;
        this.in = in;
    }

    /** Reads a data set; classes 0 means the largest label plus one. */
    static LabeledDataset parse(Path file, int classes) {
        return Sources.read(file, source -> {
            CsvParser p = new CsvParser(file, new InputStreamReader(source.stream(), StandardCharsets.UTF_8));
            return p.dataset(classes);
        });
    }

    /** Reads a matrix: every cell a finite number, all rows of one length, at least one row. */
    static double[][] matrix(Path file) {
        return Sources.read(file, source -> {
            CsvParser p = new CsvParser(file, new InputStreamReader(source.stream(), StandardCharsets.UTF_8));
            return p.rows("numbers", 1).toArray(new double[0][]);
        });
    }

    private LabeledDataset dataset(int classes) throws IOException {
        int bound = classes == 0 ? DatasetReader.MAX_CLASSES : classes;
        List<Integer> lines = new ArrayList<>();
        List<double[]> rows = rows("a label and features", 2, lines);
        double[][] features = new double[rows.size()][];
        int[] labels = new int[rows.size()];
        int largest = 0;
        for (int i = 0; i < labels.length; i++) {
            double label = rows.get(i)[0];
            if (label != Math.rint(label) || label < 0 || label >= bound) {
                throw error(
                        lines.get(i),
                        1,
                        "a label 0.." + (bound - 1),
                        shown(Double.toString(label).replaceAll("\\.0$", "")),
                        "map labels to that range, label first");
            }
            labels[i] = (int) label;
            largest = Math.max(largest, labels[i]);
            features[i] = Arrays.copyOfRange(rows.get(i), 1, rows.get(i).length);
        }
        return new LabeledDataset(features, labels, classes == 0 ? Math.max(2, largest + 1) : classes);
    }

    private List<double[]> rows(String what, int least) throws IOException {
        return rows(what, least, new ArrayList<>());
    }

    private List<double[]> rows(String what, int least, List<Integer> lines) throws IOException {
        List<double[]> rows = new ArrayList<>();
        for (String text = nextLine(); text != null; text = nextLine()) {
            if (text.isBlank()) {
                continue;
            }
            double[] row = cells(text);
            if (row.length < least) {
                throw error(line, row.length, what, row.length + " columns", "separate them by commas");
            }
            if (!rows.isEmpty() && row.length != rows.get(0).length) {
                throw error(
                        line,
                        row.length,
                        rows.get(0).length + " columns as in line " + lines.get(0),
                        row.length + " columns",
                        "make rows equally long");
            }
            rows.add(row);
            lines.add(line);
        }
        if (rows.isEmpty()) {
            throw new DataFormatException(file + ": expected lines of " + what + ", found none; give a file with data");
        }
        return rows;
    }

    private double[] cells(String text) {
        int columns = 1;
        for (int i = 0; i < text.length(); i++) {
            columns += text.charAt(i) == ',' ? 1 : 0;
        }
        double[] row = new double[columns];
        int from = 0;
        for (int c = 0; c < columns; c++) {
            int comma = text.indexOf(',', from);
            String cell =
                    text.substring(from, comma < 0 ? text.length() : comma).strip();
            row[c] = number(cell, c + 1);
            from = comma + 1;
        }
        return row;
    }

    private double number(String cell, int column) {
        // Double.parseDouble also takes hexadecimal, a trailing d or f, NaN and Infinity; data has no use for those.
        boolean plain = !cell.isEmpty();
        for (int i = 0; i < cell.length() && plain; i++) {
            plain = "0123456789+-.eE".indexOf(cell.charAt(i)) >= 0;
        }
        double value = Double.NaN;
        if (plain) {
            try {
                value = Double.parseDouble(cell);
            } catch (NumberFormatException e) {
                value = Double.NaN;
            }
        }
        if (!Double.isFinite(value)) {
            throw error(
                    line,
                    column,
                    "a finite number",
                    cell.isEmpty() ? "an empty cell" : shown(cell),
                    line == 1 ? "correct the cell, or remove a header line" : "correct the cell");
        }
        return value;
    }

    /** A line without its end, or null; refuses endless ones instead of filling memory. */
    private String nextLine() throws IOException {
        StringBuilder text = new StringBuilder();
        line++;
        while (true) {
            if (at == filled) {
                filled = ended ? -1 : in.read(buffer);
                at = 0;
                if (filled < 0) {
                    ended = true;
                    filled = 0;
                    return text.isEmpty() ? null : text.toString();
                }
                if (line == 1 && text.isEmpty() && filled > 0 && buffer[0] == '\uFEFF') {
                    at = 1; // byte order mark
                }
            }
            int end = at;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            text.append(buffer, at, end - at);
            if (text.length() > MAX_LINE) {
                throw error(
                        line, 1, "lines of at most " + MAX_LINE + " characters", "a longer one", "give a text file");
            }
            if (end < filled) {
                at = end + 1;
                return text.toString(); // a carriage return at its end is stripped with its cell
            }
            at = end;
        }
    }

    private static String shown(String cell) {
        return "'" + (cell.length() <= SHOWN ? cell : cell.substring(0, SHOWN) + "...") + "'";
    }

    private DataFormatException error(int atLine, int column, String expected, String found, String fix) {
        return new DataFormatException(file + ", line " + atLine + ", column " + column + ": expected " + expected
                + ", found " + found + "; " + fix);
    }
}
