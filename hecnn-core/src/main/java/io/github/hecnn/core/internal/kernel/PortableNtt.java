package io.github.hecnn.core.internal.kernel;

import static io.github.hecnn.core.internal.kernel.Residues.ROUND;
import static io.github.hecnn.core.internal.kernel.Residues.multiply;
import static io.github.hecnn.core.internal.kernel.Residues.reduce;

/**
 * The forward NTT in plain loops over unit strides, which the JIT vectorises by itself.
 *
 * <p>Radix 4 until a block fits the L1 cache. Each block is then a matrix of 64 columns: splits wider than 64 run along the rows;
 * for the last six the block is transposed, so that they run along what were the columns, and written back in the order of
 * {@link NttTables}.
 *
 * <p><b>Growth</b>, in units of q. A radix-4 step adds at most two products to its first operand. By {@link Residues} the products of
 * inputs up to b are at most 1/2 + b/64 and 1/2 + (b + 1/2 + b/64)/64. Starting at 1/2, at most three steps above the blocks
 * lead to 3.7; the first step in a block reduces its first operand, which brings the bound to 1.7; at most five more steps lead to 7.2, under the 8
 * that products and the last reduction allow.
 */
final class PortableNtt {
    static final int BLOCK = 4096;
    static final int COLUMNS = 64;

    /** Columns are a little apart so that they do not fall on the same cache sets. */
    static final int PAD = 8;

    static final ThreadLocal<double[]> SCRATCH =
            ThreadLocal.withInitial(() -> new double[COLUMNS * (BLOCK / COLUMNS + PAD)]);

    private PortableNtt() {}

    static void forward(NttTables tables, double[] a) {
        NttTables.Twiddles t = tables.forwardColumns();
        double[] scratch = SCRATCH.get();
        double q = tables.q;
        int blocks = 1;
        int length = a.length;
        while (length > BLOCK) {
            for (int b = 0; b < blocks; b++) {
                radix4(a, b * length, length / 4, t, blocks + b, q);
            }
            blocks *= 4;
            length /= 4;
        }
        for (int b = 0; b < blocks; b++) {
            rows(a, b * length, length, t, blocks + b, tables);
            columns(a, b * length, length / COLUMNS, t, tables, scratch);
        }
    }

    private static void rows(double[] a, int from, int size, NttTables.Twiddles t, int root, NttTables tables) {
        double q = tables.q;
        int blocks = 1;
        int length = size;
        if ((Integer.numberOfTrailingZeros(size) & 1) == 1) {
            radix2Reduced(a, from, length / 2, t, root, q, tables.qInv);
            blocks = 2;
        } else {
            radix4Reduced(a, from, length / 4, t, root, q, tables.qInv);
            blocks = 4;
        }
        length /= blocks;
        for (; length > COLUMNS; length /= 4, blocks *= 4) {
            for (int b = 0; b < blocks; b++) {
                radix4(a, from + b * length, length / 4, t, root * blocks + b, q);
            }
        }
    }

    private static void radix2Reduced(
            double[] a, int from, int t, NttTables.Twiddles twiddles, int node, double q, double qInv) {
        double w1 = twiddles.w()[node];
        double q1 = twiddles.wOverQ()[node];
        double roundQ = ROUND * q;
        double minusQ = -q;
        for (int j = from; j < from + t; j++) {
            double x0 = reduce(a[j], q, qInv);
            double x1 = multiply(a[j + t], w1, q1, roundQ, minusQ);
            a[j] = x0 + x1;
            a[j + t] = x0 - x1;
        }
    }

    private static void radix4Reduced(
            double[] a, int from, int t, NttTables.Twiddles twiddles, int node, double q, double qInv) {
        for (int j = from; j < from + t; j++) {
            a[j] = reduce(a[j], q, qInv);
        }
        radix4(a, from, t, twiddles, node, q);
    }

    private static void radix4(double[] a, int from, int t, NttTables.Twiddles twiddles, int node, double q) {
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
            double x2 = multiply(a[j + 2 * t], w1, q1, roundQ, minusQ);
            double x3 = multiply(a[j + 3 * t], w1, q1, roundQ, minusQ);
            double y1 = multiply(x1 + x3, w2, q2, roundQ, minusQ);
            double y3 = multiply(x1 - x3, w3, q3, roundQ, minusQ);
            a[j] = x0 + x2 + y1;
            a[j + t] = x0 + x2 - y1;
            a[j + 2 * t] = x0 - x2 + y3;
            a[j + 3 * t] = x0 - x2 - y3;
        }
    }

    private static void columns(double[] a, int from, int rows, NttTables.Twiddles t, NttTables tables, double[] s) {
        int stride = rows + PAD;
        int groups = tables.degree / COLUMNS;
        int group = from / COLUMNS;
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < COLUMNS; c++) {
                s[c * stride + r] = a[from + r * COLUMNS + c];
            }
        }
        for (int depth = 0; depth < 6; depth += 2) {
            int quarter = 16 >> depth;
            for (int child = 0; child < 1 << depth; child++) {
                int row1 = ((1 << depth) - 1 + child) * groups + group;
                int row2 = ((2 << depth) - 1 + 2 * child) * groups + group;
                for (int c = child * 4 * quarter; c < child * 4 * quarter + quarter; c++) {
                    column4(s, c * stride, quarter * stride, rows, t.leaves(), row1, row2, groups, tables.q);
                }
            }
        }
        double q = tables.q;
        double qInv = tables.qInv;
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < COLUMNS; i++) {
                int leaf = (i & 7) * 8 + (i >> 3);
                a[from + r * COLUMNS + i] = reduce(s[leaf * stride + r], q, qInv);
            }
        }
    }

    private static void column4(
            double[] s, int from, int t, int rows, double[] leaves, int row1, int row2, int groups, double q) {
        int over = 63 * groups;
        double roundQ = ROUND * q;
        double minusQ = -q;
        for (int i = 0; i < rows; i++) {
            int j = from + i;
            double w1 = leaves[row1 + i];
            double q1 = leaves[over + row1 + i];
            double x0 = s[j];
            double x1 = s[j + t];
            double x2 = multiply(s[j + 2 * t], w1, q1, roundQ, minusQ);
            double x3 = multiply(s[j + 3 * t], w1, q1, roundQ, minusQ);
            double y1 = multiply(x1 + x3, leaves[row2 + i], leaves[over + row2 + i], roundQ, minusQ);
            double y3 = multiply(x1 - x3, leaves[row2 + groups + i], leaves[over + row2 + groups + i], roundQ, minusQ);
            s[j] = x0 + x2 + y1;
            s[j + t] = x0 + x2 - y1;
            s[j + 2 * t] = x0 - x2 + y3;
            s[j + 3 * t] = x0 - x2 - y3;
        }
    }
}
