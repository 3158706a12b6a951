package io.github.hecnn.core.internal.kernel.vector.sums;

import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.L;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.S;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.all;
import static io.github.hecnn.core.internal.kernel.vector.sums.PackedTerms.BLOCK;

import io.github.hecnn.core.internal.kernel.BaseTarget;
import io.github.hecnn.core.internal.kernel.Residues;
import jdk.incubator.vector.DoubleVector;

/**
 * The sums of a base extension for one target and one to four terms: out[from ..] = start[startAt ..]*startWeight + the packed rows from
 * first on times the target's weights from first on.
 *
 * <p>Each number of terms has a loop of its own, so the weights stay in registers, and little but the arithmetic is left. How the sums
 * are exact says {@link Residues}; what rounding took away is added up in two chains, which makes no difference, as all of it is
 * exact.
 *
 * <p>Written in full (rule 4), by the generator UnrolledLoops in the tests: change that, and run it.
 */
final class VectorTermLoops {
    private VectorTermLoops() {}

    static void one(
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

    static void two(
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

    static void three(
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

    static void four(
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
