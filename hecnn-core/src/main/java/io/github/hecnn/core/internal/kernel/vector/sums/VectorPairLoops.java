package io.github.hecnn.core.internal.kernel.vector.sums;

import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.L;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.S;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.all;

import io.github.hecnn.core.internal.kernel.Residues;
import jdk.incubator.vector.DoubleVector;

/**
 * The sums of one to four products, digits times k0 and digits times k1, of the coefficients from from to to, written shift places
 * lower. Each number of products has a loop of its own. How the sums are exact says {@link Residues}.
 *
 * <p>Written in full (rule 4), by the generator UnrolledLoops in the tests: change that, and run it.
 */
final class VectorPairLoops {
    private VectorPairLoops() {}

    static void one(
            double[][] digits,
            double[][] k0,
            double[][] k1,
            double[] out0,
            double[] out1,
            int from,
            int to,
            int shift,
            double q,
            double qInv,
            boolean lazy) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        double[] x0 = digits[0];
        double[] y0 = k0[0];
        double[] z0 = k1[0];
        for (int j = from; j < to; j += L) {
            DoubleVector v0 = DoubleVector.fromArray(S, x0, j);
            DoubleVector b0 = DoubleVector.fromArray(S, y0, j);
            DoubleVector g0 = v0.fma(b0, roundQ);
            DoubleVector lowG0 = v0.fma(b0, roundQ.sub(g0));
            DoubleVector a0 = DoubleVector.fromArray(S, z0, j);
            DoubleVector h0 = v0.fma(a0, roundQ);
            DoubleVector lowH0 = v0.fma(a0, roundQ.sub(h0));
            DoubleVector g = g0.mul(inverse).fma(minusQ, g0).add(lowG0);
            DoubleVector h = h0.mul(inverse).fma(minusQ, h0).add(lowH0);
            if (lazy) {
                g.intoArray(out0, j - shift);
                h.intoArray(out1, j - shift);
            } else {
                round.sub(g.fma(inverse, round)).fma(plusQ, g).intoArray(out0, j - shift);
                round.sub(h.fma(inverse, round)).fma(plusQ, h).intoArray(out1, j - shift);
            }
        }
    }

    static void two(
            double[][] digits,
            double[][] k0,
            double[][] k1,
            double[] out0,
            double[] out1,
            int from,
            int to,
            int shift,
            double q,
            double qInv,
            boolean lazy) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        double[] x0 = digits[0];
        double[] y0 = k0[0];
        double[] z0 = k1[0];
        double[] x1 = digits[1];
        double[] y1 = k0[1];
        double[] z1 = k1[1];
        for (int j = from; j < to; j += L) {
            DoubleVector v0 = DoubleVector.fromArray(S, x0, j);
            DoubleVector b0 = DoubleVector.fromArray(S, y0, j);
            DoubleVector g0 = v0.fma(b0, roundQ);
            DoubleVector lowG0 = v0.fma(b0, roundQ.sub(g0));
            DoubleVector a0 = DoubleVector.fromArray(S, z0, j);
            DoubleVector h0 = v0.fma(a0, roundQ);
            DoubleVector lowH0 = v0.fma(a0, roundQ.sub(h0));
            DoubleVector v1 = DoubleVector.fromArray(S, x1, j);
            DoubleVector b1 = DoubleVector.fromArray(S, y1, j);
            DoubleVector g1 = v1.fma(b1, g0);
            DoubleVector lowG1 = lowG0.add(v1.fma(b1, g0.sub(g1)));
            DoubleVector a1 = DoubleVector.fromArray(S, z1, j);
            DoubleVector h1 = v1.fma(a1, h0);
            DoubleVector lowH1 = lowH0.add(v1.fma(a1, h0.sub(h1)));
            DoubleVector g = g1.mul(inverse).fma(minusQ, g1).add(lowG1);
            DoubleVector h = h1.mul(inverse).fma(minusQ, h1).add(lowH1);
            if (lazy) {
                g.intoArray(out0, j - shift);
                h.intoArray(out1, j - shift);
            } else {
                round.sub(g.fma(inverse, round)).fma(plusQ, g).intoArray(out0, j - shift);
                round.sub(h.fma(inverse, round)).fma(plusQ, h).intoArray(out1, j - shift);
            }
        }
    }

    static void three(
            double[][] digits,
            double[][] k0,
            double[][] k1,
            double[] out0,
            double[] out1,
            int from,
            int to,
            int shift,
            double q,
            double qInv,
            boolean lazy) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        double[] x0 = digits[0];
        double[] y0 = k0[0];
        double[] z0 = k1[0];
        double[] x1 = digits[1];
        double[] y1 = k0[1];
        double[] z1 = k1[1];
        double[] x2 = digits[2];
        double[] y2 = k0[2];
        double[] z2 = k1[2];
        for (int j = from; j < to; j += L) {
            DoubleVector v0 = DoubleVector.fromArray(S, x0, j);
            DoubleVector b0 = DoubleVector.fromArray(S, y0, j);
            DoubleVector g0 = v0.fma(b0, roundQ);
            DoubleVector lowG0 = v0.fma(b0, roundQ.sub(g0));
            DoubleVector a0 = DoubleVector.fromArray(S, z0, j);
            DoubleVector h0 = v0.fma(a0, roundQ);
            DoubleVector lowH0 = v0.fma(a0, roundQ.sub(h0));
            DoubleVector v1 = DoubleVector.fromArray(S, x1, j);
            DoubleVector b1 = DoubleVector.fromArray(S, y1, j);
            DoubleVector g1 = v1.fma(b1, g0);
            DoubleVector lowG1 = lowG0.add(v1.fma(b1, g0.sub(g1)));
            DoubleVector a1 = DoubleVector.fromArray(S, z1, j);
            DoubleVector h1 = v1.fma(a1, h0);
            DoubleVector lowH1 = lowH0.add(v1.fma(a1, h0.sub(h1)));
            DoubleVector v2 = DoubleVector.fromArray(S, x2, j);
            DoubleVector b2 = DoubleVector.fromArray(S, y2, j);
            DoubleVector g2 = v2.fma(b2, g1);
            DoubleVector lowG2 = lowG1.add(v2.fma(b2, g1.sub(g2)));
            DoubleVector a2 = DoubleVector.fromArray(S, z2, j);
            DoubleVector h2 = v2.fma(a2, h1);
            DoubleVector lowH2 = lowH1.add(v2.fma(a2, h1.sub(h2)));
            DoubleVector g = g2.mul(inverse).fma(minusQ, g2).add(lowG2);
            DoubleVector h = h2.mul(inverse).fma(minusQ, h2).add(lowH2);
            if (lazy) {
                g.intoArray(out0, j - shift);
                h.intoArray(out1, j - shift);
            } else {
                round.sub(g.fma(inverse, round)).fma(plusQ, g).intoArray(out0, j - shift);
                round.sub(h.fma(inverse, round)).fma(plusQ, h).intoArray(out1, j - shift);
            }
        }
    }

    static void four(
            double[][] digits,
            double[][] k0,
            double[][] k1,
            double[] out0,
            double[] out1,
            int from,
            int to,
            int shift,
            double q,
            double qInv,
            boolean lazy) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        double[] x0 = digits[0];
        double[] y0 = k0[0];
        double[] z0 = k1[0];
        double[] x1 = digits[1];
        double[] y1 = k0[1];
        double[] z1 = k1[1];
        double[] x2 = digits[2];
        double[] y2 = k0[2];
        double[] z2 = k1[2];
        double[] x3 = digits[3];
        double[] y3 = k0[3];
        double[] z3 = k1[3];
        for (int j = from; j < to; j += L) {
            DoubleVector v0 = DoubleVector.fromArray(S, x0, j);
            DoubleVector b0 = DoubleVector.fromArray(S, y0, j);
            DoubleVector g0 = v0.fma(b0, roundQ);
            DoubleVector lowG0 = v0.fma(b0, roundQ.sub(g0));
            DoubleVector a0 = DoubleVector.fromArray(S, z0, j);
            DoubleVector h0 = v0.fma(a0, roundQ);
            DoubleVector lowH0 = v0.fma(a0, roundQ.sub(h0));
            DoubleVector v1 = DoubleVector.fromArray(S, x1, j);
            DoubleVector b1 = DoubleVector.fromArray(S, y1, j);
            DoubleVector g1 = v1.fma(b1, g0);
            DoubleVector lowG1 = lowG0.add(v1.fma(b1, g0.sub(g1)));
            DoubleVector a1 = DoubleVector.fromArray(S, z1, j);
            DoubleVector h1 = v1.fma(a1, h0);
            DoubleVector lowH1 = lowH0.add(v1.fma(a1, h0.sub(h1)));
            DoubleVector v2 = DoubleVector.fromArray(S, x2, j);
            DoubleVector b2 = DoubleVector.fromArray(S, y2, j);
            DoubleVector g2 = v2.fma(b2, g1);
            DoubleVector lowG2 = lowG1.add(v2.fma(b2, g1.sub(g2)));
            DoubleVector a2 = DoubleVector.fromArray(S, z2, j);
            DoubleVector h2 = v2.fma(a2, h1);
            DoubleVector lowH2 = lowH1.add(v2.fma(a2, h1.sub(h2)));
            DoubleVector v3 = DoubleVector.fromArray(S, x3, j);
            DoubleVector b3 = DoubleVector.fromArray(S, y3, j);
            DoubleVector g3 = v3.fma(b3, g2);
            DoubleVector lowG3 = lowG2.add(v3.fma(b3, g2.sub(g3)));
            DoubleVector a3 = DoubleVector.fromArray(S, z3, j);
            DoubleVector h3 = v3.fma(a3, h2);
            DoubleVector lowH3 = lowH2.add(v3.fma(a3, h2.sub(h3)));
            DoubleVector g = g3.mul(inverse).fma(minusQ, g3).add(lowG3);
            DoubleVector h = h3.mul(inverse).fma(minusQ, h3).add(lowH3);
            if (lazy) {
                g.intoArray(out0, j - shift);
                h.intoArray(out1, j - shift);
            } else {
                round.sub(g.fma(inverse, round)).fma(plusQ, g).intoArray(out0, j - shift);
                round.sub(h.fma(inverse, round)).fma(plusQ, h).intoArray(out1, j - shift);
            }
        }
    }
}
