package io.github.hecnn.mlr.data;

import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of a CSV file, kept while it is looked through for the first time, so that a file of finite numbers with decimal points and
 * nothing else is read once. Not thread-safe.
 */
final class CsvPlainRows {
    private final List<double[]> rows = new ArrayList<>();
    private boolean plain = true;
    private double[] row;

    /** Begins a row of so many cells. */
    void begin(int cells) {
        row = plain ? new double[cells] : null;
    }

    /** Takes the next cell of the row. */
    void add(int column, String cell, CsvCells.Kind kind) {
        if (!plain) {
            return;
        }
        if (kind == CsvCells.Kind.INTEGER || kind == CsvCells.Kind.POINT) {
            row[column] = CsvCells.number(cell, kind);
            plain = Double.isFinite(row[column]);
        } else {
            plain = false;
        }
        if (!plain) {
            rows.clear();
        }
    }

    void end() {
        if (plain) {
            rows.add(row);
        }
    }

    /** Whether all cells were such numbers, and are here. */
    boolean plain() {
        return plain && !rows.isEmpty();
    }

    /** One column of them. */
    double[] column(int c) {
        return rows.stream().mapToDouble(r -> r[c]).toArray();
    }

    /** Some columns of them; afterwards nothing is here any more. */
    double[][] take(int[] columns) {
        double[][] out = new double[rows.size()][];
        for (int i = 0; i < out.length; i++) {
            double[] all = rows.set(i, null);
            double[] some = columns.length == all.length ? all : new double[columns.length];
            for (int k = 0; k < columns.length && some != all; k++) {
                some[k] = all[columns[k]];
            }
            out[i] = some;
        }
        drop();
        return out;
    }

    /** Keeps nothing any more. */
    void drop() {
        plain = false;
        rows.clear();
    }
}
