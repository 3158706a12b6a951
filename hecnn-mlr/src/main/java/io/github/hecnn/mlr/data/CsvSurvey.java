package io.github.hecnn.mlr.data;

import io.github.hecnn.mlr.data.CsvCells.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVRecord;

/**
 * A first pass over a CSV file: its separator, whether it has a header, its columns and what is in them.
 *
 * @param names of the columns, in the order of the file; empty without a header
 * @param plain the numbers themselves, if there is nothing else; its contents can be taken once
 */
record CsvSurvey(
        CsvSource source,
        CsvDialect dialect,
        boolean header,
        List<String> names,
        List<CsvColumn> columns,
        long rows,
        CsvPlainRows plain) {
    private static final int LOOKED_AT = 200;
    private static final int LISTED = 12;

    /** Goes through a file. Rows have one length, at least the given one, and there is at least one. */
    static CsvSurvey of(CsvSource source, CsvOptions options, int least, String what) {
        CsvDialect dialect = CsvDialect.of(source, options);
        boolean header = options.header() != null ? options.header() : header(source, dialect);
        List<String> names = new ArrayList<>();
        List<CsvColumn> columns = new ArrayList<>();
        long[] seen = new long[2]; // rows, line of the first record
        CsvPlainRows plain = new CsvPlainRows();
        CsvSurvey survey = new CsvSurvey(source, dialect, header, names, columns, 0, plain);
        survey.forEachRecord((cells, line) -> {
            if (columns.isEmpty()) {
                if (cells.size() < least) {
                    throw source.error(
                            line,
                            cells.size(),
                            what,
                            cells.size() + " columns by " + dialect.words(),
                            "separate them by commas, semicolons, tabs or pipes, or name the separator with"
                                    + " CsvOptions.withSeparator");
                }
                cells.forEach(cell -> columns.add(new CsvColumn()));
                seen[1] = line;
                if (header) {
                    cells.forEach(cell -> names.add(cell.strip()));
                    return true;
                }
            }
            if (cells.size() != columns.size()) {
                throw survey.ragged(cells, line, seen[1]);
            }
            plain.begin(cells.size());
            for (int c = 0; c < cells.size(); c++) {
                String cell = cells.get(c).strip();
                plain.add(c, cell, columns.get(c).add(cell, line));
            }
            plain.end();
            seen[0]++;
            return true;
        });
        if (seen[0] == 0) {
            throw source.error(
                    "lines of " + what, "none" + (header ? " below the header" : ""), "give a file with data");
        }
        survey.requireDifferentNames();
        return new CsvSurvey(source, dialect, header, List.copyOf(names), List.copyOf(columns), seen[0], plain);
    }

    /** Names without numbers, over columns of numbers, are a header; a row of numbers is data. */
    private static boolean header(CsvSource source, CsvDialect dialect) {
        List<String> top = new ArrayList<>();
        List<CsvColumn> below = new ArrayList<>();
        CsvSurvey looking = new CsvSurvey(source, dialect, false, List.of(), below, 0, new CsvPlainRows());
        long[] seen = new long[2];
        looking.forEachRecord((cells, line) -> {
            for (int c = 0; c < cells.size(); c++) {
                if (seen[0] == 0) {
                    top.add(cells.get(c).strip());
                    below.add(new CsvColumn());
                    seen[1] = line;
                } else if (c < below.size()) {
                    below.get(c).add(cells.get(c).strip(), line);
                }
            }
            return ++seen[0] < LOOKED_AT;
        });
        List<Integer> names = IntStream.range(0, top.size())
                .filter(c -> CsvCells.kind(top.get(c)) == Kind.TEXT
                        && (seen[0] == 1 || below.get(c).numeric()))
                .boxed()
                .toList();
        List<String> numbers =
                top.stream().filter(cell -> CsvCells.kind(cell).numeric()).toList();
        if (names.isEmpty() || (seen[0] == 1 && !numbers.isEmpty())) {
            return false;
        }
        if (numbers.isEmpty() || numbered(numbers)) {
            return true;
        }
        int c = names.get(0);
        throw source.error(
                seen[1],
                c + 1,
                "a finite number as below it, or a header of names alone",
                CsvCells.quoted(top.get(c)) + " beside numbers",
                "correct the cell, or tell with CsvOptions.withHeader whether the line is a header");
    }

    private static boolean numbered(List<String> cells) {
        String from = cells.get(0);
        return cells.size() > 1
                && (from.equals("0") || from.equals("1"))
                && IntStream.range(0, cells.size())
                        .allMatch(i -> cells.get(i).equals(Integer.toString(i + Integer.parseInt(from))));
    }

    private void forEachRecord(CsvSource.Records records) {
        boolean[] skip = {dialect.declared()};
        source.forEach(dialect.format(), (cells, line) -> {
            if (skip[0]) {
                skip[0] = false;
                return true;
            }
            return records.take(cells, line);
        });
    }

    /** Goes through the rows below the header once more. */
    void forEachRow(CsvSource.Records records) {
        boolean[] skip = {header};
        forEachRecord((cells, line) -> {
            if (skip[0]) {
                skip[0] = false;
                return true;
            }
            return records.take(cells, line);
        });
    }

    private DataFormatException ragged(CSVRecord cells, long line, long first) {
        boolean digits = dialect.format().separator() == ','
                && cells.stream().allMatch(cell -> CsvCells.kind(cell.strip()) == Kind.INTEGER);
        return source.error(
                line,
                cells.size(),
                columns.size() + " columns as in line " + first,
                cells.size() + " columns by " + dialect.words(),
                digits
                        ? "if these are decimal commas, separate columns by semicolons or tabs, or write points"
                        : "make rows equally long, or name the separator with CsvOptions.withSeparator");
    }

    private void requireDifferentNames() {
        Map<String, Integer> at = new HashMap<>();
        for (int c = 0; c < names.size(); c++) {
            Integer earlier = names.get(c).isEmpty() ? null : at.put(names.get(c), c);
            if (earlier != null) {
                throw source.error(
                        "different names of columns",
                        CsvCells.quoted(names.get(c)) + " for columns " + (earlier + 1) + " and " + (c + 1),
                        "rename one of them");
            }
        }
    }

    /** A column's name in a header, exactly or but for its case, or its number from 1; counted from 0. */
    int column(String reference, String remedy) {
        String name = reference.strip();
        if (names.contains(name)) {
            return names.indexOf(name);
        }
        int[] similar = IntStream.range(0, names.size())
                .filter(c -> names.get(c).equalsIgnoreCase(name))
                .toArray();
        if (similar.length == 1) {
            return similar[0];
        }
        if (name.matches("[0-9]{1,9}") && Integer.parseInt(name) >= 1 && Integer.parseInt(name) <= columns.size()) {
            return Integer.parseInt(name) - 1;
        }
        throw source.error(
                (header ? "one of the columns " + listed() + " or a" : "a") + " number from 1 to " + columns.size(),
                CsvCells.quoted(reference) + (header ? "" : " and no header"),
                "name a column that is there with " + remedy);
    }

    private String listed() {
        return names.stream().limit(LISTED).map(CsvCells::quoted).collect(Collectors.joining(", "))
                + (names.size() > LISTED ? ", ..." : "");
    }

    /** A column in words: its number and its name, if it has one. */
    String words(int c) {
        return "column " + (c + 1) + (header && !names.get(c).isEmpty() ? " " + CsvCells.quoted(names.get(c)) : "");
    }

    /** The name of a column in a header, or its number. */
    String reference(int c) {
        return header && !names.get(c).isEmpty() ? names.get(c) : Integer.toString(c + 1);
    }
}
