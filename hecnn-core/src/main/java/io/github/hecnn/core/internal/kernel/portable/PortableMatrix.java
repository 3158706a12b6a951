package io.github.hecnn.core.internal.kernel.portable;

import io.github.hecnn.core.internal.kernel.NttTables;

/** Coefficients as a matrix, once with an array for each row and once with one for each column; scratch space of one thread. */
final class PortableMatrix {
    private static final int COUNT = NttTables.MAX_LOG_DEGREE + 1;
    private static final ThreadLocal<PortableMatrix[]> OF_THREAD =
            ThreadLocal.withInitial(() -> new PortableMatrix[COUNT]);

    final double[][] rows;
    final double[][] columns;

    private PortableMatrix(int logDegree) {
        int logColumns = logColumns(logDegree);
        rows = new double[1 << (logDegree - logColumns)][1 << logColumns];
        columns = new double[1 << logColumns][1 << (logDegree - logColumns)];
    }

    /** As square as can be, so that neither the arrays of a row nor those of a column get short, but of 64 to 256 columns. */
    static int logColumns(int logDegree) {
        return Math.min(8, Math.max(6, (logDegree + 1) / 2));
    }

    static PortableMatrix ofThisThread(int logDegree) {
        PortableMatrix[] matrices = OF_THREAD.get();
        if (matrices[logDegree] == null) {
            matrices[logDegree] = new PortableMatrix(logDegree);
        }
        return matrices[logDegree];
    }

    void copyToRows(double[] a) {
        int width = columns.length;
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(a, r * width, rows[r], 0, width);
        }
    }

    void copyFromRows(double[] a) {
        int width = columns.length;
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(rows[r], 0, a, r * width, width);
        }
    }

    void rowsToColumns() {
        transpose(rows, columns);
    }

    void columnsToRows() {
        transpose(columns, rows);
    }

    private static void transpose(double[][] from, double[][] to) {
        for (int r = 0; r < from.length; r += 8) {
            double[] a0 = from[r];
            double[] a1 = from[r + 1];
            double[] a2 = from[r + 2];
            double[] a3 = from[r + 3];
            double[] a4 = from[r + 4];
            double[] a5 = from[r + 5];
            double[] a6 = from[r + 6];
            double[] a7 = from[r + 7];
            for (int c = 0; c < to.length; c++) {
                double[] column = to[c];
                column[r] = a0[c];
                column[r + 1] = a1[c];
                column[r + 2] = a2[c];
                column[r + 3] = a3[c];
                column[r + 4] = a4[c];
                column[r + 5] = a5[c];
                column[r + 6] = a6[c];
                column[r + 7] = a7[c];
            }
        }
    }

    /** In the order of {@link NttTables}: position i of each 64 holds leaf (i mod 8)*8 + i/8. */
    void copyFromColumns(double[] a) {
        int width = columns.length;
        for (int group = 0; group < width; group += 64) {
            for (int i = 0; i < 8; i++) {
                double[] c0 = columns[group + i];
                double[] c1 = columns[group + i + 8];
                double[] c2 = columns[group + i + 16];
                double[] c3 = columns[group + i + 24];
                double[] c4 = columns[group + i + 32];
                double[] c5 = columns[group + i + 40];
                double[] c6 = columns[group + i + 48];
                double[] c7 = columns[group + i + 56];
                int p = group + 8 * i;
                for (int r = 0; r < rows.length; r++, p += width) {
                    a[p] = c0[r];
                    a[p + 1] = c1[r];
                    a[p + 2] = c2[r];
                    a[p + 3] = c3[r];
                    a[p + 4] = c4[r];
                    a[p + 5] = c5[r];
                    a[p + 6] = c6[r];
                    a[p + 7] = c7[r];
                }
            }
        }
    }

    void copyToColumns(double[] a) {
        int width = columns.length;
        for (int group = 0; group < width; group += 64) {
            for (int i = 0; i < 8; i++) {
                double[] c0 = columns[group + i];
                double[] c1 = columns[group + i + 8];
                double[] c2 = columns[group + i + 16];
                double[] c3 = columns[group + i + 24];
                double[] c4 = columns[group + i + 32];
                double[] c5 = columns[group + i + 40];
                double[] c6 = columns[group + i + 48];
                double[] c7 = columns[group + i + 56];
                int p = group + 8 * i;
                for (int r = 0; r < rows.length; r++, p += width) {
                    c0[r] = a[p];
                    c1[r] = a[p + 1];
                    c2[r] = a[p + 2];
                    c3[r] = a[p + 3];
                    c4[r] = a[p + 4];
                    c5[r] = a[p + 5];
                    c6[r] = a[p + 6];
                    c7[r] = a[p + 7];
                }
            }
        }
    }
}
