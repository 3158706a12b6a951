package io.github.hecnn.core.internal.kernel.vector.sums;

import static io.github.hecnn.core.internal.kernel.Residues.TERMS_PER_EXTENSION;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.L;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.S;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.all;

import io.github.hecnn.core.internal.kernel.BaseTarget;
import io.github.hecnn.core.internal.kernel.Residues;
import jdk.incubator.vector.DoubleVector;

/**
 * The sums of a base extension for one target: one to nine terms (from five on in {@link VectorManyTermSums}), each number with a loop of its own that has no loop over the terms inside.
 *
 * <p>So the weights stay in registers, and little but the arithmetic is left. The loops are written in full
 * (rule 4). How the sums are exact says {@link Residues}; what
 * rounding took away is added up in two chains, which makes no difference, as all of it is exact.
 */
final class VectorTermSums {
    /** Coefficients of a packed row. */
    static final int BLOCK = 256;

    /**
     * out[from ..] = start*startWeight + the packed rows from first on times the target's weights from first on.
     */
    private interface Loop {
        void run(
                double[] pack,
                int first,
                double[] start,
                int startAt,
                double startWeight,
                BaseTarget target,
                double[] out,
                int from,
                int size,
                boolean lazy);
    }

    /** The loops for one and two terms, after two that do nothing (rule 2). The others are too big to be inlined (rule 3). */
    private static final Loop[] SMALL = {
        (pack, first, start, startAt, startWeight, target, out, from, size, lazy) -> {},
        (pack, first, start, startAt, startWeight, target, out, from, size, lazy) -> {},
        VectorTermSums::one,
        VectorTermSums::two
    };

    private VectorTermSums() {}

    /** All terms and e, which is the row after them. */
    static void sum(double[] pack, int count, BaseTarget target, double[] out, int from, int size) {
        int e = count * BLOCK;
        double startWeight = VectorBaseExtension.startWeight(target, count);
        boolean once = count <= TERMS_PER_EXTENSION;
        int terms = Math.min(count, TERMS_PER_EXTENSION);
        run(pack, 0, terms, pack, e, startWeight, target, out, from, size, once && target.lazy);
        for (int first = TERMS_PER_EXTENSION;
                first <= count && count > TERMS_PER_EXTENSION;
                first += TERMS_PER_EXTENSION) {
            int last = Math.min(first + TERMS_PER_EXTENSION, count + 1); // e is one more term
            run(pack, first, last, out, from, 1.0, target, out, from, size, last > count && target.lazy);
        }
    }

    /** The rows from first up to last, which is one to nine later; start may be out. */
    private static void run(
            double[] pack,
            int first,
            int last,
            double[] start,
            int startAt,
            double startWeight,
            BaseTarget target,
            double[] out,
            int from,
            int size,
            boolean lazy) {
        switch (last - first) {
            case 3 -> three(pack, first, start, startAt, startWeight, target, out, from, size, lazy);
            case 4 -> four(pack, first, start, startAt, startWeight, target, out, from, size, lazy);
            case 5 -> VectorManyTermSums.five(pack, first, start, startAt, startWeight, target, out, from, size, lazy);
            case 6 -> VectorManyTermSums.six(pack, first, start, startAt, startWeight, target, out, from, size, lazy);
            case 7 -> VectorManyTermSums.seven(pack, first, start, startAt, startWeight, target, out, from, size, lazy);
            case 8 -> VectorManyTermSums.eight(pack, first, start, startAt, startWeight, target, out, from, size, lazy);
            case 9 -> VectorManyTermSums.nine(pack, first, start, startAt, startWeight, target, out, from, size, lazy);
            default -> {
                for (int i = 0; i < 3; i++) {
                    SMALL[i == 2 ? 1 + last - first : i].run(
                            pack, first, start, startAt, startWeight, target, out, from, size, lazy);
                }
            }
        }
    }

    private static void one(
            double[] pack,
            int first,
            double[] start,
            int startAt,
            double startWeight,
            BaseTarget target,
            double[] out,
            int from,
            int size,
            boolean lazy) {
        double q = target.q;
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(target.qInv);
        DoubleVector ws = all(startWeight);
        DoubleVector w0 = all(target.weights[first]);
        int at = first * BLOCK;
        for (int j = 0; j < size; j += L) {
            DoubleVector v0 = DoubleVector.fromArray(S, pack, at + j);
            DoubleVector h0 = v0.fma(w0, roundQ);
            DoubleVector l0 = v0.fma(w0, roundQ.sub(h0));
            DoubleVector low = DoubleVector.fromArray(S, start, startAt + j).fma(ws, l0);
            DoubleVector r = h0.mul(inverse).fma(minusQ, h0).add(low);
            if (lazy) {
                r.intoArray(out, from + j);
            } else {
                round.sub(r.fma(inverse, round)).fma(plusQ, r).intoArray(out, from + j);
            }
        }
    }

    private static void two(
            double[] pack,
            int first,
            double[] start,
            int startAt,
            double startWeight,
            BaseTarget target,
            double[] out,
            int from,
            int size,
            boolean lazy) {
        double q = target.q;
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(target.qInv);
        DoubleVector ws = all(startWeight);
        DoubleVector w0 = all(target.weights[first]);
        DoubleVector w1 = all(target.weights[first + 1]);
        int at = first * BLOCK;
        for (int j = 0; j < size; j += L) {
            DoubleVector v0 = DoubleVector.fromArray(S, pack, at + j);
            DoubleVector h0 = v0.fma(w0, roundQ);
            DoubleVector l0 = v0.fma(w0, roundQ.sub(h0));
            DoubleVector v1 = DoubleVector.fromArray(S, pack, at + BLOCK + j);
            DoubleVector h1 = v1.fma(w1, h0);
            DoubleVector l1 = v1.fma(w1, h0.sub(h1));
            DoubleVector low = DoubleVector.fromArray(S, start, startAt + j).fma(ws, l0);
            DoubleVector rest = l1;
            DoubleVector r = h1.mul(inverse).fma(minusQ, h1).add(low.add(rest));
            if (lazy) {
                r.intoArray(out, from + j);
            } else {
                round.sub(r.fma(inverse, round)).fma(plusQ, r).intoArray(out, from + j);
            }
        }
    }

    private static void three(
            double[] pack,
            int first,
            double[] start,
            int startAt,
            double startWeight,
            BaseTarget target,
            double[] out,
            int from,
            int size,
            boolean lazy) {
        double q = target.q;
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(target.qInv);
        DoubleVector ws = all(startWeight);
        DoubleVector w0 = all(target.weights[first]);
        DoubleVector w1 = all(target.weights[first + 1]);
        DoubleVector w2 = all(target.weights[first + 2]);
        int at = first * BLOCK;
        for (int j = 0; j < size; j += L) {
            DoubleVector v0 = DoubleVector.fromArray(S, pack, at + j);
            DoubleVector h0 = v0.fma(w0, roundQ);
            DoubleVector l0 = v0.fma(w0, roundQ.sub(h0));
            DoubleVector v1 = DoubleVector.fromArray(S, pack, at + BLOCK + j);
            DoubleVector h1 = v1.fma(w1, h0);
            DoubleVector l1 = v1.fma(w1, h0.sub(h1));
            DoubleVector v2 = DoubleVector.fromArray(S, pack, at + 2 * BLOCK + j);
            DoubleVector h2 = v2.fma(w2, h1);
            DoubleVector l2 = v2.fma(w2, h1.sub(h2));
            DoubleVector low =
                    DoubleVector.fromArray(S, start, startAt + j).fma(ws, l0).add(l2);
            DoubleVector rest = l1;
            DoubleVector r = h2.mul(inverse).fma(minusQ, h2).add(low.add(rest));
            if (lazy) {
                r.intoArray(out, from + j);
            } else {
                round.sub(r.fma(inverse, round)).fma(plusQ, r).intoArray(out, from + j);
            }
        }
    }

    private static void four(
            double[] pack,
            int first,
            double[] start,
            int startAt,
            double startWeight,
            BaseTarget target,
            double[] out,
            int from,
            int size,
            boolean lazy) {
        double q = target.q;
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(target.qInv);
        DoubleVector ws = all(startWeight);
        DoubleVector w0 = all(target.weights[first]);
        DoubleVector w1 = all(target.weights[first + 1]);
        DoubleVector w2 = all(target.weights[first + 2]);
        DoubleVector w3 = all(target.weights[first + 3]);
        int at = first * BLOCK;
        for (int j = 0; j < size; j += L) {
            DoubleVector v0 = DoubleVector.fromArray(S, pack, at + j);
            DoubleVector h0 = v0.fma(w0, roundQ);
            DoubleVector l0 = v0.fma(w0, roundQ.sub(h0));
            DoubleVector v1 = DoubleVector.fromArray(S, pack, at + BLOCK + j);
            DoubleVector h1 = v1.fma(w1, h0);
            DoubleVector l1 = v1.fma(w1, h0.sub(h1));
            DoubleVector v2 = DoubleVector.fromArray(S, pack, at + 2 * BLOCK + j);
            DoubleVector h2 = v2.fma(w2, h1);
            DoubleVector l2 = v2.fma(w2, h1.sub(h2));
            DoubleVector v3 = DoubleVector.fromArray(S, pack, at + 3 * BLOCK + j);
            DoubleVector h3 = v3.fma(w3, h2);
            DoubleVector l3 = v3.fma(w3, h2.sub(h3));
            DoubleVector low =
                    DoubleVector.fromArray(S, start, startAt + j).fma(ws, l0).add(l2);
            DoubleVector rest = l1.add(l3);
            DoubleVector r = h3.mul(inverse).fma(minusQ, h3).add(low.add(rest));
            if (lazy) {
                r.intoArray(out, from + j);
            } else {
                round.sub(r.fma(inverse, round)).fma(plusQ, r).intoArray(out, from + j);
            }
        }
    }
}
