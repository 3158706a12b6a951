package io.github.hecnn.core.internal.kernel.vector.transform;

import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.L;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.all;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.load;

import io.github.hecnn.core.internal.kernel.NttTables;
import io.github.hecnn.core.internal.kernel.Residues;
import io.github.hecnn.core.internal.kernel.vector.lanes.Lanes;
import jdk.incubator.vector.DoubleVector;

/**
 * The radix-8 steps of {@link VectorNtt}: three splits at a time, with the coefficients in registers.
 *
 * <p>Multiplications and reductions are written in full, and loads inside loops go to the Vector API itself (rule 4). The lines are those of {@link Lanes#multiply}: h is v*w
 * rounded, and then (v*w/q rounded)*(-q) + h and what h rounded away.
 */
final class VectorNttRadix8 {
    private VectorNttRadix8() {}

    static void radix8(NttTables tables, double[] a, int from, int size, int length, int firstNode) {
        NttTables.Twiddles twiddles = LaneTwiddles.forward(tables);
        int node = firstNode;
        for (int j = from; j < from + size; j += length, node++) {
            node8(a, j, length / 8, twiddles.w(), twiddles.wOverQ(), node, tables.q);
        }
    }

    private static void node8(double[] a, int from, int t, double[] w, double[] wq, int node, double q) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector minusQ = all(-q);
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
            DoubleVector x4 = load(a, j + 4 * t);
            DoubleVector h1 = x4.fma(w1, roundQ);
            DoubleVector m0 = x4.fma(q1, round).fma(minusQ, h1).add(x4.fma(w1, roundQ.sub(h1)));
            DoubleVector y0 = x0.add(m0);
            DoubleVector y4 = x0.sub(m0);
            DoubleVector x1 = load(a, j + t);
            DoubleVector x5 = load(a, j + 5 * t);
            DoubleVector h2 = x5.fma(w1, roundQ);
            DoubleVector m1 = x5.fma(q1, round).fma(minusQ, h2).add(x5.fma(w1, roundQ.sub(h2)));
            DoubleVector y1 = x1.add(m1);
            DoubleVector y5 = x1.sub(m1);
            DoubleVector x2 = load(a, j + 2 * t);
            DoubleVector x6 = load(a, j + 6 * t);
            DoubleVector h3 = x6.fma(w1, roundQ);
            DoubleVector m2 = x6.fma(q1, round).fma(minusQ, h3).add(x6.fma(w1, roundQ.sub(h3)));
            DoubleVector y2 = x2.add(m2);
            DoubleVector y6 = x2.sub(m2);
            DoubleVector x3 = load(a, j + 3 * t);
            DoubleVector x7 = load(a, j + 7 * t);
            DoubleVector h4 = x7.fma(w1, roundQ);
            DoubleVector m3 = x7.fma(q1, round).fma(minusQ, h4).add(x7.fma(w1, roundQ.sub(h4)));
            DoubleVector y3 = x3.add(m3);
            DoubleVector y7 = x3.sub(m3);
            DoubleVector h5 = y2.fma(w2, roundQ);
            DoubleVector p0 = y2.fma(q2, round).fma(minusQ, h5).add(y2.fma(w2, roundQ.sub(h5)));
            DoubleVector z0 = y0.add(p0);
            DoubleVector z2 = y0.sub(p0);
            DoubleVector h6 = y3.fma(w2, roundQ);
            DoubleVector p1 = y3.fma(q2, round).fma(minusQ, h6).add(y3.fma(w2, roundQ.sub(h6)));
            DoubleVector z1 = y1.add(p1);
            DoubleVector z3 = y1.sub(p1);
            DoubleVector h7 = z1.fma(w4, roundQ);
            DoubleVector r0 = z1.fma(q4, round).fma(minusQ, h7).add(z1.fma(w4, roundQ.sub(h7)));
            z0.add(r0).intoArray(a, j);
            z0.sub(r0).intoArray(a, j + t);
            DoubleVector h8 = z3.fma(w5, roundQ);
            DoubleVector r2 = z3.fma(q5, round).fma(minusQ, h8).add(z3.fma(w5, roundQ.sub(h8)));
            z2.add(r2).intoArray(a, j + 2 * t);
            z2.sub(r2).intoArray(a, j + 3 * t);
            DoubleVector h9 = y6.fma(w3, roundQ);
            DoubleVector p4 = y6.fma(q3, round).fma(minusQ, h9).add(y6.fma(w3, roundQ.sub(h9)));
            DoubleVector z4 = y4.add(p4);
            DoubleVector z6 = y4.sub(p4);
            DoubleVector h10 = y7.fma(w3, roundQ);
            DoubleVector p5 = y7.fma(q3, round).fma(minusQ, h10).add(y7.fma(w3, roundQ.sub(h10)));
            DoubleVector z5 = y5.add(p5);
            DoubleVector z7 = y5.sub(p5);
            DoubleVector h11 = z5.fma(w6, roundQ);
            DoubleVector r4 = z5.fma(q6, round).fma(minusQ, h11).add(z5.fma(w6, roundQ.sub(h11)));
            z4.add(r4).intoArray(a, j + 4 * t);
            z4.sub(r4).intoArray(a, j + 5 * t);
            DoubleVector h12 = z7.fma(w7, roundQ);
            DoubleVector r6 = z7.fma(q7, round).fma(minusQ, h12).add(z7.fma(w7, roundQ.sub(h12)));
            z6.add(r6).intoArray(a, j + 6 * t);
            z6.sub(r6).intoArray(a, j + 7 * t);
        }
    }
}
