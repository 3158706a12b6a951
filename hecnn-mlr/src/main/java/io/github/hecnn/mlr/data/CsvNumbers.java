package io.github.hecnn.mlr.data;

import io.github.hecnn.mlr.data.CsvCells.Kind;
import java.util.List;
import java.util.stream.IntStream;

/** Whether the columns of a CSV file are numbers, and which decimal mark they have. */
final class CsvNumbers {
    private static final int LEAST_VARIETY = 4;

    private CsvNumbers() {}

    /** Refuses the first cell that is no number; columns of text alone pass if one of them may be the labels. */
    static void requireNumbers(CsvSurvey survey, int[] columns, boolean textPasses) {
        CsvColumn.Place worst = null;
        int at = 0;
        for (int c : columns) {
            CsvColumn column = survey.columns().get(c);
            if (textPasses && column.text()) {
                continue;
            }
            for (Kind kind : List.of(Kind.MISSING, Kind.GROUPED, Kind.TEXT)) {
                CsvColumn.Place place = column.first(kind);
                if (place != null && (worst == null || place.line() < worst.line())) {
                    worst = place;
                    at = c;
                }
            }
        }
        if (worst != null) {
            throw survey.source()
                    .error(
                            worst.line(),
                            at + 1,
                            "a finite number",
                            CsvCells.shown(worst.cell()),
                            fix(survey.columns().get(at), worst.cell()));
        }
    }

    private static String fix(CsvColumn column, String cell) {
        return switch (CsvCells.kind(cell)) {
            case MISSING ->
                "missing values cannot be encrypted: remove the row, fill the cell in, with the column's mean for example,"
                        + " or leave the column out with CsvOptions.withIgnoredColumn";
            case GROUPED -> "write it without separators of thousands";
            default ->
                column.text()
                        ? "encode the text as numbers, leave the column out with CsvOptions.withIgnoredColumn, or name it"
                                + " with CsvOptions.withLabelColumn"
                        : "correct the cell";
        };
    }

    /** Whether decimal marks are commas; refuses both kinds in one file, and commas that may separate thousands. */
    static boolean decimalCommas(CsvSurvey survey, CsvOptions options, int[] columns) {
        int comma = firstWith(columns, c -> survey.columns().get(c).has(Kind.COMMA));
        int point = firstWith(columns, c -> survey.columns().get(c).dots());
        Character mark = options.decimalMark();
        if (comma < 0) {
            if (mark != null && mark == ',' && point >= 0) {
                throw mixed(survey, point, Kind.POINT, "decimal commas as asked for");
            }
            return false;
        }
        if (mark != null && mark == '.') {
            throw mixed(survey, comma, Kind.COMMA, "decimal points as asked for");
        }
        if (point >= 0) {
            throw mixed(survey, comma, Kind.COMMA, "one decimal mark, as the points in " + survey.words(point));
        }
        boolean ambiguous =
                IntStream.of(columns).allMatch(c -> survey.columns().get(c).ambiguousCommas());
        if (mark == null && ambiguous) {
            throw mixed(survey, comma, Kind.COMMA, "decimal commas that cannot be taken for separators of thousands");
        }
        return true;
    }

    private static int firstWith(int[] columns, java.util.function.IntPredicate what) {
        return IntStream.of(columns).filter(what).findFirst().orElse(-1);
    }

    private static DataFormatException mixed(CsvSurvey survey, int c, Kind kind, String expected) {
        CsvColumn.Place place = survey.columns().get(c).first(kind);
        return survey.source()
                .error(
                        place.line(),
                        c + 1,
                        expected,
                        CsvCells.quoted(place.cell()),
                        "write all numbers in one way, without separators of thousands, or name the mark with"
                                + " CsvOptions.withDecimalMark");
    }

    /**
     * Refuses decimal commas between columns separated by commas, which read as twice the columns of integers. Signs of them: -0 or 05, or
     * pairs of columns of which the second has more different values and is written like digits behind a comma.
     */
    static void requireNoDecimalCommas(CsvSurvey survey, CsvOptions options, int labels) {
        List<CsvColumn> columns = survey.columns();
        int last = columns.size() - 1;
        if (survey.dialect().format().separator() != ',' || options.decimalMark() != null || last < 2) {
            return;
        }
        // What is no integer in digits can only be the label: text, or quoted.
        boolean digits = IntStream.rangeClosed(0, last)
                .allMatch(c -> c == labels
                        || columns.get(c).digitsOnly()
                        || ((c == 0 || c == last) && columns.get(c).text()));
        if (!digits) {
            return;
        }
        boolean strange = columns.stream().anyMatch(CsvColumn::minusZero)
                || (last % 2 == 0 && columns.stream().anyMatch(CsvColumn::leadingZero));
        if (strange || (last % 2 == 0 && (pairs(columns, 1) || pairs(columns, 0)))) {
            throw survey.source()
                    .error(
                            "columns separated by commas to have decimal points",
                            (last + 1) + " columns of integers that look like " + (last / 2 + 1)
                                    + " columns with decimal commas",
                            "separate columns by semicolons or tabs, or write decimal points; if they are integers, say"
                                    + " so with CsvOptions.withDecimalMark('.')");
        }
    }

    private static boolean pairs(List<CsvColumn> columns, int from) {
        int pairs = 0;
        for (int c = from; c + 1 < columns.size(); c += 2) {
            CsvColumn whole = columns.get(c);
            CsvColumn fraction = columns.get(c + 1);
            if (!whole.couldBeWhole()
                    || !fraction.couldBeFraction()
                    || fraction.variety() < LEAST_VARIETY
                    || fraction.variety() <= whole.variety()
                    || !fraction.writtenLikeFractions()) {
                return false;
            }
            pairs++;
        }
        return pairs >= 2;
    }
}
