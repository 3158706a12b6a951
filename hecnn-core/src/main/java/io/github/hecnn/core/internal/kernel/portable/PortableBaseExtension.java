package io.github.hecnn.core.internal.kernel.portable;

import static io.github.hecnn.core.internal.kernel.Residues.ROUND;
import static io.github.hecnn.core.internal.kernel.Residues.TERMS_PER_EXTENSION;
import static io.github.hecnn.core.internal.kernel.Residues.finish;

import io.github.hecnn.core.internal.kernel.BaseTarget;
import io.github.hecnn.core.internal.kernel.Residues;
import io.github.hecnn.core.internal.kernel.RingKernels;

/**
 * Base extension in plain loops: block by block, all targets from one copy of a block of the terms, as in
 * {@code VectorBaseExtension}. How the sums are exact says {@link Residues}.
 *
 * <p>Every row of the block is an array of its own (rule 7): with rows of one array the loops took three times as long. Two terms at a time, for fewer loads and stores.
 */
final class PortableBaseExtension {
    private static final int BLOCK = 256;

    /** The block of the terms and of e, and after them the two parts of a sum. */
    private static final ThreadLocal<double[][]> SCRATCH =
            ThreadLocal.withInitial(() -> new double[RingKernels.MAX_TERMS + 2][BLOCK]);

    private PortableBaseExtension() {}

    static void extend(double[][] terms, int count, double[] reciprocals, BaseTarget[] targets, double[][] out, int n) {
        double[][] rows = SCRATCH.get();
        double[] high = rows[RingKernels.MAX_TERMS];
        double[] low = rows[RingKernels.MAX_TERMS + 1];
        for (int from = 0; from < n; from += BLOCK) {
            int size = Math.min(BLOCK, n - from);
            pack(terms, count, reciprocals, from, size, rows);
            for (int t = 0; t < targets.length; t++) {
                sum(rows, count, targets[t], high, low);
                System.arraycopy(low, 0, out[t], from, size);
            }
        }
    }

    private static void pack(double[][] terms, int count, double[] reciprocals, int from, int size, double[][] rows) {
        double[] e = rows[count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(terms[i], from, rows[i], 0, size);
        }
        multiply(rows[0], reciprocals[0], e);
        for (int i = 1; i < count; i++) {
            accumulate(rows[i], reciprocals[i], e);
        }
        round(e);
    }

    private static void multiply(double[] x, double reciprocal, double[] e) {
        for (int j = 0; j < BLOCK; j++) {
            e[j] = x[j] * reciprocal;
        }
    }

    private static void accumulate(double[] x, double reciprocal, double[] e) {
        for (int j = 0; j < BLOCK; j++) {
            e[j] = Math.fma(x[j], reciprocal, e[j]);
        }
    }

    private static void round(double[] e) {
        for (int j = 0; j < BLOCK; j++) {
            e[j] = (e[j] + ROUND) - ROUND;
        }
    }

    /** To low. */
    private static void sum(double[][] rows, int count, BaseTarget target, double[] high, double[] low) {
        boolean small = count <= TERMS_PER_EXTENSION;
        double[] w = target.weights;
        start(rows[count], small ? w[count] : 0.0, target.q, high, low);
        int terms = small ? count : count + 1;
        for (int first = 0; first < terms; first += TERMS_PER_EXTENSION) {
            if (first > 0) {
                end(high, low, target.q, target.qInv);
                fill(high, ROUND * target.q);
            }
            int last = Math.min(first + TERMS_PER_EXTENSION, terms);
            int i = first;
            for (; i + 1 < last; i += 2) {
                addTwo(rows[i], w[i], rows[i + 1], w[i + 1], high, low);
            }
            if (i < last) {
                add(rows[i], w[i], high, low);
            }
        }
        if (target.lazy) {
            endLazily(high, low, target.q, target.qInv);
        } else {
            end(high, low, target.q, target.qInv);
        }
    }

    /** The sum so far is e*w, exact without its second part. */
    private static void start(double[] e, double w, double q, double[] high, double[] low) {
        double roundQ = ROUND * q;
        for (int j = 0; j < BLOCK; j++) {
            high[j] = roundQ;
            low[j] = e[j] * w;
        }
    }

    private static void fill(double[] high, double roundQ) {
        for (int j = 0; j < BLOCK; j++) {
            high[j] = roundQ;
        }
    }

    private static void add(double[] x, double w, double[] high, double[] low) {
        for (int j = 0; j < BLOCK; j++) {
            double acc = high[j];
            double next = Math.fma(x[j], w, acc);
            high[j] = next;
            low[j] += Math.fma(x[j], w, acc - next);
        }
    }

    private static void addTwo(double[] x, double v, double[] y, double w, double[] high, double[] low) {
        for (int j = 0; j < BLOCK; j++) {
            double acc = high[j];
            double next = Math.fma(x[j], v, acc);
            double last = Math.fma(y[j], w, next);
            high[j] = last;
            low[j] = low[j] + Math.fma(x[j], v, acc - next) + Math.fma(y[j], w, next - last);
        }
    }

    private static void end(double[] high, double[] low, double q, double qInv) {
        double minusQ = -q;
        for (int j = 0; j < BLOCK; j++) {
            low[j] = finish(high[j], low[j], minusQ, q, qInv);
        }
    }

    private static void endLazily(double[] high, double[] low, double q, double qInv) {
        double minusQ = -q;
        for (int j = 0; j < BLOCK; j++) {
            low[j] = Residues.finishLazily(high[j], low[j], minusQ, qInv);
        }
    }
}
