package io.github.hecnn.mlr.data;

import java.util.HashMap;
import java.util.Map;

/**
 * The separator of a CSV file: given, told by a first line {@code sep=;}, or the one of four that splits the first lines best.
 *
 * @param declared whether the first line is no data but names the separator
 */
record CsvDialect(CsvSource.Format format, boolean declared) {
    private static final char[] CANDIDATES = {';', '\t', '|', ','};
    private static final int LOOKED_AT = 200;

    static CsvDialect of(CsvSource source, CsvOptions options) {
        Character declared = declared(source);
        char separator = options.separator() != null
                ? options.separator()
                : declared != null ? declared : detected(source, options.quotes());
        return new CsvDialect(new CsvSource.Format(separator, options.quotes(), true), declared != null);
    }

    private static Character declared(CsvSource source) {
        Character[] found = new Character[1];
        // A separator that cannot be in that line keeps it whole.
        source.forEach(new CsvSource.Format('\u0001', false, false), (cells, line) -> {
            String first = cells.get(0).replace("\"", "");
            if (line == 1 && first.length() == 5 && first.startsWith("sep=")) {
                found[0] = first.charAt(4);
            }
            return false;
        });
        return found[0];
    }

    /** The candidate by which most lines have the same number of columns and most cells are numbers; a comma if none splits at all. */
    private static char detected(CsvSource source, boolean quotes) {
        char best = ',';
        double most = 0;
        for (char candidate : CANDIDATES) {
            double score = score(source, new CsvSource.Format(candidate, quotes, true));
            if (score > most) {
                most = score;
                best = candidate;
            }
        }
        return best;
    }

    private static double score(CsvSource source, CsvSource.Format format) {
        int[] counts = new int[3]; // records, cells after the first record, numbers among them
        Map<Integer, Integer> widths = new HashMap<>();
        try {
            source.forEach(format, (cells, line) -> {
                widths.merge(cells.size(), 1, Integer::sum);
                for (String cell : counts[0] == 0 ? new String[0] : cells.values()) {
                    counts[1]++;
                    CsvCells.Kind kind = CsvCells.kind(cell.strip());
                    counts[2] += kind.numeric() || kind == CsvCells.Kind.MISSING ? 1 : 0;
                }
                return ++counts[0] < LOOKED_AT;
            });
        } catch (DataFormatException damaged) {
            return -1; // by this separator quotes do not close; another may do, and the error comes back if none does
        }
        Map.Entry<Integer, Integer> usual = widths.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElse(null);
        if (usual == null || usual.getKey() < 2) {
            return 0;
        }
        double numbers = counts[1] == 0 ? 0 : (double) counts[2] / counts[1];
        return (double) usual.getValue() / counts[0] * (0.1 + numbers);
    }

    /** The separator in words. */
    String words() {
        return switch (format.separator()) {
            case ',' -> "commas";
            case ';' -> "semicolons";
            case '\t' -> "tabs";
            case '|' -> "pipes";
            case ' ' -> "spaces";
            default -> "'" + format.separator() + "'";
        };
    }
}
