package io.github.hecnn.core.internal.kernel;

import static io.github.hecnn.core.internal.kernel.Lanes.K1;
import static io.github.hecnn.core.internal.kernel.Lanes.K2;
import static io.github.hecnn.core.internal.kernel.Lanes.K4;
import static io.github.hecnn.core.internal.kernel.Lanes.L;
import static io.github.hecnn.core.internal.kernel.Lanes.S;
import static io.github.hecnn.core.internal.kernel.Lanes.X1;
import static io.github.hecnn.core.internal.kernel.Lanes.X2;
import static io.github.hecnn.core.internal.kernel.Lanes.X4;
import static io.github.hecnn.core.internal.kernel.Lanes.all;
import static io.github.hecnn.core.internal.kernel.Lanes.load;
import static io.github.hecnn.core.internal.kernel.Lanes.multiply;

import io.github.hecnn.core.internal.kernel.NttPass.Step;
import java.util.List;
import jdk.incubator.vector.DoubleVector;

/**
 * The end of {@link VectorNtt} in each 64 coefficients: transposed as 8 x 8, so that every lane has a node of 8, and split three times with
 * twiddles for each lane.
 *
 * <p>With 8 lanes there are 32 registers, and all three splits and the transposition happen in them, written in full for the reason that
 * {@link VectorNttRadix8} gives. With 4 there may be only 16: then they are passes of their own.
 */
final class VectorNttLeaves {
    private VectorNttLeaves() {}

    /** The steps for the lanes of this JVM's vectors. */
    static List<Step> steps() {
        return L == 8
                ? List.of(new Step(VectorNttLeaves::lanes8, 8))
                : List.of(
                        new Step(Transposition::pass, 64),
                        new Step(VectorNttLeaves::leaves12, 8),
                        new Step(VectorNttLeaves::leaves3, 2));
    }

    private static void leaves12(NttTables tables, double[] a, int from, int size, int length, int node) {
        double[] leaves = tables.forwardLanes().leaves()[0];
        int table = from / 64 * NttTables.LANES_OF_4;
        for (int lane = 0; lane < 8; lane += L) {
            rows4(a, from + lane, size, leaves, table + lane, tables.q, tables.qInv);
            rows4(a, from + 8 + lane, size, leaves, table + lane, tables.q, tables.qInv);
        }
    }

    /** Splits into 4 and 2 on the rows 0, 2, 4, 6 after from of every 64. */
    private static void rows4(double[] a, int from, int size, double[] leaves, int table, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        int o = table;
        for (int j = from; j < from + size; j += 64, o += NttTables.LANES_OF_4) {
            DoubleVector w1 = load(leaves, o);
            DoubleVector w2 = load(leaves, o + 8);
            DoubleVector w3 = load(leaves, o + 16);
            DoubleVector q1 = w1.mul(inverse);
            DoubleVector x0 = load(a, j);
            DoubleVector x1 = load(a, j + 16);
            DoubleVector x2 = multiply(load(a, j + 32), w1, q1, roundQ, minusQ, round);
            DoubleVector x3 = multiply(load(a, j + 48), w1, q1, roundQ, minusQ, round);
            DoubleVector y0 = x0.add(x2);
            DoubleVector y2 = x0.sub(x2);
            DoubleVector y1 = multiply(x1.add(x3), w2, w2.mul(inverse), roundQ, minusQ, round);
            DoubleVector y3 = multiply(x1.sub(x3), w3, w3.mul(inverse), roundQ, minusQ, round);
            y0.add(y1).intoArray(a, j);
            y0.sub(y1).intoArray(a, j + 16);
            y2.add(y3).intoArray(a, j + 32);
            y2.sub(y3).intoArray(a, j + 48);
        }
    }

    private static void leaves3(NttTables tables, double[] a, int from, int size, int length, int node) {
        double[] leaves = tables.forwardLanes().leaves()[1];
        int table = from / 64 * NttTables.LANES_OF_2;
        for (int lane = 0; lane < 8; lane += L) {
            rows2(a, from + lane, size, leaves, table + lane, tables);
        }
    }

    /** Splits into single coefficients. */
    private static void rows2(double[] a, int from, int size, double[] leaves, int table, NttTables tables) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * tables.q);
        DoubleVector minusQ = all(-tables.q);
        DoubleVector inverse = all(tables.qInv);
        for (int j = 0; j < size; j += 16) {
            DoubleVector w = load(leaves, table + j / 2);
            DoubleVector x = load(a, from + j);
            DoubleVector y = multiply(load(a, from + j + 8), w, w.mul(inverse), roundQ, minusQ, round);
            x.add(y).intoArray(a, from + j);
            x.sub(y).intoArray(a, from + j + 8);
        }
    }

    private static void lanes8(NttTables tables, double[] a, int from, int size, int length, int node) {
        double[][] leaves = tables.forwardLanes().leaves();
        int firstFour = from / 64 * NttTables.LANES_OF_4;
        int firstTwo = from / 64 * NttTables.LANES_OF_2;
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
        DoubleVector inverse = all(qInv);
        int o = firstFour;
        int p = firstTwo;
        for (int j = from; j < from + size; j += 64, o += NttTables.LANES_OF_4, p += NttTables.LANES_OF_2) {
            DoubleVector v0 = DoubleVector.fromArray(S, a, j);
            DoubleVector v1 = DoubleVector.fromArray(S, a, j + 8);
            DoubleVector v2 = DoubleVector.fromArray(S, a, j + 16);
            DoubleVector v3 = DoubleVector.fromArray(S, a, j + 24);
            DoubleVector v4 = DoubleVector.fromArray(S, a, j + 32);
            DoubleVector v5 = DoubleVector.fromArray(S, a, j + 40);
            DoubleVector v6 = DoubleVector.fromArray(S, a, j + 48);
            DoubleVector v7 = DoubleVector.fromArray(S, a, j + 56);
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
            DoubleVector h1 = x4.fma(w1, roundQ);
            DoubleVector m0 = x4.fma(q1, round).fma(minusQ, h1).add(x4.fma(w1, roundQ.sub(h1)));
            DoubleVector y0 = x0.add(m0);
            DoubleVector y4 = x0.sub(m0);
            DoubleVector h2 = x5.fma(w1, roundQ);
            DoubleVector m1 = x5.fma(q1, round).fma(minusQ, h2).add(x5.fma(w1, roundQ.sub(h2)));
            DoubleVector y1 = x1.add(m1);
            DoubleVector y5 = x1.sub(m1);
            DoubleVector h3 = x6.fma(w1, roundQ);
            DoubleVector m2 = x6.fma(q1, round).fma(minusQ, h3).add(x6.fma(w1, roundQ.sub(h3)));
            DoubleVector y2 = x2.add(m2);
            DoubleVector y6 = x2.sub(m2);
            DoubleVector h4 = x7.fma(w1, roundQ);
            DoubleVector m3 = x7.fma(q1, round).fma(minusQ, h4).add(x7.fma(w1, roundQ.sub(h4)));
            DoubleVector y3 = x3.add(m3);
            DoubleVector y7 = x3.sub(m3);
            DoubleVector w2 = DoubleVector.fromArray(S, fours, o + 8);
            DoubleVector q2 = w2.mul(inverse);
            DoubleVector h5 = y2.fma(w2, roundQ);
            DoubleVector p0 = y2.fma(q2, round).fma(minusQ, h5).add(y2.fma(w2, roundQ.sub(h5)));
            DoubleVector z0 = y0.add(p0);
            DoubleVector z2 = y0.sub(p0);
            DoubleVector h6 = y3.fma(w2, roundQ);
            DoubleVector p1 = y3.fma(q2, round).fma(minusQ, h6).add(y3.fma(w2, roundQ.sub(h6)));
            DoubleVector z1 = y1.add(p1);
            DoubleVector z3 = y1.sub(p1);
            DoubleVector w4 = DoubleVector.fromArray(S, twos, p);
            DoubleVector q4 = w4.mul(inverse);
            DoubleVector h7 = z1.fma(w4, roundQ);
            DoubleVector r0 = z1.fma(q4, round).fma(minusQ, h7).add(z1.fma(w4, roundQ.sub(h7)));
            z0.add(r0).intoArray(a, j);
            z0.sub(r0).intoArray(a, j + 8);
            DoubleVector w5 = DoubleVector.fromArray(S, twos, p + 8);
            DoubleVector q5 = w5.mul(inverse);
            DoubleVector h8 = z3.fma(w5, roundQ);
            DoubleVector r2 = z3.fma(q5, round).fma(minusQ, h8).add(z3.fma(w5, roundQ.sub(h8)));
            z2.add(r2).intoArray(a, j + 16);
            z2.sub(r2).intoArray(a, j + 24);
            DoubleVector w3 = DoubleVector.fromArray(S, fours, o + 16);
            DoubleVector q3 = w3.mul(inverse);
            DoubleVector h9 = y6.fma(w3, roundQ);
            DoubleVector p4 = y6.fma(q3, round).fma(minusQ, h9).add(y6.fma(w3, roundQ.sub(h9)));
            DoubleVector z4 = y4.add(p4);
            DoubleVector z6 = y4.sub(p4);
            DoubleVector h10 = y7.fma(w3, roundQ);
            DoubleVector p5 = y7.fma(q3, round).fma(minusQ, h10).add(y7.fma(w3, roundQ.sub(h10)));
            DoubleVector z5 = y5.add(p5);
            DoubleVector z7 = y5.sub(p5);
            DoubleVector w6 = DoubleVector.fromArray(S, twos, p + 16);
            DoubleVector q6 = w6.mul(inverse);
            DoubleVector h11 = z5.fma(w6, roundQ);
            DoubleVector r4 = z5.fma(q6, round).fma(minusQ, h11).add(z5.fma(w6, roundQ.sub(h11)));
            z4.add(r4).intoArray(a, j + 32);
            z4.sub(r4).intoArray(a, j + 40);
            DoubleVector w7 = DoubleVector.fromArray(S, twos, p + 24);
            DoubleVector q7 = w7.mul(inverse);
            DoubleVector h12 = z7.fma(w7, roundQ);
            DoubleVector r6 = z7.fma(q7, round).fma(minusQ, h12).add(z7.fma(w7, roundQ.sub(h12)));
            z6.add(r6).intoArray(a, j + 48);
            z6.sub(r6).intoArray(a, j + 56);
        }
    }
}
