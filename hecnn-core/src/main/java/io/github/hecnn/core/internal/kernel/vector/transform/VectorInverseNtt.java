package io.github.hecnn.core.internal.kernel.vector.transform;

import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.L;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.all;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.load;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.multiply;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.reduce;

import io.github.hecnn.core.internal.kernel.NttTables;
import io.github.hecnn.core.internal.kernel.Residues;
import io.github.hecnn.core.internal.kernel.vector.transform.NttPass.Plan;
import io.github.hecnn.core.internal.kernel.vector.transform.NttPass.Step;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.DoubleVector;

/**
 * The inverse NTT with the Vector API: {@link VectorNtt} backwards, with Gentleman-Sande steps.
 *
 * <p><b>Growth</b>, in units of q. A radix-8 step of inputs up to b gives a sum of two sums of four, each reduced to 1/2; a sum of four products,
 * reduced likewise; sums of two products of up to 4b, at most 2*(1/2 + 4b/64), or of smaller ones; and products. The narrowest three splits
 * have no table of quotients (see {@link VectorNtt}): read 3b for b there, so from 1/2 they lead to 1.2. All later steps lead to less than
 * that, radix 4 and 2 ones too, which reduce their sum of all. What is multiplied or reduced is under 4.8, of the 8 that are allowed. The last step multiplies
 * everything by its constants and reduces it.
 */
public final class VectorInverseNtt {
    /** From N = 2^10 on: the steps from 8 coefficients to N/4, with 8 lanes; the last step is always radix 4. */
    private static final int[][] RADICES_8 = {
        {4, 8},
        {4, 4, 4},
        {8, 4, 4},
        {4, 8, 8},
        {8, 8, 8},
        {8, 8, 4, 4},
        {4, 8, 8, 8},
        {8, 8, 8, 8}
    };

    /** The same with 4 lanes. */
    private static final int[][] RADICES_4 = {
        {4, 4, 2},
        {4, 4, 4},
        {4, 4, 4, 2},
        {4, 4, 4, 4},
        {4, 4, 4, 4, 2},
        {4, 4, 4, 4, 4},
        {4, 4, 4, 4, 2, 4},
        {4, 4, 4, 4, 4, 4}
    };

    /** Coefficients of a quarter at a time in the last step: few, as the JIT counts calls (rule 5). */
    private static final int LAST_PART = 16 * L;

    private static final Plan[] PLANS = new Plan[NttTables.MAX_LOG_DEGREE + 1];

    static {
        for (int log = NttTables.MIN_LOG_DEGREE; log <= NttTables.MAX_LOG_DEGREE; log++) {
            PLANS[log] = plan(1 << log, (L == 8 ? RADICES_8 : RADICES_4)[log - NttTables.MIN_LOG_DEGREE]);
        }
    }

    private VectorInverseNtt() {}

    public static void inverse(NttTables tables, double[] in, double[] out) {
        PLANS[tables.logDegree].run(tables, in, out);
    }

    private static Plan plan(int degree, int[] radices) {
        List<Step> inner = new ArrayList<>();
        List<Step> after = new ArrayList<>();
        inner.addAll(VectorInverseNttLeaves.steps());
        int block = 8;
        int length = 8;
        for (int radix : radices) {
            length *= radix;
            if (length > VectorNtt.BLOCK) {
                after.add(new Step(pass(radix, false), length));
            } else {
                inner.add(new Step(pass(radix, length == 8 * radix), length));
                block = length;
            }
        }
        if (degree > VectorNtt.BLOCK) {
            after.add(new Step(VectorInverseNtt::last4, degree));
        } else {
            inner.add(new Step(VectorInverseNtt::last4, degree));
            block = degree;
        }
        return new Plan(new Step[0], block, inner.toArray(new Step[0]), after.toArray(new Step[0]));
    }

    private static NttPass pass(int radix, boolean narrow) {
        if (narrow) {
            return radix == 8 ? VectorInverseNttRadix8::radix8Narrow : VectorInverseNtt::radix4Narrow;
        }
        return radix == 8
                ? VectorInverseNttRadix8::radix8
                : radix == 4 ? VectorInverseNtt::radix4 : VectorInverseNtt::radix2;
    }

    /** Nodes of 32: a loop over the nodes, as there are only 8 coefficients to a quarter. */
    private static void radix4Narrow(NttTables tables, double[] a, int from, int size, int length, int firstNode) {
        NttTables.Twiddles twiddles = LaneTwiddles.inverse(tables);
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

    private static void radix2(NttTables tables, double[] a, int from, int size, int length, int firstNode) {
        NttTables.Twiddles twiddles = LaneTwiddles.inverse(tables);
        int node = firstNode;
        for (int j = from; j < from + size; j += length, node++) {
            node2(a, j, length / 2, twiddles.w()[node], twiddles.wOverQ()[node], tables.q, tables.qInv);
        }
    }

    private static void node2(double[] a, int from, int t, double w, double wq, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        DoubleVector w1 = all(w);
        DoubleVector q1 = all(wq);
        for (int j = from; j < from + t; j += L) {
            DoubleVector x0 = load(a, j);
            DoubleVector x1 = load(a, j + t);
            reduce(x0.add(x1), plusQ, inverse, round).intoArray(a, j);
            multiply(x0.sub(x1), w1, q1, roundQ, minusQ, round).intoArray(a, j + t);
        }
    }

    private static void radix4(NttTables tables, double[] a, int from, int size, int length, int firstNode) {
        NttTables.Twiddles twiddles = LaneTwiddles.inverse(tables);
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

    private static void last4(NttTables tables, double[] a, int from, int size, int length, int node) {
        int t = length / 4;
        for (int j = 0; j < t; j += LAST_PART) {
            quarters(tables, a, j, Math.min(j + LAST_PART, t), t);
        }
    }

    // Helper methods are not inlined any more after so many vector operations, those of the Vector API still are: hence
    // the reductions in full.
    private static void quarters(NttTables tables, double[] a, int from, int to, int t) {
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
        for (int j = from; j < to; j += L) {
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
