package io.github.hecnn.core.internal.kernel;

import static io.github.hecnn.core.internal.kernel.Residues.ROUND;
import static io.github.hecnn.core.internal.kernel.Residues.multiply;
import static io.github.hecnn.core.internal.kernel.Residues.reduce;

/**
 * The inverse NTT in plain loops: {@link PortableNtt} backwards, with Gentleman-Sande steps.
 *
 * <p><b>Growth</b>, in units of q. A radix-4 step of inputs up to b gives a sum of all four, reduced at once to 1/2; a sum of two
 * products, at most 2*(1/2 + 2b/64); and two products, at most 1/2 + 4b/64 and 1/2 + (1 + 4b/64)/64. So b stays under 1.08, and what is multiplied or
 * reduced under 4.4, of the 8 that are allowed. The last step multiplies everything by 1/N and reduces it.
 */
final class PortableInverseNtt {
    private PortableInverseNtt() {}

    static void inverse(NttTables tables, double[] a) {
        NttTables.Twiddles t = tables.inverseColumns();
        double[] scratch = PortableNtt.SCRATCH.get();
        int length = a.length;
        int blocks = 1;
        while (length > PortableNtt.BLOCK) {
            length /= 4;
            blocks *= 4;
        }
        for (int b = 0; b < blocks; b++) {
            columns(a, b * length, length / PortableNtt.COLUMNS, t, tables, scratch);
            rows(a, b * length, length, t, blocks + b, tables);
        }
        while (blocks > 4) {
            length *= 4;
            blocks /= 4;
            for (int b = 0; b < blocks; b++) {
                radix4(a, b * length, length / 4, t, blocks + b, tables.q, tables.qInv);
            }
        }
        if (blocks == 4) {
            last4(a, tables);
        }
    }

    private static void rows(double[] a, int from, int size, NttTables.Twiddles t, int root, NttTables tables) {
        boolean last = size == a.length;
        boolean odd = (Integer.numberOfTrailingZeros(size) & 1) == 1;
        int top = odd ? 2 : 4;
        int length = PortableNtt.COLUMNS * 4;
        for (int blocks = size / length; blocks >= top; blocks /= 4, length *= 4) {
            for (int b = 0; b < blocks; b++) {
                radix4(a, from + b * length, length / 4, t, root * blocks + b, tables.q, tables.qInv);
            }
        }
        if (last && odd) {
            last2(a, tables);
        } else if (last) {
            last4(a, tables);
        } else if (odd) {
            radix2(a, from, size / 2, t, root, tables.q, tables.qInv);
        } else {
            radix4(a, from, size / 4, t, root, tables.q, tables.qInv);
        }
    }

    private static void radix2(
            double[] a, int from, int t, NttTables.Twiddles twiddles, int node, double q, double qInv) {
        double w1 = twiddles.w()[node];
        double q1 = twiddles.wOverQ()[node];
        double roundQ = ROUND * q;
        double minusQ = -q;
        for (int j = from; j < from + t; j++) {
            double x0 = a[j];
            double x1 = a[j + t];
            a[j] = reduce(x0 + x1, q, qInv);
            a[j + t] = multiply(x0 - x1, w1, q1, roundQ, minusQ);
        }
    }

    private static void radix4(
            double[] a, int from, int t, NttTables.Twiddles twiddles, int node, double q, double qInv) {
        double w1 = twiddles.w()[node];
        double w2 = twiddles.w()[2 * node];
        double w3 = twiddles.w()[2 * node + 1];
        double q1 = twiddles.wOverQ()[node];
        double q2 = twiddles.wOverQ()[2 * node];
        double q3 = twiddles.wOverQ()[2 * node + 1];
        double roundQ = ROUND * q;
        double minusQ = -q;
        for (int j = from; j < from + t; j++) {
            double x0 = a[j];
            double x1 = a[j + t];
            double x2 = a[j + 2 * t];
            double x3 = a[j + 3 * t];
            double d0 = multiply(x0 - x1, w2, q2, roundQ, minusQ);
            double d1 = multiply(x2 - x3, w3, q3, roundQ, minusQ);
            double s0 = x0 + x1;
            double s1 = x2 + x3;
            a[j] = reduce(s0 + s1, q, qInv);
            a[j + t] = d0 + d1;
            a[j + 2 * t] = multiply(s0 - s1, w1, q1, roundQ, minusQ);
            a[j + 3 * t] = multiply(d0 - d1, w1, q1, roundQ, minusQ);
        }
    }

    private static void last2(double[] a, NttTables tables) {
        double q = tables.q;
        double qInv = tables.qInv;
        double[] w = tables.lastStep();
        double w0 = w[0];
        double q0 = w[1];
        double w1 = w[4];
        double q1 = w[5];
        double roundQ = ROUND * q;
        double minusQ = -q;
        int t = a.length / 2;
        for (int j = 0; j < t; j++) {
            double x0 = a[j];
            double x1 = a[j + t];
            a[j] = reduce(multiply(x0 + x1, w0, q0, roundQ, minusQ), q, qInv);
            a[j + t] = reduce(multiply(x0 - x1, w1, q1, roundQ, minusQ), q, qInv);
        }
    }

    private static void last4(double[] a, NttTables tables) {
        double q = tables.q;
        double qInv = tables.qInv;
        double[] w = tables.lastStep();
        double w0 = w[0];
        double q0 = w[1];
        double w1 = w[2];
        double q1 = w[3];
        double w1n = w[4];
        double q1n = w[5];
        double w2n = w[6];
        double q2n = w[7];
        double w3n = w[8];
        double q3n = w[9];
        double roundQ = ROUND * q;
        double minusQ = -q;
        int t = a.length / 4;
        for (int j = 0; j < t; j++) {
            double x0 = a[j];
            double x1 = a[j + t];
            double x2 = a[j + 2 * t];
            double x3 = a[j + 3 * t];
            double d0 = multiply(x0 - x1, w2n, q2n, roundQ, minusQ);
            double d1 = multiply(x2 - x3, w3n, q3n, roundQ, minusQ);
            double s0 = x0 + x1;
            double s1 = x2 + x3;
            a[j] = reduce(multiply(s0 + s1, w0, q0, roundQ, minusQ), q, qInv);
            a[j + t] = reduce(d0 + d1, q, qInv);
            a[j + 2 * t] = reduce(multiply(s0 - s1, w1n, q1n, roundQ, minusQ), q, qInv);
            a[j + 3 * t] = reduce(multiply(d0 - d1, w1, q1, roundQ, minusQ), q, qInv);
        }
    }

    private static void columns(double[] a, int from, int rows, NttTables.Twiddles t, NttTables tables, double[] s) {
        int columns = PortableNtt.COLUMNS;
        int stride = rows + PortableNtt.PAD;
        int groups = tables.degree / columns;
        int group = from / columns;
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < columns; i++) {
                int leaf = (i & 7) * 8 + (i >> 3);
                s[leaf * stride + r] = a[from + r * columns + i];
            }
        }
        for (int depth = 4; depth >= 0; depth -= 2) {
            int quarter = 16 >> depth;
            for (int child = 0; child < 1 << depth; child++) {
                int row1 = ((1 << depth) - 1 + child) * groups + group;
                int row2 = ((2 << depth) - 1 + 2 * child) * groups + group;
                for (int c = child * 4 * quarter; c < child * 4 * quarter + quarter; c++) {
                    column4(s, c * stride, quarter * stride, rows, t.leaves(), row1, row2, groups, tables);
                }
            }
        }
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                a[from + r * columns + c] = s[c * stride + r];
            }
        }
    }

    private static void column4(
            double[] s, int from, int t, int rows, double[] leaves, int row1, int row2, int groups, NttTables tables) {
        int over = 63 * groups;
        double q = tables.q;
        double qInv = tables.qInv;
        double roundQ = ROUND * q;
        double minusQ = -q;
        for (int i = 0; i < rows; i++) {
            int j = from + i;
            double x0 = s[j];
            double x1 = s[j + t];
            double x2 = s[j + 2 * t];
            double x3 = s[j + 3 * t];
            double w1 = leaves[row1 + i];
            double q1 = leaves[over + row1 + i];
            double d0 = multiply(x0 - x1, leaves[row2 + i], leaves[over + row2 + i], roundQ, minusQ);
            double d1 = multiply(x2 - x3, leaves[row2 + groups + i], leaves[over + row2 + groups + i], roundQ, minusQ);
            double s0 = x0 + x1;
            double s1 = x2 + x3;
            s[j] = reduce(s0 + s1, q, qInv);
            s[j + t] = d0 + d1;
            s[j + 2 * t] = multiply(s0 - s1, w1, q1, roundQ, minusQ);
            s[j + 3 * t] = multiply(d0 - d1, w1, q1, roundQ, minusQ);
        }
    }
}
