package io.github.hecnn.core.internal.kernel;

import static io.github.hecnn.core.internal.kernel.Lanes.L;
import static io.github.hecnn.core.internal.kernel.Lanes.all;
import static io.github.hecnn.core.internal.kernel.Lanes.finish;
import static io.github.hecnn.core.internal.kernel.Lanes.load;
import static io.github.hecnn.core.internal.kernel.Residues.TERMS_PER_SUM;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Base extension as an exact matrix product, in blocks: a block of every term is copied side by side into scratch that fits the L1
 * cache, and all targets are computed from there, two at a time. Without the copy the limbs' equal alignment, a power of two
 * apart, makes them evict each other. How the sums are exact says {@link Residues}.
 */
final class VectorBaseExtension {
    private static final int BLOCK = 256;

    /** Terms, e, and a row of zeros. */
    private static final ThreadLocal<double[]> SCRATCH =
            ThreadLocal.withInitial(() -> new double[(RingKernels.MAX_TERMS + 1) * BLOCK]);

    /**
     * The packed terms from first to last, for one target or two (b may be null), for size coefficients from from on. A first pass adds the
     * packed row start with the weight of e, a later one what out holds.
     */
    private interface Loop {
        void run(
                double[] pack,
                int first,
                int last,
                int start,
                BaseTarget a,
                double[] outA,
                BaseTarget b,
                double[] outB,
                int from,
                int size);
    }

    /** Two loops that do nothing, and those that are wanted: why, says {@link VectorElementwise#run}. */
    private static final Loop[] LOOPS = {
        (pack, first, last, start, a, outA, b, outB, from, size) -> {},
        (pack, first, last, start, a, outA, b, outB, from, size) -> {},
        (pack, first, last, start, a, outA, b, outB, from, size) -> one(pack, first, last, start, a, outA, from, size),
        VectorBaseExtension::two
    };

    private VectorBaseExtension() {}

    static void extend(double[][] terms, int count, double[] reciprocals, BaseTarget[] targets, double[][] out, int n) {
        double[] pack = SCRATCH.get();
        // Up to eight terms leave room for e*weight, which is exact, beside their own remainders. Else e is one more
        // term.
        boolean small = count <= TERMS_PER_SUM;
        int rows = small ? count : count + 1;
        int start = small ? count : count + 1;
        if (!small) {
            Arrays.fill(pack, start * BLOCK, (start + 1) * BLOCK, 0.0);
        }
        for (int from = 0; from < n; from += BLOCK) {
            int size = Math.min(BLOCK, n - from);
            pack(terms, count, reciprocals, from, size, pack);
            for (int t = 0; t < targets.length; t += 2) {
                boolean pair = t + 1 < targets.length;
                BaseTarget b = pair ? targets[t + 1] : null;
                double[] outB = pair ? out[t + 1] : null;
                for (int first = 0; first < rows; first += TERMS_PER_SUM) {
                    int last = Math.min(first + TERMS_PER_SUM, rows);
                    for (int i = 0; i < 3; i++) {
                        LOOPS[i == 2 && pair ? 3 : i].run(
                                pack, first, last, start, targets[t], out[t], b, outB, from, size);
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

    private static void one(
            double[] pack, int first, int last, int start, BaseTarget a, double[] out, int from, int size) {
        double[] weights = a.weights;
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * a.q);
        DoubleVector q = all(a.q);
        DoubleVector minusQ = all(-a.q);
        DoubleVector qInv = all(a.qInv);
        DoubleVector we = all(startWeight(a, start));
        for (int j = 0; j < size; j += L) {
            DoubleVector acc = roundQ;
            DoubleVector low = first == 0 ? load(pack, start * BLOCK + j).mul(we) : load(out, from + j);
            for (int i = first; i < last; i++) {
                DoubleVector v = load(pack, i * BLOCK + j);
                DoubleVector w = all(weights[i]);
                DoubleVector next = v.fma(w, acc);
                low = low.add(v.fma(w, acc.sub(next)));
                acc = next;
            }
            finish(acc, low, q, minusQ, qInv, round).intoArray(out, from + j);
        }
    }

    private static void two(
            double[] pack,
            int first,
            int last,
            int start,
            BaseTarget a,
            double[] outA,
            BaseTarget b,
            double[] outB,
            int from,
            int size) {
        double[] weightsA = a.weights;
        double[] weightsB = b.weights;
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundA = all(Residues.ROUND * a.q);
        DoubleVector roundB = all(Residues.ROUND * b.q);
        DoubleVector qA = all(a.q);
        DoubleVector minusA = all(-a.q);
        DoubleVector qInvA = all(a.qInv);
        DoubleVector qB = all(b.q);
        DoubleVector minusB = all(-b.q);
        DoubleVector qInvB = all(b.qInv);
        DoubleVector weA = all(startWeight(a, start));
        DoubleVector weB = all(startWeight(b, start));
        for (int j = 0; j < size; j += L) {
            DoubleVector accA = roundA;
            DoubleVector accB = roundB;
            DoubleVector e = load(pack, start * BLOCK + j);
            DoubleVector lowA = first == 0 ? e.mul(weA) : load(outA, from + j);
            DoubleVector lowB = first == 0 ? e.mul(weB) : load(outB, from + j);
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
            finish(accA, lowA, qA, minusA, qInvA, round).intoArray(outA, from + j);
            finish(accB, lowB, qB, minusB, qInvB, round).intoArray(outB, from + j);
        }
    }

    /** The weight of e; for the row of zeros, which comes after e, any will do. */
    private static double startWeight(BaseTarget t, int start) {
        return t.weights[Math.min(start, t.weights.length - 1)];
    }
}
