package io.github.hecnn.core.internal.kernel;

import static io.github.hecnn.core.internal.kernel.Lanes.L;
import static io.github.hecnn.core.internal.kernel.Lanes.all;
import static io.github.hecnn.core.internal.kernel.Lanes.finish;
import static io.github.hecnn.core.internal.kernel.Lanes.load;
import static io.github.hecnn.core.internal.kernel.Residues.TERMS_PER_ANCHOR;

import jdk.incubator.vector.DoubleVector;

/**
 * Base extension as an exact matrix product, in blocks: a block of every term is copied side by side into scratch that fits the L1
 * cache, and all targets are computed from there, two at a time. Without the copy the limbs' equal alignment, a power of two
 * apart, makes them evict each other. How the sums are exact says {@link PortableSums}.
 */
final class VectorBaseExtension {
    private static final int BLOCK = 256;

    private static final ThreadLocal<double[]> SCRATCH =
            ThreadLocal.withInitial(() -> new double[RingKernels.MAX_TERMS * BLOCK]);

    /** The packed terms from first to last, for one target or two (b may be null), for size coefficients from from on. */
    private interface Loop {
        void run(
                double[] pack,
                int first,
                int last,
                BaseTarget a,
                double[] outA,
                BaseTarget b,
                double[] outB,
                int from,
                int size);
    }

    /** Two loops that do nothing, and those that are wanted: why, says {@link VectorElementwise#run}. */
    private static final Loop[] LOOPS = {
        (pack, first, last, a, outA, b, outB, from, size) -> {},
        (pack, first, last, a, outA, b, outB, from, size) -> {},
        (pack, first, last, a, outA, b, outB, from, size) -> one(pack, first, last, a, outA, from, size),
        VectorBaseExtension::two
    };

    private VectorBaseExtension() {}

    static void extend(double[][] terms, int count, double[] reciprocals, BaseTarget[] targets, double[][] out, int n) {
        double[] pack = SCRATCH.get();
        int rows = count + 1;
        for (int from = 0; from < n; from += BLOCK) {
            int size = Math.min(BLOCK, n - from);
            pack(terms, count, reciprocals, from, size, pack);
            for (int t = 0; t < targets.length; t += 2) {
                for (int first = 0; first < rows; first += TERMS_PER_ANCHOR) {
                    int last = Math.min(first + TERMS_PER_ANCHOR, rows);
                    boolean pair = t + 1 < targets.length;
                    BaseTarget b = pair ? targets[t + 1] : null;
                    double[] outB = pair ? out[t + 1] : null;
                    for (int i = 0; i < 3; i++) {
                        LOOPS[i == 2 && pair ? 3 : i].run(pack, first, last, targets[t], out[t], b, outB, from, size);
                    }
                }
            }
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

    private static void one(double[] pack, int first, int last, BaseTarget a, double[] out, int from, int size) {
        double[] weights = a.weights;
        DoubleVector anchor = all(Residues.ANCHOR);
        DoubleVector round = all(Residues.ROUND);
        DoubleVector q = all(a.q);
        DoubleVector qInv = all(a.qInv);
        for (int j = 0; j < size; j += L) {
            DoubleVector acc = anchor;
            DoubleVector low = first == 0 ? all(0.0) : load(out, from + j);
            for (int i = first; i < last; i++) {
                DoubleVector v = load(pack, i * BLOCK + j);
                DoubleVector w = all(weights[i]);
                DoubleVector next = v.fma(w, acc);
                low = low.add(v.fma(w, acc.sub(next)));
                acc = next;
            }
            finish(acc, low, anchor, q, qInv, round).intoArray(out, from + j);
        }
    }

    private static void two(
            double[] pack,
            int first,
            int last,
            BaseTarget a,
            double[] outA,
            BaseTarget b,
            double[] outB,
            int from,
            int size) {
        double[] weightsA = a.weights;
        double[] weightsB = b.weights;
        DoubleVector anchor = all(Residues.ANCHOR);
        DoubleVector round = all(Residues.ROUND);
        DoubleVector qA = all(a.q);
        DoubleVector qInvA = all(a.qInv);
        DoubleVector qB = all(b.q);
        DoubleVector qInvB = all(b.qInv);
        for (int j = 0; j < size; j += L) {
            DoubleVector accA = anchor;
            DoubleVector accB = anchor;
            DoubleVector lowA = first == 0 ? all(0.0) : load(outA, from + j);
            DoubleVector lowB = first == 0 ? all(0.0) : load(outB, from + j);
            for (int i = first; i < last; i++) {
                DoubleVector v = load(pack, i * BLOCK + j);
                DoubleVector wA = all(weightsA[i]);
                DoubleVector wB = all(weightsB[i]);
                DoubleVector nextA = v.fma(wA, accA);
                DoubleVector nextB = v.fma(wB, accB);
                lowA = lowA.add(v.fma(wA, accA.sub(nextA)));
                lowB = lowB.add(v.fma(wB, accB.sub(nextB)));
                accA = nextA;
                accB = nextB;
            }
            finish(accA, lowA, anchor, qA, qInvA, round).intoArray(outA, from + j);
            finish(accB, lowB, anchor, qB, qInvB, round).intoArray(outB, from + j);
        }
    }
}
