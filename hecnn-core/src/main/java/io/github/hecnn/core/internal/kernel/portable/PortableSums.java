package io.github.hecnn.core.internal.kernel.portable;

import static io.github.hecnn.core.internal.kernel.Residues.ROUND;
import static io.github.hecnn.core.internal.kernel.Residues.TERMS_PER_SUM;
import static io.github.hecnn.core.internal.kernel.Residues.finish;

import io.github.hecnn.core.internal.kernel.Residues;

/**
 * Exact sums of products in plain loops; how they are exact says {@link Residues}.
 */
final class PortableSums {
    /** Coefficients at a time: what is read again for each term stays in the L1 cache. */
    private static final int BLOCK = 256;

    /** The most products of a lazy sum. */
    private static final int LAZY_TERMS = 4;

    private static final ThreadLocal<double[]> SCRATCH = ThreadLocal.withInitial(() -> new double[2 * BLOCK]);

    private PortableSums() {}

    static void innerProductPair(
            double[][] digits,
            double[][] k0,
            double[][] k1,
            int count,
            double[] out0,
            double[] out1,
            int n,
            double q,
            double qInv) {
        pairBlocks(digits, k0, k1, count, out0, out1, 0, n, 0, q, qInv, false);
    }

    /** The sums of the coefficients from first to last, written shift places lower; they need not be canonical if lazy, for up to four products. */
    static void pairBlocks(
            double[][] digits,
            double[][] k0,
            double[][] k1,
            int count,
            double[] out0,
            double[] out1,
            int first,
            int last,
            int shift,
            double q,
            double qInv,
            boolean lazy) {
        for (int from = first; from < last; from += BLOCK) {
            int size = Math.min(BLOCK, last - from);
            block(digits, k0, count, out0, from, size, from - shift, q, qInv, lazy);
            block(digits, k1, count, out1, from, size, from - shift, q, qInv, lazy);
        }
    }

    private static void block(
            double[][] a,
            double[][] b,
            int count,
            double[] out,
            int from,
            int size,
            int at,
            double q,
            double qInv,
            boolean lazy) {
        double[] s = SCRATCH.get();
        first(a[0], b[0], from, size, s, q);
        int i = 1;
        while (i < count) {
            if (i % TERMS_PER_SUM == 0) {
                fold(s, size, q, qInv);
            }
            if (i + 1 < count && i % TERMS_PER_SUM < TERMS_PER_SUM - 1) {
                addTwo(a[i], b[i], a[i + 1], b[i + 1], from, size, s);
                i += 2;
            } else {
                addProduct(a[i], b[i], from, size, s);
                i++;
            }
        }
        if (lazy && count <= LAZY_TERMS) {
            endLazily(s, out, at, size, q, qInv);
        } else {
            end(s, out, at, size, q, qInv);
        }
    }

    private static void first(double[] a, double[] b, int from, int size, double[] s, double q) {
        double roundQ = ROUND * q;
        for (int j = 0; j < size; j++) {
            double x = a[from + j];
            double y = b[from + j];
            double next = Math.fma(x, y, roundQ);
            s[j] = next;
            s[BLOCK + j] = Math.fma(x, y, roundQ - next);
        }
    }

    private static void addTwo(double[] a, double[] b, double[] c, double[] d, int from, int size, double[] s) {
        for (int j = 0; j < size; j++) {
            double x = a[from + j];
            double y = b[from + j];
            double u = c[from + j];
            double v = d[from + j];
            double acc = s[j];
            double next = Math.fma(x, y, acc);
            double last = Math.fma(u, v, next);
            s[j] = last;
            s[BLOCK + j] = s[BLOCK + j] + Math.fma(x, y, acc - next) + Math.fma(u, v, next - last);
        }
    }

    private static void addProduct(double[] a, double[] b, int from, int size, double[] s) {
        for (int j = 0; j < size; j++) {
            double x = a[from + j];
            double y = b[from + j];
            double acc = s[j];
            double next = Math.fma(x, y, acc);
            s[j] = next;
            s[BLOCK + j] += Math.fma(x, y, acc - next);
        }
    }

    private static void fold(double[] s, int size, double q, double qInv) {
        double roundQ = ROUND * q;
        double minusQ = -q;
        for (int j = 0; j < size; j++) {
            s[BLOCK + j] = finish(s[j], s[BLOCK + j], minusQ, q, qInv);
            s[j] = roundQ;
        }
    }

    private static void end(double[] s, double[] out, int at, int size, double q, double qInv) {
        double minusQ = -q;
        for (int j = 0; j < size; j++) {
            out[at + j] = finish(s[j], s[BLOCK + j], minusQ, q, qInv);
        }
    }

    private static void endLazily(double[] s, double[] out, int at, int size, double q, double qInv) {
        double minusQ = -q;
        for (int j = 0; j < size; j++) {
            out[at + j] = Residues.finishLazily(s[j], s[BLOCK + j], minusQ, qInv);
        }
    }
}
