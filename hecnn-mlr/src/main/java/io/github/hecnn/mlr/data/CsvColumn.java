package io.github.hecnn.mlr.data;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a first pass over a CSV file finds in one column below the header. */
final class CsvColumn {
    /** More different values than this are no longer counted. */
    static final int FEW = 64;

    private static final int LOOKED_AT = 300;

    private final Map<CsvCells.Kind, Place> first = new EnumMap<>(CsvCells.Kind.class);
    private final Set<String> digits = new HashSet<>();
    private Set<Long> values = new HashSet<>();
    private boolean integers = true;
    private boolean counting = true;
    private double previous = Double.NaN;
    private boolean ambiguousCommas = true;
    private boolean minusZero;
    private boolean leadingZero;
    private boolean signed;
    private boolean dots;
    private long cells;
    private long texts; // missing cells counted
    private long digitCells;

    /** A cell and where it stands. */
    record Place(long line, String cell) {}

    /** Takes a cell and says what it is. */
    CsvCells.Kind add(String cell, long line) {
        CsvCells.Kind kind = CsvCells.kind(cell);
        if (!first.containsKey(kind)) {
            first.put(kind, new Place(line, cell));
        }
        texts += kind == CsvCells.Kind.TEXT || kind == CsvCells.Kind.MISSING ? 1 : 0;
        cells++;
        if (kind == CsvCells.Kind.INTEGER) {
            digitCells++;
            int sign = cell.charAt(0) == '-' || cell.charAt(0) == '+' ? 1 : 0;
            signed |= sign > 0;
            minusZero |= cell.equals("-0");
            leadingZero |= cell.length() > sign + 1 && cell.charAt(sign) == '0';
            if (cells <= LOOKED_AT) {
                digits.add(cell);
            }
        }
        dots |= kind == CsvCells.Kind.POINT && cell.indexOf('.') >= 0;
        ambiguousCommas &= kind != CsvCells.Kind.COMMA || CsvCells.thousands(cell);
        if (!kind.numeric()) {
            integers = false;
            counting = false;
            return kind;
        }
        if (integers || counting) {
            double value = CsvCells.number(cell, kind);
            integers &= CsvCells.integer(value);
            counting &= cells == 1 ? value == 0 || value == 1 : value == previous + 1;
            if (integers && value != previous && values != null && values.add((long) value) && values.size() > FEW) {
                values = null;
            }
            previous = value;
        }
        return kind;
    }

    /** Whether every number in it can name a class. */
    boolean integers() {
        return integers;
    }

    boolean has(CsvCells.Kind kind) {
        return first.containsKey(kind);
    }

    /** The first cell of a kind, or null. */
    Place first(CsvCells.Kind kind) {
        return first.get(kind);
    }

    /** Whether every cell that is there is a number, and there is one. */
    boolean numeric() {
        return !has(CsvCells.Kind.TEXT)
                && !has(CsvCells.Kind.GROUPED)
                && (has(CsvCells.Kind.INTEGER) || has(CsvCells.Kind.POINT) || has(CsvCells.Kind.COMMA));
    }

    /** Whether no cell is a number, and there is text. */
    boolean text() {
        return texts == cells && has(CsvCells.Kind.TEXT);
    }

    /** Whether every cell is an integer in digits. */
    boolean digitsOnly() {
        return digitCells == cells;
    }

    /** Whether its numbers could be classes, and how many those are: 0 if they could not, or are more than {@link #FEW}. */
    int fewIntegers() {
        return integers && values != null ? values.size() : 0;
    }

    /** Whether so many classes among so many rows are ids rather than classes. */
    static boolean likeIds(int classes, long rows) {
        return 3L * classes > 2 * rows;
    }

    /** Whether all values are among these. */
    boolean within(Set<String> names) {
        return fewIntegers() > 0 && values.stream().map(String::valueOf).allMatch(names::contains);
    }

    /** Whether it numbers the rows: 0, 1, 2, ... or 1, 2, 3, ... */
    boolean counting() {
        return counting && cells >= 10;
    }

    /** Whether a number in it has a point. */
    boolean dots() {
        return dots;
    }

    /** Whether it has another integer in each row, as ids have, as far as it was looked at. */
    boolean differentIntegers() {
        return cells >= 10 && digitsOnly() && digits.size() == Math.min(cells, LOOKED_AT);
    }

    /** Whether every comma in it could separate thousands as well as decimals. */
    boolean ambiguousCommas() {
        return ambiguousCommas;
    }

    /** Whether it could stand before a decimal comma. */
    boolean couldBeWhole() {
        return digitsOnly() && !leadingZero;
    }

    /** Whether it could stand behind a decimal comma. */
    boolean couldBeFraction() {
        return digitsOnly() && !signed;
    }

    /** Whether it has -0, which integers never have. */
    boolean minusZero() {
        return minusZero;
    }

    /** Whether it has something like 05, which integers rarely have. */
    boolean leadingZero() {
        return leadingZero;
    }

    /** Different cells among the first rows. */
    int variety() {
        return digits.size();
    }

    /** Whether those cells are one digit each, or at least none ends in a needless zero, as fractions are written. */
    boolean writtenLikeFractions() {
        boolean sameLength = digits.stream().mapToInt(String::length).distinct().count() == 1;
        return sameLength || digits.stream().allMatch(d -> d.equals("0") || !d.endsWith("0"));
    }
}
