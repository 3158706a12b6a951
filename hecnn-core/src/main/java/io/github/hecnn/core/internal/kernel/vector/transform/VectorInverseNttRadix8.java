package io.github.hecnn.core.internal.kernel.vector.transform;

import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.L;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.S;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.all;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.load;

import io.github.hecnn.core.internal.kernel.NttTables;
import io.github.hecnn.core.internal.kernel.Residues;
import io.github.hecnn.core.internal.kernel.vector.lanes.Lanes;
import jdk.incubator.vector.DoubleVector;

/**
 * The radix-8 steps of {@link VectorInverseNtt}: three splits at a time, with the coefficients in registers.
 *
 * <p>Multiplications and reductions are written in full, and loads inside loops go to the Vector API itself (rule 4). The lines are those of {@link Lanes#multiply}: h is v*w
 * rounded, and then (v*w/q rounded)*(-q) + h and what h rounded away.
 */
final class VectorInverseNttRadix8 {
    private VectorInverseNttRadix8() {}

    static void radix8(NttTables tables, double[] a, int from, int size, int length, int firstNode) {
        NttTables.Twiddles twiddles = LaneTwiddles.inverse(tables);
        int node = firstNode;
        for (int j = from; j < from + size; j += length, node++) {
            node8(a, j, length / 8, twiddles.w(), twiddles.wOverQ(), node, tables.q, tables.qInv);
        }
    }

    private static void node8(double[] a, int from, int t, double[] w, double[] wq, int node, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector minusQ = all(-q);
        DoubleVector plusQ = all(q);
        DoubleVector inverse = all(qInv);
        DoubleVector w1 = all(w[node]);
        DoubleVector w2 = all(w[2 * node]);
        DoubleVector w3 = all(w[2 * node + 1]);
        DoubleVector w4 = all(w[4 * node]);
        DoubleVector w5 = all(w[4 * node + 1]);
        DoubleVector w6 = all(w[4 * node + 2]);
        DoubleVector w7 = all(w[4 * node + 3]);
        DoubleVector q1 = all(wq[node]);
        DoubleVector q2 = all(wq[2 * node]);
        DoubleVector q3 = all(wq[2 * node + 1]);
        DoubleVector q4 = all(wq[4 * node]);
        DoubleVector q5 = all(wq[4 * node + 1]);
        DoubleVector q6 = all(wq[4 * node + 2]);
        DoubleVector q7 = all(wq[4 * node + 3]);
        for (int j = from; j < from + t; j += L) {
            DoubleVector x0 = load(a, j);
            DoubleVector x1 = load(a, j + t);
            DoubleVector s0 = x0.add(x1);
            DoubleVector e0 = x0.sub(x1);
            DoubleVector h1 = e0.fma(w4, roundQ);
            DoubleVector d0 = e0.fma(q4, round).fma(minusQ, h1).add(e0.fma(w4, roundQ.sub(h1)));
            DoubleVector x2 = load(a, j + 2 * t);
            DoubleVector x3 = load(a, j + 3 * t);
            DoubleVector s1 = x2.add(x3);
            DoubleVector e1 = x2.sub(x3);
            DoubleVector h2 = e1.fma(w5, roundQ);
            DoubleVector d1 = e1.fma(q5, round).fma(minusQ, h2).add(e1.fma(w5, roundQ.sub(h2)));
            DoubleVector x4 = load(a, j + 4 * t);
            DoubleVector x5 = load(a, j + 5 * t);
            DoubleVector s2 = x4.add(x5);
            DoubleVector e2 = x4.sub(x5);
            DoubleVector h3 = e2.fma(w6, roundQ);
            DoubleVector d2 = e2.fma(q6, round).fma(minusQ, h3).add(e2.fma(w6, roundQ.sub(h3)));
            DoubleVector x6 = load(a, j + 6 * t);
            DoubleVector x7 = load(a, j + 7 * t);
            DoubleVector s3 = x6.add(x7);
            DoubleVector e3 = x6.sub(x7);
            DoubleVector h4 = e3.fma(w7, roundQ);
            DoubleVector d3 = e3.fma(q7, round).fma(minusQ, h4).add(e3.fma(w7, roundQ.sub(h4)));
            DoubleVector u0 = s0.add(s1);
            DoubleVector ss0 = round.sub(u0.fma(inverse, round)).fma(plusQ, u0);
            DoubleVector f0 = s0.sub(s1);
            DoubleVector h5 = f0.fma(w2, roundQ);
            DoubleVector sd0 = f0.fma(q2, round).fma(minusQ, h5).add(f0.fma(w2, roundQ.sub(h5)));
            DoubleVector ds0 = d0.add(d1);
            DoubleVector g0 = d0.sub(d1);
            DoubleVector h6 = g0.fma(w2, roundQ);
            DoubleVector dd0 = g0.fma(q2, round).fma(minusQ, h6).add(g0.fma(w2, roundQ.sub(h6)));
            DoubleVector u1 = s2.add(s3);
            DoubleVector ss1 = round.sub(u1.fma(inverse, round)).fma(plusQ, u1);
            DoubleVector f1 = s2.sub(s3);
            DoubleVector h7 = f1.fma(w3, roundQ);
            DoubleVector sd1 = f1.fma(q3, round).fma(minusQ, h7).add(f1.fma(w3, roundQ.sub(h7)));
            DoubleVector ds1 = d2.add(d3);
            DoubleVector g1 = d2.sub(d3);
            DoubleVector h8 = g1.fma(w3, roundQ);
            DoubleVector dd1 = g1.fma(q3, round).fma(minusQ, h8).add(g1.fma(w3, roundQ.sub(h8)));
            ss0.add(ss1).intoArray(a, j);
            DoubleVector o0 = ss0.sub(ss1);
            DoubleVector h9 = o0.fma(w1, roundQ);
            o0.fma(q1, round).fma(minusQ, h9).add(o0.fma(w1, roundQ.sub(h9))).intoArray(a, j + 4 * t);
            DoubleVector v = ds0.add(ds1);
            round.sub(v.fma(inverse, round)).fma(plusQ, v).intoArray(a, j + t);
            DoubleVector o1 = ds0.sub(ds1);
            DoubleVector h10 = o1.fma(w1, roundQ);
            o1.fma(q1, round).fma(minusQ, h10).add(o1.fma(w1, roundQ.sub(h10))).intoArray(a, j + 5 * t);
            sd0.add(sd1).intoArray(a, j + 2 * t);
            DoubleVector o2 = sd0.sub(sd1);
            DoubleVector h11 = o2.fma(w1, roundQ);
            o2.fma(q1, round).fma(minusQ, h11).add(o2.fma(w1, roundQ.sub(h11))).intoArray(a, j + 6 * t);
            dd0.add(dd1).intoArray(a, j + 3 * t);
            DoubleVector o3 = dd0.sub(dd1);
            DoubleVector h12 = o3.fma(w1, roundQ);
            o3.fma(q1, round).fma(minusQ, h12).add(o3.fma(w1, roundQ.sub(h12))).intoArray(a, j + 7 * t);
        }
    }

    /** Nodes of 64: a loop over the nodes, as there are only 8 coefficients to an eighth. */
    static void radix8Narrow(NttTables tables, double[] a, int from, int size, int length, int firstNode) {
        NttTables.Twiddles twiddles = LaneTwiddles.inverse(tables);
        for (int lane = 0; lane < 8; lane += L) {
            nodes64(a, from + lane, size, twiddles.w(), twiddles.wOverQ(), firstNode, tables.q, tables.qInv);
        }
    }

    private static void nodes64(
            double[] a, int from, int size, double[] w, double[] wq, int firstNode, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector minusQ = all(-q);
        DoubleVector plusQ = all(q);
        DoubleVector inverse = all(qInv);
        int node = firstNode;
        for (int j = from; j < from + size; j += 64, node++) {
            DoubleVector w4 = DoubleVector.broadcast(S, w[4 * node]);
            DoubleVector q4 = DoubleVector.broadcast(S, wq[4 * node]);
            DoubleVector x0 = DoubleVector.fromArray(S, a, j);
            DoubleVector x1 = DoubleVector.fromArray(S, a, j + 8);
            DoubleVector s0 = x0.add(x1);
            DoubleVector e0 = x0.sub(x1);
            DoubleVector h1 = e0.fma(w4, roundQ);
            DoubleVector d0 = e0.fma(q4, round).fma(minusQ, h1).add(e0.fma(w4, roundQ.sub(h1)));
            DoubleVector w5 = DoubleVector.broadcast(S, w[4 * node + 1]);
            DoubleVector q5 = DoubleVector.broadcast(S, wq[4 * node + 1]);
            DoubleVector x2 = DoubleVector.fromArray(S, a, j + 16);
            DoubleVector x3 = DoubleVector.fromArray(S, a, j + 24);
            DoubleVector s1 = x2.add(x3);
            DoubleVector e1 = x2.sub(x3);
            DoubleVector h2 = e1.fma(w5, roundQ);
            DoubleVector d1 = e1.fma(q5, round).fma(minusQ, h2).add(e1.fma(w5, roundQ.sub(h2)));
            DoubleVector w6 = DoubleVector.broadcast(S, w[4 * node + 2]);
            DoubleVector q6 = DoubleVector.broadcast(S, wq[4 * node + 2]);
            DoubleVector x4 = DoubleVector.fromArray(S, a, j + 32);
            DoubleVector x5 = DoubleVector.fromArray(S, a, j + 40);
            DoubleVector s2 = x4.add(x5);
            DoubleVector e2 = x4.sub(x5);
            DoubleVector h3 = e2.fma(w6, roundQ);
            DoubleVector d2 = e2.fma(q6, round).fma(minusQ, h3).add(e2.fma(w6, roundQ.sub(h3)));
            DoubleVector w7 = DoubleVector.broadcast(S, w[4 * node + 3]);
            DoubleVector q7 = DoubleVector.broadcast(S, wq[4 * node + 3]);
            DoubleVector x6 = DoubleVector.fromArray(S, a, j + 48);
            DoubleVector x7 = DoubleVector.fromArray(S, a, j + 56);
            DoubleVector s3 = x6.add(x7);
            DoubleVector e3 = x6.sub(x7);
            DoubleVector h4 = e3.fma(w7, roundQ);
            DoubleVector d3 = e3.fma(q7, round).fma(minusQ, h4).add(e3.fma(w7, roundQ.sub(h4)));
            DoubleVector w2 = DoubleVector.broadcast(S, w[2 * node]);
            DoubleVector q2 = DoubleVector.broadcast(S, wq[2 * node]);
            DoubleVector u0 = s0.add(s1);
            DoubleVector ss0 = round.sub(u0.fma(inverse, round)).fma(plusQ, u0);
            DoubleVector f0 = s0.sub(s1);
            DoubleVector h5 = f0.fma(w2, roundQ);
            DoubleVector sd0 = f0.fma(q2, round).fma(minusQ, h5).add(f0.fma(w2, roundQ.sub(h5)));
            DoubleVector ds0 = d0.add(d1);
            DoubleVector g0 = d0.sub(d1);
            DoubleVector h6 = g0.fma(w2, roundQ);
            DoubleVector dd0 = g0.fma(q2, round).fma(minusQ, h6).add(g0.fma(w2, roundQ.sub(h6)));
            DoubleVector w3 = DoubleVector.broadcast(S, w[2 * node + 1]);
            DoubleVector q3 = DoubleVector.broadcast(S, wq[2 * node + 1]);
            DoubleVector u1 = s2.add(s3);
            DoubleVector ss1 = round.sub(u1.fma(inverse, round)).fma(plusQ, u1);
            DoubleVector f1 = s2.sub(s3);
            DoubleVector h7 = f1.fma(w3, roundQ);
            DoubleVector sd1 = f1.fma(q3, round).fma(minusQ, h7).add(f1.fma(w3, roundQ.sub(h7)));
            DoubleVector ds1 = d2.add(d3);
            DoubleVector g1 = d2.sub(d3);
            DoubleVector h8 = g1.fma(w3, roundQ);
            DoubleVector dd1 = g1.fma(q3, round).fma(minusQ, h8).add(g1.fma(w3, roundQ.sub(h8)));
            DoubleVector w1 = DoubleVector.broadcast(S, w[node]);
            DoubleVector q1 = DoubleVector.broadcast(S, wq[node]);
            ss0.add(ss1).intoArray(a, j);
            DoubleVector o0 = ss0.sub(ss1);
            DoubleVector h9 = o0.fma(w1, roundQ);
            o0.fma(q1, round).fma(minusQ, h9).add(o0.fma(w1, roundQ.sub(h9))).intoArray(a, j + 32);
            DoubleVector v = ds0.add(ds1);
            round.sub(v.fma(inverse, round)).fma(plusQ, v).intoArray(a, j + 8);
            DoubleVector o1 = ds0.sub(ds1);
            DoubleVector h10 = o1.fma(w1, roundQ);
            o1.fma(q1, round).fma(minusQ, h10).add(o1.fma(w1, roundQ.sub(h10))).intoArray(a, j + 40);
            sd0.add(sd1).intoArray(a, j + 16);
            DoubleVector o2 = sd0.sub(sd1);
            DoubleVector h11 = o2.fma(w1, roundQ);
            o2.fma(q1, round).fma(minusQ, h11).add(o2.fma(w1, roundQ.sub(h11))).intoArray(a, j + 48);
            dd0.add(dd1).intoArray(a, j + 24);
            DoubleVector o3 = dd0.sub(dd1);
            DoubleVector h12 = o3.fma(w1, roundQ);
            o3.fma(q1, round).fma(minusQ, h12).add(o3.fma(w1, roundQ.sub(h12))).intoArray(a, j + 56);
        }
    }
}
