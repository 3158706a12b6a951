package io.github.hecnn.core.internal.kernel.vector.sums;

import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.L;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.S;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.all;
import static io.github.hecnn.core.internal.kernel.vector.sums.PackedTerms.BLOCK;

import io.github.hecnn.core.internal.kernel.BaseTarget;
import io.github.hecnn.core.internal.kernel.Residues;
import jdk.incubator.vector.DoubleVector;

/**
 * The sums of a base extension for one target and five to nine terms: out[from ..] = start[startAt ..]*startWeight + the packed rows from
 * first on times the target's weights from first on.
 *
 * <p>Each number of terms has a loop of its own, so the weights stay in registers, and little but the arithmetic is left. How the sums
 * are exact says {@link Residues}; what rounding took away is added up in two chains, which makes no difference, as all of it is
 * exact.
 *
 * <p>Written in full (rule 4), by the generator UnrolledLoops in the tests: change that, and run it.
 */
final class VectorManyTermLoops {
    private VectorManyTermLoops() {}

    static void five(
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
        DoubleVector w4 = all(target.weights[first + 4]);
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
            DoubleVector v4 = DoubleVector.fromArray(S, pack, at + 4 * BLOCK + j);
            DoubleVector h4 = v4.fma(w4, h3);
            DoubleVector l4 = v4.fma(w4, h3.sub(h4));
            DoubleVector low = DoubleVector.fromArray(S, start, startAt + j)
                    .fma(ws, l0)
                    .add(l2)
                    .add(l4);
            DoubleVector rest = l1.add(l3);
            DoubleVector r = h4.mul(inverse).fma(minusQ, h4).add(low.add(rest));
            if (lazy) {
                r.intoArray(out, from + j);
            } else {
                round.sub(r.fma(inverse, round)).fma(plusQ, r).intoArray(out, from + j);
            }
        }
    }

    static void six(
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
        DoubleVector w4 = all(target.weights[first + 4]);
        DoubleVector w5 = all(target.weights[first + 5]);
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
            DoubleVector v4 = DoubleVector.fromArray(S, pack, at + 4 * BLOCK + j);
            DoubleVector h4 = v4.fma(w4, h3);
            DoubleVector l4 = v4.fma(w4, h3.sub(h4));
            DoubleVector v5 = DoubleVector.fromArray(S, pack, at + 5 * BLOCK + j);
            DoubleVector h5 = v5.fma(w5, h4);
            DoubleVector l5 = v5.fma(w5, h4.sub(h5));
            DoubleVector low = DoubleVector.fromArray(S, start, startAt + j)
                    .fma(ws, l0)
                    .add(l2)
                    .add(l4);
            DoubleVector rest = l1.add(l3).add(l5);
            DoubleVector r = h5.mul(inverse).fma(minusQ, h5).add(low.add(rest));
            if (lazy) {
                r.intoArray(out, from + j);
            } else {
                round.sub(r.fma(inverse, round)).fma(plusQ, r).intoArray(out, from + j);
            }
        }
    }

    static void seven(
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
        DoubleVector w4 = all(target.weights[first + 4]);
        DoubleVector w5 = all(target.weights[first + 5]);
        DoubleVector w6 = all(target.weights[first + 6]);
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
            DoubleVector v4 = DoubleVector.fromArray(S, pack, at + 4 * BLOCK + j);
            DoubleVector h4 = v4.fma(w4, h3);
            DoubleVector l4 = v4.fma(w4, h3.sub(h4));
            DoubleVector v5 = DoubleVector.fromArray(S, pack, at + 5 * BLOCK + j);
            DoubleVector h5 = v5.fma(w5, h4);
            DoubleVector l5 = v5.fma(w5, h4.sub(h5));
            DoubleVector v6 = DoubleVector.fromArray(S, pack, at + 6 * BLOCK + j);
            DoubleVector h6 = v6.fma(w6, h5);
            DoubleVector l6 = v6.fma(w6, h5.sub(h6));
            DoubleVector low = DoubleVector.fromArray(S, start, startAt + j)
                    .fma(ws, l0)
                    .add(l2)
                    .add(l4)
                    .add(l6);
            DoubleVector rest = l1.add(l3).add(l5);
            DoubleVector r = h6.mul(inverse).fma(minusQ, h6).add(low.add(rest));
            if (lazy) {
                r.intoArray(out, from + j);
            } else {
                round.sub(r.fma(inverse, round)).fma(plusQ, r).intoArray(out, from + j);
            }
        }
    }

    static void eight(
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
        DoubleVector w4 = all(target.weights[first + 4]);
        DoubleVector w5 = all(target.weights[first + 5]);
        DoubleVector w6 = all(target.weights[first + 6]);
        DoubleVector w7 = all(target.weights[first + 7]);
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
            DoubleVector v4 = DoubleVector.fromArray(S, pack, at + 4 * BLOCK + j);
            DoubleVector h4 = v4.fma(w4, h3);
            DoubleVector l4 = v4.fma(w4, h3.sub(h4));
            DoubleVector v5 = DoubleVector.fromArray(S, pack, at + 5 * BLOCK + j);
            DoubleVector h5 = v5.fma(w5, h4);
            DoubleVector l5 = v5.fma(w5, h4.sub(h5));
            DoubleVector v6 = DoubleVector.fromArray(S, pack, at + 6 * BLOCK + j);
            DoubleVector h6 = v6.fma(w6, h5);
            DoubleVector l6 = v6.fma(w6, h5.sub(h6));
            DoubleVector v7 = DoubleVector.fromArray(S, pack, at + 7 * BLOCK + j);
            DoubleVector h7 = v7.fma(w7, h6);
            DoubleVector l7 = v7.fma(w7, h6.sub(h7));
            DoubleVector low = DoubleVector.fromArray(S, start, startAt + j)
                    .fma(ws, l0)
                    .add(l2)
                    .add(l4)
                    .add(l6);
            DoubleVector rest = l1.add(l3).add(l5).add(l7);
            DoubleVector r = h7.mul(inverse).fma(minusQ, h7).add(low.add(rest));
            if (lazy) {
                r.intoArray(out, from + j);
            } else {
                round.sub(r.fma(inverse, round)).fma(plusQ, r).intoArray(out, from + j);
            }
        }
    }

    static void nine(
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
        DoubleVector w4 = all(target.weights[first + 4]);
        DoubleVector w5 = all(target.weights[first + 5]);
        DoubleVector w6 = all(target.weights[first + 6]);
        DoubleVector w7 = all(target.weights[first + 7]);
        DoubleVector w8 = all(target.weights[first + 8]);
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
            DoubleVector v4 = DoubleVector.fromArray(S, pack, at + 4 * BLOCK + j);
            DoubleVector h4 = v4.fma(w4, h3);
            DoubleVector l4 = v4.fma(w4, h3.sub(h4));
            DoubleVector v5 = DoubleVector.fromArray(S, pack, at + 5 * BLOCK + j);
            DoubleVector h5 = v5.fma(w5, h4);
            DoubleVector l5 = v5.fma(w5, h4.sub(h5));
            DoubleVector v6 = DoubleVector.fromArray(S, pack, at + 6 * BLOCK + j);
            DoubleVector h6 = v6.fma(w6, h5);
            DoubleVector l6 = v6.fma(w6, h5.sub(h6));
            DoubleVector v7 = DoubleVector.fromArray(S, pack, at + 7 * BLOCK + j);
            DoubleVector h7 = v7.fma(w7, h6);
            DoubleVector l7 = v7.fma(w7, h6.sub(h7));
            DoubleVector v8 = DoubleVector.fromArray(S, pack, at + 8 * BLOCK + j);
            DoubleVector h8 = v8.fma(w8, h7);
            DoubleVector l8 = v8.fma(w8, h7.sub(h8));
            DoubleVector low = DoubleVector.fromArray(S, start, startAt + j)
                    .fma(ws, l0)
                    .add(l2)
                    .add(l4)
                    .add(l6)
                    .add(l8);
            DoubleVector rest = l1.add(l3).add(l5).add(l7);
            DoubleVector r = h8.mul(inverse).fma(minusQ, h8).add(low.add(rest));
            if (lazy) {
                r.intoArray(out, from + j);
            } else {
                round.sub(r.fma(inverse, round)).fma(plusQ, r).intoArray(out, from + j);
            }
        }
    }
}
