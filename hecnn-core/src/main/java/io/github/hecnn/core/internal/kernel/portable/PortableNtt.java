package io.github.hecnn.core.internal.kernel.portable;

import static io.github.hecnn.core.internal.kernel.Residues.LAZY_LIMIT;
import static io.github.hecnn.core.internal.kernel.Residues.ROUND;

import io.github.hecnn.core.internal.kernel.NttTables;
import io.github.hecnn.core.internal.kernel.RangeCheck;
import io.github.hecnn.core.internal.kernel.Residues;

/**
 * The forward NTT in plain loops that the JIT vectorises by itself, one split at a time (rule 7). The coefficients are copied to
 * a matrix with one array for each row; wide splits take two rows each. For the narrow ones the matrix is transposed, so
 * that they too take two arrays each, with one twiddle for each element. Both go depth first, for the caches.
 *
 * <p><b>Growth</b>, in units of q. By {@link Residues} a split of inputs up to b gives at most b + 1/2 + b/64. Starting at 1/2, the nine splits
 * of rows that are the most lead to 5.5. The first of columns reduces its first operand. Quotients come from rounded products
 * there, so products are up to 1/2 + b/16: 1.4 after the first split, 6.3 after the eighth, under the 8 that products and the last reduction allow.
 * For a small prime ({@link NttTables#lazy}) only the last reduction is needed, and not even that for a lazy result.
 */
final class PortableNtt {
    private PortableNtt() {}

    /** Canonical if the prime is not {@link NttTables#lazy}, or lazily is false. */
    static void forward(NttTables tables, double[] a, boolean lazily) {
        NttTables.Twiddles t = ColumnTwiddles.forward(tables);
        PortableMatrix m = PortableMatrix.ofThisThread(tables.logDegree);
        double[][] columns = m.columns;
        m.copyToRows(a);
        splitRows(m.rows, 0, m.rows.length, 1, t, tables.q);
        boolean lazy = tables.lazy;
        assert RangeCheck.within(m.rows, m.rows.length, lazy ? LAZY_LIMIT : 5.5 * tables.q) : "forwardNtt, rows";
        m.rowsToColumns();
        for (int c = 0; c < columns.length / 2 && !lazy; c++) {
            reduce(columns[c], tables.q, tables.qInv);
        }
        splitColumns(columns, 0, columns.length, 1, t.leaves(), tables.q, tables.qInv);
        assert RangeCheck.within(columns, columns.length, lazy ? LAZY_LIMIT : 6.3 * tables.q) : "forwardNtt, columns";
        for (int c = 0; c < columns.length && !(lazy && lazily); c++) {
            reduce(columns[c], tables.q, tables.qInv);
        }
        m.copyFromColumns(a);
    }

    private static void splitRows(double[][] rows, int from, int count, int node, NttTables.Twiddles t, double q) {
        int half = count / 2;
        for (int i = from; i < from + half; i++) {
            split(rows[i], rows[i + half], t.w()[node], t.wOverQ()[node], q);
        }
        if (half > 1) {
            splitRows(rows, from, half, 2 * node, t, q);
            splitRows(rows, from + half, half, 2 * node + 1, t, q);
        }
    }

    private static void splitColumns(
            double[][] columns, int from, int count, int node, double[][] leaves, double q, double qInv) {
        int half = count / 2;
        for (int i = from; i < from + half; i++) {
            split(columns[i], columns[i + half], leaves[node], q, qInv);
        }
        if (half > 1) {
            splitColumns(columns, from, half, 2 * node, leaves, q, qInv);
            splitColumns(columns, from + half, half, 2 * node + 1, leaves, q, qInv);
        }
    }

    private static void split(double[] first, double[] second, double w, double wOverQ, double q) {
        double roundQ = ROUND * q;
        double minusQ = -q;
        for (int i = 0; i < first.length; i++) {
            double x = first[i];
            double y = Residues.multiply(second[i], w, wOverQ, roundQ, minusQ);
            first[i] = x + y;
            second[i] = x - y;
        }
    }

    private static void split(double[] first, double[] second, double[] w, double q, double qInv) {
        double minusQ = -q;
        for (int i = 0; i < first.length; i++) {
            double x = first[i];
            double y = Residues.product(second[i], w[i], minusQ, qInv);
            first[i] = x + y;
            second[i] = x - y;
        }
    }

    static void reduce(double[] a, double q, double qInv) {
        for (int i = 0; i < a.length; i++) {
            a[i] = Residues.reduce(a[i], q, qInv);
        }
    }
}
