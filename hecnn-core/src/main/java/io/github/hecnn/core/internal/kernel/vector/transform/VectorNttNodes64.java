package io.github.hecnn.core.internal.kernel.vector.transform;

import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.K1;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.K2;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.K4;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.S;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.X1;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.X2;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.X4;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.all;

import io.github.hecnn.core.internal.kernel.NttTables;
import io.github.hecnn.core.internal.kernel.Residues;
import jdk.incubator.vector.DoubleVector;

/**
 * The last six splits of {@link VectorNtt} with 8 lanes, 64 coefficients at a time and all in registers: a radix-8 step over the 8 rows of 8, the
 * transposition, so that every lane has a node of 8, and three splits with twiddles for each lane.
 *
 * <p>Written in full (rule 4). Rows are a, b, c, v after no split, one, two and three; ta, tb, x in the
 * transposition; y, z after four and five.
 */
final class VectorNttNodes64 {
    private VectorNttNodes64() {}

    static void radix64(NttTables tables, double[] a, int from, int size, int length, int firstNode) {
        NttTables.Twiddles twiddles = LaneTwiddles.forward(tables);
        double[][] leaves = twiddles.leaves();
        nodes(a, from, size, twiddles.w(), twiddles.wOverQ(), firstNode, leaves[0], leaves[1], tables.q, tables.qInv);
    }

    private static void nodes(
            double[] a,
            int from,
            int size,
            double[] w,
            double[] wq,
            int firstNode,
            double[] fours,
            double[] twos,
            double q,
            double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        int node = firstNode;
        int o = from / 64 * LaneTwiddles.LANES_OF_4;
        int p = from / 64 * LaneTwiddles.LANES_OF_2;
        for (int j = from;
                j < from + size;
                j += 64, node++, o += LaneTwiddles.LANES_OF_4, p += LaneTwiddles.LANES_OF_2) {
            DoubleVector n1 = DoubleVector.broadcast(S, w[node]);
            DoubleVector r1 = DoubleVector.broadcast(S, wq[node]);
            DoubleVector a0 = DoubleVector.fromArray(S, a, j);
            DoubleVector a4 = DoubleVector.fromArray(S, a, j + 32);
            DoubleVector h1 = a4.fma(n1, roundQ);
            DoubleVector m0 = a4.fma(r1, round).fma(minusQ, h1).add(a4.fma(n1, roundQ.sub(h1)));
            DoubleVector b0 = a0.add(m0);
            DoubleVector b4 = a0.sub(m0);
            DoubleVector a1 = DoubleVector.fromArray(S, a, j + 8);
            DoubleVector a5 = DoubleVector.fromArray(S, a, j + 40);
            DoubleVector h2 = a5.fma(n1, roundQ);
            DoubleVector m1 = a5.fma(r1, round).fma(minusQ, h2).add(a5.fma(n1, roundQ.sub(h2)));
            DoubleVector b1 = a1.add(m1);
            DoubleVector b5 = a1.sub(m1);
            DoubleVector a2 = DoubleVector.fromArray(S, a, j + 16);
            DoubleVector a6 = DoubleVector.fromArray(S, a, j + 48);
            DoubleVector h3 = a6.fma(n1, roundQ);
            DoubleVector m2 = a6.fma(r1, round).fma(minusQ, h3).add(a6.fma(n1, roundQ.sub(h3)));
            DoubleVector b2 = a2.add(m2);
            DoubleVector b6 = a2.sub(m2);
            DoubleVector a3 = DoubleVector.fromArray(S, a, j + 24);
            DoubleVector a7 = DoubleVector.fromArray(S, a, j + 56);
            DoubleVector h4 = a7.fma(n1, roundQ);
            DoubleVector m3 = a7.fma(r1, round).fma(minusQ, h4).add(a7.fma(n1, roundQ.sub(h4)));
            DoubleVector b3 = a3.add(m3);
            DoubleVector b7 = a3.sub(m3);
            DoubleVector n2 = DoubleVector.broadcast(S, w[2 * node]);
            DoubleVector r2 = DoubleVector.broadcast(S, wq[2 * node]);
            DoubleVector h5 = b2.fma(n2, roundQ);
            DoubleVector p0 = b2.fma(r2, round).fma(minusQ, h5).add(b2.fma(n2, roundQ.sub(h5)));
            DoubleVector c0 = b0.add(p0);
            DoubleVector c2 = b0.sub(p0);
            DoubleVector h6 = b3.fma(n2, roundQ);
            DoubleVector p1 = b3.fma(r2, round).fma(minusQ, h6).add(b3.fma(n2, roundQ.sub(h6)));
            DoubleVector c1 = b1.add(p1);
            DoubleVector c3 = b1.sub(p1);
            DoubleVector n4 = DoubleVector.broadcast(S, w[4 * node]);
            DoubleVector r4 = DoubleVector.broadcast(S, wq[4 * node]);
            DoubleVector h7 = c1.fma(n4, roundQ);
            DoubleVector s0 = c1.fma(r4, round).fma(minusQ, h7).add(c1.fma(n4, roundQ.sub(h7)));
            DoubleVector v0 = c0.add(s0);
            DoubleVector v1 = c0.sub(s0);
            DoubleVector n5 = DoubleVector.broadcast(S, w[4 * node + 1]);
            DoubleVector r5 = DoubleVector.broadcast(S, wq[4 * node + 1]);
            DoubleVector h8 = c3.fma(n5, roundQ);
            DoubleVector s2 = c3.fma(r5, round).fma(minusQ, h8).add(c3.fma(n5, roundQ.sub(h8)));
            DoubleVector v2 = c2.add(s2);
            DoubleVector v3 = c2.sub(s2);
            DoubleVector n3 = DoubleVector.broadcast(S, w[2 * node + 1]);
            DoubleVector r3 = DoubleVector.broadcast(S, wq[2 * node + 1]);
            DoubleVector h9 = b6.fma(n3, roundQ);
            DoubleVector p4 = b6.fma(r3, round).fma(minusQ, h9).add(b6.fma(n3, roundQ.sub(h9)));
            DoubleVector c4 = b4.add(p4);
            DoubleVector c6 = b4.sub(p4);
            DoubleVector h10 = b7.fma(n3, roundQ);
            DoubleVector p5 = b7.fma(r3, round).fma(minusQ, h10).add(b7.fma(n3, roundQ.sub(h10)));
            DoubleVector c5 = b5.add(p5);
            DoubleVector c7 = b5.sub(p5);
            DoubleVector n6 = DoubleVector.broadcast(S, w[4 * node + 2]);
            DoubleVector r6 = DoubleVector.broadcast(S, wq[4 * node + 2]);
            DoubleVector h11 = c5.fma(n6, roundQ);
            DoubleVector s4 = c5.fma(r6, round).fma(minusQ, h11).add(c5.fma(n6, roundQ.sub(h11)));
            DoubleVector v4 = c4.add(s4);
            DoubleVector v5 = c4.sub(s4);
            DoubleVector n7 = DoubleVector.broadcast(S, w[4 * node + 3]);
            DoubleVector r7 = DoubleVector.broadcast(S, wq[4 * node + 3]);
            DoubleVector h12 = c7.fma(n7, roundQ);
            DoubleVector s6 = c7.fma(r7, round).fma(minusQ, h12).add(c7.fma(n7, roundQ.sub(h12)));
            DoubleVector v6 = c6.add(s6);
            DoubleVector v7 = c6.sub(s6);
            DoubleVector ta0 = v0.blend(v4.rearrange(X4), K4);
            DoubleVector ta4 = v0.rearrange(X4).blend(v4, K4);
            DoubleVector ta1 = v1.blend(v5.rearrange(X4), K4);
            DoubleVector ta5 = v1.rearrange(X4).blend(v5, K4);
            DoubleVector ta2 = v2.blend(v6.rearrange(X4), K4);
            DoubleVector ta6 = v2.rearrange(X4).blend(v6, K4);
            DoubleVector ta3 = v3.blend(v7.rearrange(X4), K4);
            DoubleVector ta7 = v3.rearrange(X4).blend(v7, K4);
            DoubleVector tb0 = ta0.blend(ta2.rearrange(X2), K2);
            DoubleVector tb2 = ta0.rearrange(X2).blend(ta2, K2);
            DoubleVector tb1 = ta1.blend(ta3.rearrange(X2), K2);
            DoubleVector tb3 = ta1.rearrange(X2).blend(ta3, K2);
            DoubleVector tb4 = ta4.blend(ta6.rearrange(X2), K2);
            DoubleVector tb6 = ta4.rearrange(X2).blend(ta6, K2);
            DoubleVector tb5 = ta5.blend(ta7.rearrange(X2), K2);
            DoubleVector tb7 = ta5.rearrange(X2).blend(ta7, K2);
            DoubleVector x0 = tb0.blend(tb1.rearrange(X1), K1);
            DoubleVector x1 = tb0.rearrange(X1).blend(tb1, K1);
            DoubleVector x2 = tb2.blend(tb3.rearrange(X1), K1);
            DoubleVector x3 = tb2.rearrange(X1).blend(tb3, K1);
            DoubleVector x4 = tb4.blend(tb5.rearrange(X1), K1);
            DoubleVector x5 = tb4.rearrange(X1).blend(tb5, K1);
            DoubleVector x6 = tb6.blend(tb7.rearrange(X1), K1);
            DoubleVector x7 = tb6.rearrange(X1).blend(tb7, K1);
            DoubleVector w1 = DoubleVector.fromArray(S, fours, o);
            DoubleVector q1 = w1.mul(inverse);
            DoubleVector h13 = x4.fma(w1, roundQ);
            DoubleVector k0 = x4.fma(q1, round).fma(minusQ, h13).add(x4.fma(w1, roundQ.sub(h13)));
            DoubleVector y0 = x0.add(k0);
            DoubleVector y4 = x0.sub(k0);
            DoubleVector h14 = x5.fma(w1, roundQ);
            DoubleVector k1 = x5.fma(q1, round).fma(minusQ, h14).add(x5.fma(w1, roundQ.sub(h14)));
            DoubleVector y1 = x1.add(k1);
            DoubleVector y5 = x1.sub(k1);
            DoubleVector h15 = x6.fma(w1, roundQ);
            DoubleVector k2 = x6.fma(q1, round).fma(minusQ, h15).add(x6.fma(w1, roundQ.sub(h15)));
            DoubleVector y2 = x2.add(k2);
            DoubleVector y6 = x2.sub(k2);
            DoubleVector h16 = x7.fma(w1, roundQ);
            DoubleVector k3 = x7.fma(q1, round).fma(minusQ, h16).add(x7.fma(w1, roundQ.sub(h16)));
            DoubleVector y3 = x3.add(k3);
            DoubleVector y7 = x3.sub(k3);
            DoubleVector w2 = DoubleVector.fromArray(S, fours, o + 8);
            DoubleVector q2 = w2.mul(inverse);
            DoubleVector h17 = y2.fma(w2, roundQ);
            DoubleVector l0 = y2.fma(q2, round).fma(minusQ, h17).add(y2.fma(w2, roundQ.sub(h17)));
            DoubleVector z0 = y0.add(l0);
            DoubleVector z2 = y0.sub(l0);
            DoubleVector h18 = y3.fma(w2, roundQ);
            DoubleVector l1 = y3.fma(q2, round).fma(minusQ, h18).add(y3.fma(w2, roundQ.sub(h18)));
            DoubleVector z1 = y1.add(l1);
            DoubleVector z3 = y1.sub(l1);
            DoubleVector w4 = DoubleVector.fromArray(S, twos, p);
            DoubleVector q4 = w4.mul(inverse);
            DoubleVector h19 = z1.fma(w4, roundQ);
            DoubleVector f0 = z1.fma(q4, round).fma(minusQ, h19).add(z1.fma(w4, roundQ.sub(h19)));
            z0.add(f0).intoArray(a, j);
            z0.sub(f0).intoArray(a, j + 8);
            DoubleVector w5 = DoubleVector.fromArray(S, twos, p + 8);
            DoubleVector q5 = w5.mul(inverse);
            DoubleVector h20 = z3.fma(w5, roundQ);
            DoubleVector f2 = z3.fma(q5, round).fma(minusQ, h20).add(z3.fma(w5, roundQ.sub(h20)));
            z2.add(f2).intoArray(a, j + 16);
            z2.sub(f2).intoArray(a, j + 24);
            DoubleVector w3 = DoubleVector.fromArray(S, fours, o + 16);
            DoubleVector q3 = w3.mul(inverse);
            DoubleVector h21 = y6.fma(w3, roundQ);
            DoubleVector l4 = y6.fma(q3, round).fma(minusQ, h21).add(y6.fma(w3, roundQ.sub(h21)));
            DoubleVector z4 = y4.add(l4);
            DoubleVector z6 = y4.sub(l4);
            DoubleVector h22 = y7.fma(w3, roundQ);
            DoubleVector l5 = y7.fma(q3, round).fma(minusQ, h22).add(y7.fma(w3, roundQ.sub(h22)));
            DoubleVector z5 = y5.add(l5);
            DoubleVector z7 = y5.sub(l5);
            DoubleVector w6 = DoubleVector.fromArray(S, twos, p + 16);
            DoubleVector q6 = w6.mul(inverse);
            DoubleVector h23 = z5.fma(w6, roundQ);
            DoubleVector f4 = z5.fma(q6, round).fma(minusQ, h23).add(z5.fma(w6, roundQ.sub(h23)));
            z4.add(f4).intoArray(a, j + 32);
            z4.sub(f4).intoArray(a, j + 40);
            DoubleVector w7 = DoubleVector.fromArray(S, twos, p + 24);
            DoubleVector q7 = w7.mul(inverse);
            DoubleVector h24 = z7.fma(w7, roundQ);
            DoubleVector f6 = z7.fma(q7, round).fma(minusQ, h24).add(z7.fma(w7, roundQ.sub(h24)));
            z6.add(f6).intoArray(a, j + 48);
            z6.sub(f6).intoArray(a, j + 56);
        }
    }
}
