package io.github.hecnn.core.internal.kernel.portable;

import static io.github.hecnn.core.internal.kernel.Residues.ROUND;

import io.github.hecnn.core.internal.kernel.NttTables;
import io.github.hecnn.core.internal.kernel.RangeCheck;
import io.github.hecnn.core.internal.kernel.Residues;

/**
 * The inverse NTT in plain loops: {@link PortableNtt} backwards, with Gentleman-Sande steps.
 *
 * <p><b>Growth</b>, in units of q. Joining two inputs up to b gives a sum, at most 2b, and a product, at most 1/2 + 2b/16 by {@link Residues}
 * (2b/64 for rows). Every third step reduces the sum to 1/2. If the first of three starts at b &lt; 1, then what is multiplied or reduced is up to
 * 2b, 4b, 8b &lt; 8, as is allowed, and the next three start below 1/2 + 8b/16 &lt; 1 again. The last step multiplies everything by 1/N and
 * reduces it.
 */
final class PortableInverseNtt {
    private PortableInverseNtt() {}

    static void inverse(NttTables tables, double[] in, double[] out) {
        NttTables.Twiddles t = ColumnTwiddles.inverse(tables);
        PortableMatrix m = PortableMatrix.ofThisThread(tables.logDegree);
        m.copyToColumns(in);
        joinColumns(m.columns, 0, m.columns.length, 1, t.leaves(), tables.q, tables.qInv);
        assert RangeCheck.within(m.columns, m.columns.length, 4 * tables.q) : "inverseNtt, columns";
        m.columnsToRows();
        int half = m.rows.length / 2;
        joinRows(m.rows, 0, half, 2, t, tables);
        joinRows(m.rows, half, half, 3, t, tables);
        assert RangeCheck.within(m.rows, m.rows.length, 4 * tables.q) : "inverseNtt, rows";
        for (int i = 0; i < half; i++) {
            joinLast(m.rows[i], m.rows[i + half], tables.lastStep(), tables.q, tables.qInv);
        }
        m.copyFromRows(out);
    }

    /** Whether the join of this many arrays is a third one, counted from the leaves. */
    private static boolean isThird(int count) {
        return Integer.numberOfTrailingZeros(count) % 3 == 0;
    }

    private static void joinColumns(
            double[][] columns, int from, int count, int node, double[][] leaves, double q, double qInv) {
        int half = count / 2;
        if (half > 1) {
            joinColumns(columns, from, half, 2 * node, leaves, q, qInv);
            joinColumns(columns, from + half, half, 2 * node + 1, leaves, q, qInv);
        }
        for (int i = from; i < from + half; i++) {
            join(columns[i], columns[i + half], leaves[node], q, qInv);
            if (isThird(count)) {
                PortableNtt.reduce(columns[i], q, qInv);
            }
        }
    }

    private static void joinRows(
            double[][] rows, int from, int count, int node, NttTables.Twiddles t, NttTables tables) {
        int half = count / 2;
        if (half > 1) {
            joinRows(rows, from, half, 2 * node, t, tables);
            joinRows(rows, from + half, half, 2 * node + 1, t, tables);
        }
        for (int i = from; i < from + half; i++) {
            join(rows[i], rows[i + half], t.w()[node], t.wOverQ()[node], tables.q);
            if (isThird(count * rows[0].length)) {
                PortableNtt.reduce(rows[i], tables.q, tables.qInv);
            }
        }
    }

    private static void join(double[] first, double[] second, double w, double wOverQ, double q) {
        double roundQ = ROUND * q;
        double minusQ = -q;
        for (int i = 0; i < first.length; i++) {
            double x = first[i];
            double y = second[i];
            first[i] = x + y;
            second[i] = Residues.multiply(x - y, w, wOverQ, roundQ, minusQ);
        }
    }

    private static void join(double[] first, double[] second, double[] w, double q, double qInv) {
        double minusQ = -q;
        for (int i = 0; i < first.length; i++) {
            double x = first[i];
            double y = second[i];
            first[i] = x + y;
            second[i] = Residues.product(x - y, w[i], minusQ, qInv);
        }
    }

    private static void joinLast(double[] first, double[] second, double[] constants, double q, double qInv) {
        double w0 = constants[0];
        double q0 = constants[1];
        double w1 = constants[4];
        double q1 = constants[5];
        double roundQ = ROUND * q;
        double minusQ = -q;
        for (int i = 0; i < first.length; i++) {
            double x = first[i];
            double y = second[i];
            first[i] = Residues.reduce(Residues.multiply(x + y, w0, q0, roundQ, minusQ), q, qInv);
            second[i] = Residues.reduce(Residues.multiply(x - y, w1, q1, roundQ, minusQ), q, qInv);
        }
    }
}
