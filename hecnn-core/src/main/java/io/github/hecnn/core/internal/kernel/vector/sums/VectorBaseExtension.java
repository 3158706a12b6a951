package io.github.hecnn.core.internal.kernel.vector.sums;

import static io.github.hecnn.core.internal.kernel.Residues.TERMS_PER_EXTENSION;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.L;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.all;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.finish;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.load;

import io.github.hecnn.core.internal.kernel.BaseTarget;
import io.github.hecnn.core.internal.kernel.Residues;
import io.github.hecnn.core.internal.kernel.RingKernels;
import jdk.incubator.vector.DoubleVector;

/**
 * Base extension as an exact matrix product, in blocks: a block of every term is copied side by side into scratch that fits the L1
 * cache, and all targets are computed from there. Without the copy the limbs' equal alignment, a power of two
 * apart, makes them evict each other. How the sums are exact says {@link Residues}.
 *
 * <p>There are two kinds of loops over a block: those here, for any number of terms and two targets at a time, and in a long run those of
 * {@link VectorTermSums}, which are faster, but more to compile. {@link SpecialLoop} says when.
 */
public final class VectorBaseExtension {
    private static final int BLOCK = PackedTerms.BLOCK;

    /** Terms and e. */
    private static final ThreadLocal<double[]> SCRATCH =
            ThreadLocal.withInitial(() -> new double[RingKernels.MAX_TERMS * BLOCK]);

    /** By the number of terms. */
    private static final SpecialLoop[] SPECIAL = SpecialLoop.after(1 << 27, RingKernels.MAX_TERMS);

    /**
     * The packed terms from first to last, for one target or two (b may be null), for the coefficients from head to size, which lie at from and
     * later in out. A first pass starts with the packed row e times its weight, a later one with what out holds.
     */
    private interface Loop {
        void run(
                double[] pack,
                int first,
                int last,
                int e,
                BaseTarget a,
                double[] outA,
                BaseTarget b,
                double[] outB,
                int from,
                int head,
                int size);
    }

    /** Two loops that do nothing, and those that are wanted (rule 2). */
    private static final Loop[] LOOPS = {
        (pack, first, last, e, a, outA, b, outB, from, head, size) -> {},
        (pack, first, last, e, a, outA, b, outB, from, head, size) -> {},
        (pack, first, last, e, a, outA, b, outB, from, head, size) ->
                one(pack, first, last, e, a, outA, from, head, size),
        VectorBaseExtension::two
    };

    private VectorBaseExtension() {}

    public static void extend(
            double[][] terms, int count, double[] reciprocals, BaseTarget[] targets, double[][] out, int n) {
        double[] pack = SCRATCH.get();
        for (int from = 0; from < n; from += BLOCK) {
            int size = Math.min(BLOCK, n - from);
            pack(terms, count, reciprocals, from, size, pack);
            int head = SPECIAL[count].share(size, targets.length);
            if (head > 0) {
                for (int t = 0; t < targets.length; t++) {
                    VectorTermSums.sum(pack, count, targets[t], out[t], from, head);
                }
            }
            if (head < size) {
                sums(pack, count, targets, out, from, head, size);
            }
        }
    }

    private static void sums(
            double[] pack, int count, BaseTarget[] targets, double[][] out, int from, int head, int size) {
        int rows = count <= TERMS_PER_EXTENSION
                ? count
                : count + 1; // e is one more term if its product has no room beside nine
        for (int t = 0; t < targets.length; t += 2) {
            boolean pair = t + 1 < targets.length;
            BaseTarget b = pair ? targets[t + 1] : null;
            double[] outB = pair ? out[t + 1] : null;
            for (int first = 0; first < rows; first += TERMS_PER_EXTENSION) {
                int last = Math.min(first + TERMS_PER_EXTENSION, rows);
                for (int i = 0; i < 3; i++) {
                    LOOPS[i == 2 && pair ? 3 : i].run(
                            pack, first, last, count, targets[t], out[t], b, outB, from, head, size);
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
            double[] pack, int first, int last, int e, BaseTarget a, double[] out, int from, int head, int size) {
        double[] weights = a.weights;
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * a.q);
        DoubleVector q = all(a.q);
        DoubleVector minusQ = all(-a.q);
        DoubleVector qInv = all(a.qInv);
        DoubleVector we = all(PackedTerms.startWeight(a, e));
        for (int j = head; j < size; j += L) {
            DoubleVector acc = roundQ;
            DoubleVector low = first == 0 ? load(pack, e * BLOCK + j).mul(we) : load(out, from + j);
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
            int e,
            BaseTarget a,
            double[] outA,
            BaseTarget b,
            double[] outB,
            int from,
            int head,
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
        DoubleVector weA = all(PackedTerms.startWeight(a, e));
        DoubleVector weB = all(PackedTerms.startWeight(b, e));
        for (int j = head; j < size; j += L) {
            DoubleVector accA = roundA;
            DoubleVector accB = roundB;
            DoubleVector es = load(pack, e * BLOCK + j);
            DoubleVector lowA = first == 0 ? es.mul(weA) : load(outA, from + j);
            DoubleVector lowB = first == 0 ? es.mul(weB) : load(outB, from + j);
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
}
