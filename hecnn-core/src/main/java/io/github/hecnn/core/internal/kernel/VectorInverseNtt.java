package io.github.hecnn.core.internal.kernel;

import static io.github.hecnn.core.internal.kernel.Lanes.L;
import static io.github.hecnn.core.internal.kernel.Lanes.all;
import static io.github.hecnn.core.internal.kernel.Lanes.load;
import static io.github.hecnn.core.internal.kernel.Lanes.multiply;
import static io.github.hecnn.core.internal.kernel.Lanes.reduce;

import io.github.hecnn.core.internal.kernel.NttPass.Plan;
import io.github.hecnn.core.internal.kernel.NttPass.Step;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.DoubleVector;

/**
 * The inverse NTT with the Vector API: {@link VectorNtt} backwards, with Gentleman-Sande steps.
 *
 * <p><b>Growth</b>, in units of q. A radix-4 step of inputs up to b gives a sum of all four, reduced at once to 1/2; a sum of two
 * products, at most 2*(1/2 + 2b/64); and two products, at most 1/2 + 4b/64 and 1/2 + (1 + 4b/64)/64. The first step, radix 2, does not reduce and gives
 * b = 1. The first two steps have no table of quotients (see {@link VectorNtt}): read 3b for b there, so the second gives 1.19, and all later ones less
 * than 1.08. What is multiplied or reduced is under 4.8, of the 8 that are allowed. The last step multiplies everything by its constants
 * and reduces it.
 */
final class VectorInverseNtt {
    private static final Plan[] PLANS = new Plan[NttTables.MAX_LOG_DEGREE + 1];

    static {
        for (int log = NttTables.MIN_LOG_DEGREE; log <= NttTables.MAX_LOG_DEGREE; log++) {
            PLANS[log] = plan(1 << log);
        }
    }

    private VectorInverseNtt() {}

    static void inverse(NttTables tables, double[] in, double[] out) {
        PLANS[tables.logDegree].run(tables, in, out);
    }

    private static Plan plan(int degree) {
        int block = degree;
        while (block > VectorNtt.BLOCK) {
            block /= 4;
        }
        boolean odd = (Integer.numberOfTrailingZeros(block) & 1) == 0;
        List<Step> inner = new ArrayList<>();
        inner.add(new Step(VectorInverseNtt::leaves3, 2));
        inner.add(new Step(VectorInverseNtt::leaves12, 8));
        inner.add(new Step(Transposition::pass, 64));
        inner.add(new Step(VectorInverseNtt::radix4Narrow, 32));
        for (int length = 128; length < degree && length <= block; length *= 4) {
            inner.add(new Step(VectorInverseNtt::radix4, length));
        }
        if (odd) {
            inner.add(new Step(block == degree ? VectorInverseNtt::last2 : VectorInverseNtt::radix2, block));
        }
        List<Step> after = new ArrayList<>();
        for (int length = 4 * block; length < degree; length *= 4) {
            after.add(new Step(VectorInverseNtt::radix4, length));
        }
        if (!odd || block < degree) {
            after.add(new Step(VectorInverseNtt::last4, degree));
        }
        return new Plan(new Step[0], block, inner.toArray(new Step[0]), after.toArray(new Step[0]));
    }

    private static void leaves3(NttTables tables, double[] a, int from, int size, int length, int node) {
        double[] leaves = tables.inverseLanes().leaves()[1];
        int table = from / 64 * NttTables.LANES_OF_2;
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
        double[] leaves = tables.inverseLanes().leaves()[0];
        int table = from / 64 * NttTables.LANES_OF_4;
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
        for (int j = from; j < from + size; j += 64, o += NttTables.LANES_OF_4) {
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

    /** Nodes of 32: a loop over the nodes, as there are only 8 coefficients to a quarter. */
    private static void radix4Narrow(NttTables tables, double[] a, int from, int size, int length, int firstNode) {
        NttTables.Twiddles twiddles = tables.inverseLanes();
        for (int lane = 0; lane < 8; lane += L) {
            nodes32(a, from + lane, size, twiddles.w(), twiddles.wOverQ(), firstNode, tables.q, tables.qInv);
        }
    }

    private static void nodes32(
            double[] a, int from, int size, double[] w, double[] wq, int firstNode, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        int node = firstNode;
        for (int j = from; j < from + size; j += 32, node++) {
            DoubleVector x0 = load(a, j);
            DoubleVector x1 = load(a, j + 8);
            DoubleVector x2 = load(a, j + 16);
            DoubleVector x3 = load(a, j + 24);
            DoubleVector d0 = multiply(x0.sub(x1), all(w[2 * node]), all(wq[2 * node]), roundQ, minusQ, round);
            DoubleVector d1 = multiply(x2.sub(x3), all(w[2 * node + 1]), all(wq[2 * node + 1]), roundQ, minusQ, round);
            DoubleVector s0 = x0.add(x1);
            DoubleVector s1 = x2.add(x3);
            DoubleVector w1 = all(w[node]);
            DoubleVector q1 = all(wq[node]);
            reduce(s0.add(s1), plusQ, inverse, round).intoArray(a, j);
            d0.add(d1).intoArray(a, j + 8);
            multiply(s0.sub(s1), w1, q1, roundQ, minusQ, round).intoArray(a, j + 16);
            multiply(d0.sub(d1), w1, q1, roundQ, minusQ, round).intoArray(a, j + 24);
        }
    }

    private static void radix2(NttTables tables, double[] a, int from, int size, int length, int node) {
        NttTables.Twiddles twiddles = tables.inverseLanes();
        double q = tables.q;
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(tables.qInv);
        DoubleVector w1 = all(twiddles.w()[node]);
        DoubleVector q1 = all(twiddles.wOverQ()[node]);
        int t = length / 2;
        for (int j = from; j < from + t; j += L) {
            DoubleVector x0 = load(a, j);
            DoubleVector x1 = load(a, j + t);
            reduce(x0.add(x1), plusQ, inverse, round).intoArray(a, j);
            multiply(x0.sub(x1), w1, q1, roundQ, minusQ, round).intoArray(a, j + t);
        }
    }

    private static void radix4(NttTables tables, double[] a, int from, int size, int length, int firstNode) {
        NttTables.Twiddles twiddles = tables.inverseLanes();
        double[] w = twiddles.w();
        double[] wq = twiddles.wOverQ();
        int node = firstNode;
        for (int j = from; j < from + size; j += length, node++) {
            node4(a, j, length / 4, w, wq, node, tables.q, tables.qInv);
        }
    }

    private static void node4(double[] a, int from, int t, double[] w, double[] wq, int node, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        DoubleVector w1 = all(w[node]);
        DoubleVector w2 = all(w[2 * node]);
        DoubleVector w3 = all(w[2 * node + 1]);
        DoubleVector q1 = all(wq[node]);
        DoubleVector q2 = all(wq[2 * node]);
        DoubleVector q3 = all(wq[2 * node + 1]);
        for (int j = from; j < from + t; j += L) {
            DoubleVector x0 = load(a, j);
            DoubleVector x1 = load(a, j + t);
            DoubleVector x2 = load(a, j + 2 * t);
            DoubleVector x3 = load(a, j + 3 * t);
            DoubleVector d0 = multiply(x0.sub(x1), w2, q2, roundQ, minusQ, round);
            DoubleVector d1 = multiply(x2.sub(x3), w3, q3, roundQ, minusQ, round);
            DoubleVector s0 = x0.add(x1);
            DoubleVector s1 = x2.add(x3);
            reduce(s0.add(s1), plusQ, inverse, round).intoArray(a, j);
            d0.add(d1).intoArray(a, j + t);
            multiply(s0.sub(s1), w1, q1, roundQ, minusQ, round).intoArray(a, j + 2 * t);
            multiply(d0.sub(d1), w1, q1, roundQ, minusQ, round).intoArray(a, j + 3 * t);
        }
    }

    private static void last2(NttTables tables, double[] a, int from, int size, int length, int node) {
        double[] w = tables.lastStep();
        double q = tables.q;
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(tables.qInv);
        DoubleVector w0 = all(w[0]);
        DoubleVector q0 = all(w[1]);
        DoubleVector w1 = all(w[4]);
        DoubleVector q1 = all(w[5]);
        int t = length / 2;
        for (int j = 0; j < t; j += L) {
            DoubleVector x0 = load(a, j);
            DoubleVector x1 = load(a, j + t);
            DoubleVector y0 = multiply(x0.add(x1), w0, q0, roundQ, minusQ, round);
            DoubleVector y1 = multiply(x0.sub(x1), w1, q1, roundQ, minusQ, round);
            reduce(y0, plusQ, inverse, round).intoArray(a, j);
            reduce(y1, plusQ, inverse, round).intoArray(a, j + t);
        }
    }

    // Helper methods are not inlined any more after so many vector operations, those of the Vector API still are: hence
    // the reductions in full.
    private static void last4(NttTables tables, double[] a, int from, int size, int length, int node) {
        double[] w = tables.lastStep();
        double q = tables.q;
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(tables.qInv);
        DoubleVector w0 = all(w[0]);
        DoubleVector q0 = all(w[1]);
        DoubleVector w1 = all(w[2]);
        DoubleVector q1 = all(w[3]);
        DoubleVector w1n = all(w[4]);
        DoubleVector q1n = all(w[5]);
        DoubleVector w2n = all(w[6]);
        DoubleVector q2n = all(w[7]);
        DoubleVector w3n = all(w[8]);
        DoubleVector q3n = all(w[9]);
        int t = length / 4;
        for (int j = 0; j < t; j += L) {
            DoubleVector x0 = load(a, j);
            DoubleVector x1 = load(a, j + t);
            DoubleVector x2 = load(a, j + 2 * t);
            DoubleVector x3 = load(a, j + 3 * t);
            DoubleVector d0 = multiply(x0.sub(x1), w2n, q2n, roundQ, minusQ, round);
            DoubleVector d1 = multiply(x2.sub(x3), w3n, q3n, roundQ, minusQ, round);
            DoubleVector s0 = x0.add(x1);
            DoubleVector s1 = x2.add(x3);
            DoubleVector y0 = multiply(s0.add(s1), w0, q0, roundQ, minusQ, round);
            DoubleVector y1 = d0.add(d1);
            DoubleVector y2 = multiply(s0.sub(s1), w1n, q1n, roundQ, minusQ, round);
            DoubleVector y3 = multiply(d0.sub(d1), w1, q1, roundQ, minusQ, round);
            round.sub(y0.fma(inverse, round)).fma(plusQ, y0).intoArray(a, j);
            round.sub(y1.fma(inverse, round)).fma(plusQ, y1).intoArray(a, j + t);
            round.sub(y2.fma(inverse, round)).fma(plusQ, y2).intoArray(a, j + 2 * t);
            round.sub(y3.fma(inverse, round)).fma(plusQ, y3).intoArray(a, j + 3 * t);
        }
    }
}
