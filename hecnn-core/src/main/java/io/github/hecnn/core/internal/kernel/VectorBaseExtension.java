package io.github.hecnn.core.internal.kernel;

import static io.github.hecnn.core.internal.kernel.Lanes.L;
import static io.github.hecnn.core.internal.kernel.Lanes.all;
import static io.github.hecnn.core.internal.kernel.Lanes.load;
import static io.github.hecnn.core.internal.kernel.Residues.TERMS_PER_SUM;

import jdk.incubator.vector.DoubleVector;

/**
 * Base extension as an exact matrix product, in blocks: a block of every term is copied side by side into scratch that fits the L1
 * cache, and all targets are computed from there. Without the copy the limbs' equal alignment, a power of two
 * apart, makes them evict each other. How the sums are exact says {@link Residues}.
 */
final class VectorBaseExtension {
    private static final int BLOCK = VectorTermSums.BLOCK;

    /** Terms and e. */
    private static final ThreadLocal<double[]> SCRATCH =
            ThreadLocal.withInitial(() -> new double[RingKernels.MAX_TERMS * BLOCK]);

    private VectorBaseExtension() {}

    static void extend(double[][] terms, int count, double[] reciprocals, BaseTarget[] targets, double[][] out, int n) {
        double[] pack = SCRATCH.get();
        for (int from = 0; from < n; from += BLOCK) {
            int size = Math.min(BLOCK, n - from);
            pack(terms, count, reciprocals, from, size, pack);
            for (int t = 0; t < targets.length; t++) {
                sum(pack, count, targets[t], out[t], from, size);
            }
        }
    }

    private static void sum(double[] pack, int count, BaseTarget target, double[] out, int from, int size) {
        int e = count * BLOCK;
        if (count <= TERMS_PER_SUM) { // leaves room for e*weight, which is exact, beside the terms' own remainders
            VectorTermSums.run(pack, 0, count, pack, e, target.weights[count], target, out, from, size);
            return;
        }
        VectorTermSums.run(pack, 0, TERMS_PER_SUM, pack, e, 0.0, target, out, from, size);
        for (int first = TERMS_PER_SUM; first <= count; first += TERMS_PER_SUM) { // e is one more term
            int last = Math.min(first + TERMS_PER_SUM, count + 1);
            VectorTermSums.run(pack, first, last, out, from, 1.0, target, out, from, size);
        }
    }

    /** The block of all terms, and after them e = round(sum of terms[i]*reciprocals[i]). */
    private static void pack(double[][] terms, int count, double[] reciprocals, int from, int size, double[] pack) {
        int e = count * BLOCK;
        copyFirst(terms[0], reciprocals[0], from, size, pack, e);
        for (int i = 1; i < count; i++) {
            copy(terms[i], reciprocals[i], from, size, pack, i * BLOCK, e);
        }
        round(pack, e, size);
    }

    private static void copyFirst(double[] term, double reciprocal, int from, int size, double[] pack, int e) {
        DoubleVector r = all(reciprocal);
        for (int j = 0; j < size; j += L) {
            DoubleVector v = load(term, from + j);
            v.intoArray(pack, j);
            v.mul(r).intoArray(pack, e + j);
        }
    }

    private static void copy(double[] term, double reciprocal, int from, int size, double[] pack, int at, int e) {
        DoubleVector r = all(reciprocal);
        for (int j = 0; j < size; j += L) {
            DoubleVector v = load(term, from + j);
            v.intoArray(pack, at + j);
            v.fma(r, load(pack, e + j)).intoArray(pack, e + j);
        }
    }

    private static void round(double[] pack, int e, int size) {
        DoubleVector round = all(Residues.ROUND);
        for (int j = 0; j < size; j += L) {
            load(pack, e + j).add(round).sub(round).intoArray(pack, e + j);
        }
    }
}
