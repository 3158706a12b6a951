package io.github.hecnn.core.internal.kernel;

import static io.github.hecnn.core.internal.kernel.Residues.ANCHOR;
import static io.github.hecnn.core.internal.kernel.Residues.TERMS_PER_ANCHOR;
import static io.github.hecnn.core.internal.kernel.Residues.finish;

/**
 * Exact sums of products in plain loops.
 *
 * <p>An accumulator that starts at ANCHOR rounds every product to a multiple of 2^48; what it rounds away, at most 2^47, is
 * recovered exactly by a second fma. Eight products of at most 2^96 keep it between 2^100 and 2^101, where this holds. The sum is then
 * folded to a canonical residue, which the next eight start from: low stays under 8*2^47 + 2^48 &lt; 2^51, and the accumulator is at most 2^50*q
 * from ANCHOR, the range of {@link Residues#finish}.
 */
final class PortableSums {
    /** Coefficients at a time: what is read again for each term stays in the L1 cache. */
    private static final int BLOCK = 256;

    private static final ThreadLocal<double[]> SCRATCH = ThreadLocal.withInitial(() -> new double[2 * BLOCK]);

    private PortableSums() {}

    static void innerProduct(
            double[][] a, double[][] b, int count, double[] out, int from, int size, double q, double qInv) {
        double[] s = SCRATCH.get();
        start(s, size);
        for (int i = 0; i < count; i++) {
            if (i > 0 && i % TERMS_PER_ANCHOR == 0) {
                fold(s, size, q, qInv);
            }
            addProduct(a[i], b[i], from, size, s);
        }
        end(s, out, from, size, q, qInv);
    }

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
        for (int from = 0; from < n; from += BLOCK) {
            int size = Math.min(BLOCK, n - from);
            innerProduct(digits, k0, count, out0, from, size, q, qInv);
            innerProduct(digits, k1, count, out1, from, size, q, qInv);
        }
    }

    private static void start(double[] s, int size) {
        for (int j = 0; j < size; j++) {
            s[j] = ANCHOR;
            s[BLOCK + j] = 0.0;
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
        for (int j = 0; j < size; j++) {
            s[BLOCK + j] = finish(s[j], s[BLOCK + j], q, qInv);
            s[j] = ANCHOR;
        }
    }

    private static void end(double[] s, double[] out, int from, int size, double q, double qInv) {
        for (int j = 0; j < size; j++) {
            out[from + j] = finish(s[j], s[BLOCK + j], q, qInv);
        }
    }
}
