package io.github.hecnn.core.internal.kernel.vector.transform;

import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.K1;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.K2;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.K4;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.L;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.S;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.X1;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.X2;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.X4;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.all;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.load;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.multiply;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.reduce;

import io.github.hecnn.core.internal.kernel.NttTables;
import io.github.hecnn.core.internal.kernel.Residues;
import io.github.hecnn.core.internal.kernel.vector.transform.NttPass.Step;
import java.util.List;
import jdk.incubator.vector.DoubleVector;

/**
 * The start of {@link VectorInverseNtt} in each 64 coefficients: the narrowest three splits, with twiddles for each lane, and the transposition as
 * 8 x 8.
 *
 * <p>With 8 lanes there are 32 registers, and all three splits and the transposition happen in them, written in full (rule 4). With 4 there may be only 16: then they are passes of their own.
 */
final class VectorInverseNttLeaves {
    private VectorInverseNttLeaves() {}

    /** The steps for the lanes of this JVM's vectors. */
    static List<Step> steps() {
        return L == 8
                ? List.of(new Step(VectorInverseNttLeaves::lanes8, 8))
                : List.of(
                        new Step(VectorInverseNttLeaves::leaves3, 2),
                        new Step(VectorInverseNttLeaves::leaves12, 8),
                        new Step(Transposition::pass, 64));
    }

    private static void leaves3(NttTables tables, double[] a, int from, int size, int length, int node) {
        double[] leaves = LaneTwiddles.inverse(tables).leaves()[1];
        int table = from / 64 * LaneTwiddles.LANES_OF_2;
        for (int lane = 0; lane < 8; lane += L) {
            rows2(a, from + lane, size, leaves, table + lane, tables.q, tables.qInv);
        }
    }

    private static void rows2(double[] a, int from, int size, double[] leaves, int table, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        for (int j = 0; j < size; j += 16) {
            DoubleVector w = load(leaves, table + j / 2);
            DoubleVector x = load(a, from + j);
            DoubleVector y = load(a, from + j + 8);
            x.add(y).intoArray(a, from + j);
            multiply(x.sub(y), w, w.mul(inverse), roundQ, minusQ, round).intoArray(a, from + j + 8);
        }
    }

    private static void leaves12(NttTables tables, double[] a, int from, int size, int length, int node) {
        double[] leaves = LaneTwiddles.inverse(tables).leaves()[0];
        int table = from / 64 * LaneTwiddles.LANES_OF_4;
        for (int lane = 0; lane < 8; lane += L) {
            rows4(a, from + lane, size, leaves, table + lane, tables.q, tables.qInv);
            rows4(a, from + 8 + lane, size, leaves, table + lane, tables.q, tables.qInv);
        }
    }

    private static void rows4(double[] a, int from, int size, double[] leaves, int table, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        int o = table;
        for (int j = from; j < from + size; j += 64, o += LaneTwiddles.LANES_OF_4) {
            DoubleVector x0 = load(a, j);
            DoubleVector x1 = load(a, j + 16);
            DoubleVector x2 = load(a, j + 32);
            DoubleVector x3 = load(a, j + 48);
            DoubleVector w1 = load(leaves, o);
            DoubleVector w2 = load(leaves, o + 8);
            DoubleVector w3 = load(leaves, o + 16);
            DoubleVector d0 = multiply(x0.sub(x1), w2, w2.mul(inverse), roundQ, minusQ, round);
            DoubleVector d1 = multiply(x2.sub(x3), w3, w3.mul(inverse), roundQ, minusQ, round);
            DoubleVector s0 = x0.add(x1);
            DoubleVector s1 = x2.add(x3);
            DoubleVector q1 = w1.mul(inverse);
            reduce(s0.add(s1), plusQ, inverse, round).intoArray(a, j);
            d0.add(d1).intoArray(a, j + 16);
            multiply(s0.sub(s1), w1, q1, roundQ, minusQ, round).intoArray(a, j + 32);
            multiply(d0.sub(d1), w1, q1, roundQ, minusQ, round).intoArray(a, j + 48);
        }
    }

    private static void lanes8(NttTables tables, double[] a, int from, int size, int length, int node) {
        double[][] leaves = LaneTwiddles.inverse(tables).leaves();
        int firstFour = from / 64 * LaneTwiddles.LANES_OF_4;
        int firstTwo = from / 64 * LaneTwiddles.LANES_OF_2;
        rows8(a, from, size, leaves[0], firstFour, leaves[1], firstTwo, tables.q, tables.qInv);
    }

    private static void rows8(
            double[] a,
            int from,
            int size,
            double[] fours,
            int firstFour,
            double[] twos,
            int firstTwo,
            double q,
            double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector minusQ = all(-q);
        DoubleVector plusQ = all(q);
        DoubleVector inverse = all(qInv);
        int o = firstFour;
        int p = firstTwo;
        for (int j = from; j < from + size; j += 64, o += LaneTwiddles.LANES_OF_4, p += LaneTwiddles.LANES_OF_2) {
            DoubleVector w4 = DoubleVector.fromArray(S, twos, p);
            DoubleVector q4 = w4.mul(inverse);
            DoubleVector x0 = DoubleVector.fromArray(S, a, j);
            DoubleVector x1 = DoubleVector.fromArray(S, a, j + 8);
            DoubleVector s0 = x0.add(x1);
            DoubleVector e0 = x0.sub(x1);
            DoubleVector h1 = e0.fma(w4, roundQ);
            DoubleVector d0 = e0.fma(q4, round).fma(minusQ, h1).add(e0.fma(w4, roundQ.sub(h1)));
            DoubleVector w5 = DoubleVector.fromArray(S, twos, p + 8);
            DoubleVector q5 = w5.mul(inverse);
            DoubleVector x2 = DoubleVector.fromArray(S, a, j + 16);
            DoubleVector x3 = DoubleVector.fromArray(S, a, j + 24);
            DoubleVector s1 = x2.add(x3);
            DoubleVector e1 = x2.sub(x3);
            DoubleVector h2 = e1.fma(w5, roundQ);
            DoubleVector d1 = e1.fma(q5, round).fma(minusQ, h2).add(e1.fma(w5, roundQ.sub(h2)));
            DoubleVector w6 = DoubleVector.fromArray(S, twos, p + 16);
            DoubleVector q6 = w6.mul(inverse);
            DoubleVector x4 = DoubleVector.fromArray(S, a, j + 32);
            DoubleVector x5 = DoubleVector.fromArray(S, a, j + 40);
            DoubleVector s2 = x4.add(x5);
            DoubleVector e2 = x4.sub(x5);
            DoubleVector h3 = e2.fma(w6, roundQ);
            DoubleVector d2 = e2.fma(q6, round).fma(minusQ, h3).add(e2.fma(w6, roundQ.sub(h3)));
            DoubleVector w7 = DoubleVector.fromArray(S, twos, p + 24);
            DoubleVector q7 = w7.mul(inverse);
            DoubleVector x6 = DoubleVector.fromArray(S, a, j + 48);
            DoubleVector x7 = DoubleVector.fromArray(S, a, j + 56);
            DoubleVector s3 = x6.add(x7);
            DoubleVector e3 = x6.sub(x7);
            DoubleVector h4 = e3.fma(w7, roundQ);
            DoubleVector d3 = e3.fma(q7, round).fma(minusQ, h4).add(e3.fma(w7, roundQ.sub(h4)));
            DoubleVector w2 = DoubleVector.fromArray(S, fours, o + 8);
            DoubleVector q2 = w2.mul(inverse);
            DoubleVector u0 = s0.add(s1);
            DoubleVector ss0 = round.sub(u0.fma(inverse, round)).fma(plusQ, u0);
            DoubleVector f0 = s0.sub(s1);
            DoubleVector h5 = f0.fma(w2, roundQ);
            DoubleVector sd0 = f0.fma(q2, round).fma(minusQ, h5).add(f0.fma(w2, roundQ.sub(h5)));
            DoubleVector ds0 = d0.add(d1);
            DoubleVector g0 = d0.sub(d1);
            DoubleVector h6 = g0.fma(w2, roundQ);
            DoubleVector dd0 = g0.fma(q2, round).fma(minusQ, h6).add(g0.fma(w2, roundQ.sub(h6)));
            DoubleVector w3 = DoubleVector.fromArray(S, fours, o + 16);
            DoubleVector q3 = w3.mul(inverse);
            DoubleVector u1 = s2.add(s3);
            DoubleVector ss1 = round.sub(u1.fma(inverse, round)).fma(plusQ, u1);
            DoubleVector f1 = s2.sub(s3);
            DoubleVector h7 = f1.fma(w3, roundQ);
            DoubleVector sd1 = f1.fma(q3, round).fma(minusQ, h7).add(f1.fma(w3, roundQ.sub(h7)));
            DoubleVector ds1 = d2.add(d3);
            DoubleVector g1 = d2.sub(d3);
            DoubleVector h8 = g1.fma(w3, roundQ);
            DoubleVector dd1 = g1.fma(q3, round).fma(minusQ, h8).add(g1.fma(w3, roundQ.sub(h8)));
            DoubleVector w1 = DoubleVector.fromArray(S, fours, o);
            DoubleVector q1 = w1.mul(inverse);
            DoubleVector c0 = ss0.add(ss1);
            DoubleVector o0 = ss0.sub(ss1);
            DoubleVector h9 = o0.fma(w1, roundQ);
            DoubleVector c4 = o0.fma(q1, round).fma(minusQ, h9).add(o0.fma(w1, roundQ.sub(h9)));
            DoubleVector v = ds0.add(ds1);
            DoubleVector c1 = round.sub(v.fma(inverse, round)).fma(plusQ, v);
            DoubleVector o1 = ds0.sub(ds1);
            DoubleVector h10 = o1.fma(w1, roundQ);
            DoubleVector c5 = o1.fma(q1, round).fma(minusQ, h10).add(o1.fma(w1, roundQ.sub(h10)));
            DoubleVector c2 = sd0.add(sd1);
            DoubleVector o2 = sd0.sub(sd1);
            DoubleVector h11 = o2.fma(w1, roundQ);
            DoubleVector c6 = o2.fma(q1, round).fma(minusQ, h11).add(o2.fma(w1, roundQ.sub(h11)));
            DoubleVector c3 = dd0.add(dd1);
            DoubleVector o3 = dd0.sub(dd1);
            DoubleVector h12 = o3.fma(w1, roundQ);
            DoubleVector c7 = o3.fma(q1, round).fma(minusQ, h12).add(o3.fma(w1, roundQ.sub(h12)));
            DoubleVector ta0 = c0.blend(c4.rearrange(X4), K4);
            DoubleVector ta4 = c0.rearrange(X4).blend(c4, K4);
            DoubleVector ta1 = c1.blend(c5.rearrange(X4), K4);
            DoubleVector ta5 = c1.rearrange(X4).blend(c5, K4);
            DoubleVector ta2 = c2.blend(c6.rearrange(X4), K4);
            DoubleVector ta6 = c2.rearrange(X4).blend(c6, K4);
            DoubleVector ta3 = c3.blend(c7.rearrange(X4), K4);
            DoubleVector ta7 = c3.rearrange(X4).blend(c7, K4);
            DoubleVector tb0 = ta0.blend(ta2.rearrange(X2), K2);
            DoubleVector tb2 = ta0.rearrange(X2).blend(ta2, K2);
            DoubleVector tb1 = ta1.blend(ta3.rearrange(X2), K2);
            DoubleVector tb3 = ta1.rearrange(X2).blend(ta3, K2);
            DoubleVector tb4 = ta4.blend(ta6.rearrange(X2), K2);
            DoubleVector tb6 = ta4.rearrange(X2).blend(ta6, K2);
            DoubleVector tb5 = ta5.blend(ta7.rearrange(X2), K2);
            DoubleVector tb7 = ta5.rearrange(X2).blend(ta7, K2);
            DoubleVector z0 = tb0.blend(tb1.rearrange(X1), K1);
            DoubleVector z1 = tb0.rearrange(X1).blend(tb1, K1);
            DoubleVector z2 = tb2.blend(tb3.rearrange(X1), K1);
            DoubleVector z3 = tb2.rearrange(X1).blend(tb3, K1);
            DoubleVector z4 = tb4.blend(tb5.rearrange(X1), K1);
            DoubleVector z5 = tb4.rearrange(X1).blend(tb5, K1);
            DoubleVector z6 = tb6.blend(tb7.rearrange(X1), K1);
            DoubleVector z7 = tb6.rearrange(X1).blend(tb7, K1);
            z0.intoArray(a, j);
            z1.intoArray(a, j + 8);
            z2.intoArray(a, j + 16);
            z3.intoArray(a, j + 24);
            z4.intoArray(a, j + 32);
            z5.intoArray(a, j + 40);
            z6.intoArray(a, j + 48);
            z7.intoArray(a, j + 56);
        }
    }
}
