package io.github.hecnn.core.internal.kernel;

import static io.github.hecnn.core.internal.kernel.Residues.ROUND;
import static io.github.hecnn.core.internal.kernel.Residues.TERMS_PER_SUM;
import static io.github.hecnn.core.internal.kernel.Residues.finish;

/**
 * Base extension in plain loops: block by block, all targets from one copy of a block of the terms, as in
 * {@code VectorBaseExtension}. How the sums are exact says {@link Residues}.
 */
final class PortableBaseExtension {
    private static final int BLOCK = 256;

    /** Terms and e, then the two parts of a sum. */
    private static final ThreadLocal<double[]> SCRATCH =
            ThreadLocal.withInitial(() -> new double[(RingKernels.MAX_TERMS + 2) * BLOCK]);

    private static final int HIGH = RingKernels.MAX_TERMS * BLOCK;
    private static final int LOW = HIGH + BLOCK;

    private PortableBaseExtension() {}

    static void extend(double[][] terms, int count, double[] reciprocals, BaseTarget[] targets, double[][] out, int n) {
        double[] s = SCRATCH.get();
        for (int from = 0; from < n; from += BLOCK) {
            int size = Math.min(BLOCK, n - from);
            pack(terms, count, reciprocals, from, size, s);
            for (int t = 0; t < targets.length; t++) {
                sum(s, count, targets[t], out[t], from, size);
            }
        }
    }

    private static void pack(double[][] terms, int count, double[] reciprocals, int from, int size, double[] s) {
        int e = count * BLOCK;
        for (int i = 0; i < count; i++) {
            System.arraycopy(terms[i], from, s, i * BLOCK, size);
        }
        for (int j = 0; j < size; j++) {
            s[e + j] = s[j] * reciprocals[0];
        }
        for (int i = 1; i < count; i++) {
            accumulate(s, i * BLOCK, reciprocals[i], e, size);
        }
        for (int j = 0; j < size; j++) {
            s[e + j] = (s[e + j] + ROUND) - ROUND;
        }
    }

    private static void accumulate(double[] s, int at, double reciprocal, int e, int size) {
        for (int j = 0; j < size; j++) {
            s[e + j] = Math.fma(s[at + j], reciprocal, s[e + j]);
        }
    }

    private static void sum(double[] s, int count, BaseTarget target, double[] out, int from, int size) {
        boolean small = count <= TERMS_PER_SUM;
        start(s, small ? target.weights[count] : 0.0, count * BLOCK, target.q, size);
        int rows = small ? count : count + 1;
        for (int i = 0; i < rows; i++) {
            if (i > 0 && i % TERMS_PER_SUM == 0) {
                fold(s, size, target.q, target.qInv);
            }
            add(s, i * BLOCK, target.weights[i], size);
        }
        end(s, out, from, size, target.q, target.qInv);
    }

    /** The sum so far is e*w, exact without its second part; e is the row at. */
    private static void start(double[] s, double w, int at, double q, int size) {
        double roundQ = ROUND * q;
        for (int j = 0; j < size; j++) {
            s[HIGH + j] = roundQ;
            s[LOW + j] = s[at + j] * w;
        }
    }

    private static void add(double[] s, int at, double w, int size) {
        for (int j = 0; j < size; j++) {
            double x = s[at + j];
            double acc = s[HIGH + j];
            double next = Math.fma(x, w, acc);
            s[HIGH + j] = next;
            s[LOW + j] += Math.fma(x, w, acc - next);
        }
    }

    private static void fold(double[] s, int size, double q, double qInv) {
        double roundQ = ROUND * q;
        double minusQ = -q;
        for (int j = 0; j < size; j++) {
            s[LOW + j] = finish(s[HIGH + j], s[LOW + j], minusQ, q, qInv);
            s[HIGH + j] = roundQ;
        }
    }

    private static void end(double[] s, double[] out, int from, int size, double q, double qInv) {
        double minusQ = -q;
        for (int j = 0; j < size; j++) {
            out[from + j] = finish(s[HIGH + j], s[LOW + j], minusQ, q, qInv);
        }
    }
}
