package io.github.hecnn.mlr.data;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a cell of a CSV file may be, and the number in it. */
final class CsvCells {
    private static final Set<String> MISSING =
            Set.of("", "?", "-", "--", ".", "na", "n/a", "#n/a", "<na>", "nan", "null", "none", "nil", "missing");
    /** Blanks, controls, and characters that only join others. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\s\\p{Z}\\p{C}]+");

    private static final int SHOWN = 40;
    private static final int EXACT_DIGITS = 15; // below 2^53 every integer is a double

    private CsvCells() {}

    /** What a cell looks like. */
    enum Kind {
        /** Digits with or without a sign. */
        INTEGER,
        /** A number with a point, an exponent or both. */
        POINT,
        /** A number with a decimal comma. */
        COMMA,
        /** Digits in groups, such as 1,234.5 or 1'234; no number here. */
        GROUPED,
        /** One of the usual words for no value, or nothing. */
        MISSING,
        /** Anything else. */
        TEXT;

        /** Whether it is read as a number. */
        boolean numeric() {
            return this == INTEGER || this == POINT || this == COMMA;
        }
    }

    static Kind kind(String cell) {
        return digits(cell) ? Kind.INTEGER : slowKind(cell);
    }

    /** Whether there are digits and nothing else. */
    private static boolean digits(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            if (cell.charAt(i) < '0' || cell.charAt(i) > '9') {
                return false;
            }
        }
        return !cell.isEmpty();
    }

    private static Kind slowKind(String cell) {
        int n = cell.length();
        int digits = 0;
        int points = 0;
        int commas = 0;
        int gaps = 0;
        int i = n > 0 && (cell.charAt(0) == '+' || cell.charAt(0) == '-') ? 1 : 0;
        for (; i < n; i++) {
            char c = cell.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.') {
                points++;
            } else if (c == ',') {
                commas++;
            } else if (digits > 0
                    && (c == ' ' || c == '\'' || c == '_' || c == '\u00A0' || c == '\u202F' || c == '\u2019')) {
                gaps++;
            } else {
                break;
            }
        }
        boolean exponent = i < n && digits > 0 && exponent(cell, i);
        if (digits == 0 || (i < n && !exponent)) {
            return MISSING.contains(cell.toLowerCase(Locale.ROOT)) ? Kind.MISSING : Kind.TEXT;
        }
        if (gaps > 0 || points + commas > 1) {
            return Kind.GROUPED;
        }
        return commas > 0 ? Kind.COMMA : points > 0 || exponent ? Kind.POINT : Kind.INTEGER;
    }

    private static boolean exponent(String cell, int at) {
        int i = at + 1;
        if ((cell.charAt(at) != 'e' && cell.charAt(at) != 'E') || i == cell.length()) {
            return false;
        }
        if (cell.charAt(i) == '+' || cell.charAt(i) == '-') {
            i++;
        }
        boolean all = i < cell.length();
        for (; i < cell.length() && all; i++) {
            all = cell.charAt(i) >= '0' && cell.charAt(i) <= '9';
        }
        return all;
    }

    /** Whether a decimal comma could as well separate thousands: 1,234 could, 0,234 and 1,23 could not. */
    static boolean thousands(String cell) {
        int sign = cell.charAt(0) == '-' || cell.charAt(0) == '+' ? 1 : 0;
        int comma = cell.indexOf(',') - sign;
        return comma >= 1 && comma <= 3 && cell.charAt(sign) != '0' && cell.length() == sign + comma + 4;
    }

    /** The number in a numeric cell, to the last bit what {@link Double#parseDouble} makes of it; infinite if it is too large. */
    static double number(String cell, Kind kind) {
        return kind == Kind.INTEGER && cell.length() <= EXACT_DIGITS && cell.charAt(0) != '-'
                ? Long.parseLong(cell)
                : Double.parseDouble(kind == Kind.COMMA ? cell.replace(',', '.') : cell);
    }

    /** The number in a cell that was found to be numeric before. */
    static double number(String cell, boolean decimalCommas) {
        return number(cell, digits(cell) ? Kind.INTEGER : decimalCommas ? Kind.COMMA : Kind.POINT);
    }

    /** One name for one class number: 5, 5.0 and 5,0 are the same. */
    static String integerName(double value) {
        return Long.toString((long) value);
    }

    /** Whether a number can name a class: from 2^53 on, different integers are one double. */
    static boolean integer(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53;
    }

    /** Equal for texts that differ by case, blanks, invisible characters or ways to compose letters only, and for 2 and 2.0. */
    static String likeness(String cell) {
        Kind kind = kind(cell);
        if (kind.numeric() && integer(number(cell, kind))) {
            return integerName(number(cell, kind));
        }
        return INVISIBLE
                .matcher(Normalizer.normalize(cell, Normalizer.Form.NFKC))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }

    /** A cell as it stands in an error. */
    static String shown(String cell) {
        return cell.isEmpty() ? "an empty cell" : quoted(cell);
    }

    static String quoted(String text) {
        return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...") + "'";
    }
}
