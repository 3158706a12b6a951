package io.github.hecnn.core.internal.kernel.vector.transform;

import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.L;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.all;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.load;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.multiply;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.reduce;

import io.github.hecnn.core.internal.kernel.NttTables;
import io.github.hecnn.core.internal.kernel.Residues;
import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.internal.kernel.vector.transform.NttPass.Plan;
import io.github.hecnn.core.internal.kernel.vector.transform.NttPass.Step;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.DoubleVector;

/**
 * The forward NTT with the Vector API.
 *
 * <p>Wide steps until a block fits the L1 cache; then each block to its end: wide steps down to 8 coefficients, every 64 transposed as 8 x 8, and
 * the last three splits lane by lane with a table of their own. With 8 lanes, and so 32 registers, steps are radix 8, and radix 4 where the number of
 * splits asks for it, and the last one goes through all this to the end ({@link VectorNttNodes64}): as many multiplications, but fewer loads and
 * stores, most of which cross a cache line, as arrays do not lie on lines.
 * With 4 lanes there may be 16 registers, where radix 8 is slower; then they are radix 4 and 2.
 *
 * <p>A transform for a prime that is small enough ({@link NttTables#lazy}) has no reduction but the last, which a lazy one leaves out.
 *
 * <p><b>Growth</b>, in units of q, for the others. A split adds one product to its first operand. By {@link Residues} the product of
 * an input up to b is at most 1/2 + b/64. Starting at 1/2, at most six splits above the blocks lead to 3.7; the first step in a block
 * reduces its first operand, which brings the bound to 2.2 with radix 8 (1.6 with radix 4, 1.1 with radix 2), and the other splits down to 8 coefficients,
 * at most twelve in a block with those that follow, lead to 5.5. The last three have no table of quotients: theirs is w*fl(1/q), with three
 * times the error, so their products are at most 1/2 + 3b/64, and they lead to 7.9 at the most (N = 2^17), under the 8 that products and
 * the last reduction allow.
 */
public final class VectorNtt {
    static final int BLOCK = 4096;

    /** From N = 2^10 on: the steps down to 8 coefficients, with 8 lanes; the last one goes on to the end. */
    private static final int[][] RADICES_8 = {
        {4, 4, 8},
        {4, 8, 8},
        {8, 8, 8},
        {4, 4, 8, 8},
        {4, 8, 8, 8},
        {8, 8, 8, 8},
        {4, 4, 8, 8, 8},
        {4, 8, 8, 8, 8}
    };

    /** The same with 4 lanes. */
    private static final int[][] RADICES_4 = {
        {2, 4, 4, 4},
        {4, 4, 4, 4},
        {2, 4, 4, 4, 4},
        {4, 4, 4, 4, 4},
        {4, 2, 4, 4, 4, 4},
        {4, 4, 4, 4, 4, 4},
        {4, 4, 2, 4, 4, 4, 4},
        {4, 4, 4, 4, 4, 4, 4}
    };

    /** By log2 N: for any prime, for those that are small enough, and for those without the last reduction. */
    private static final Plan[] REDUCED = new Plan[NttTables.MAX_LOG_DEGREE + 1];

    private static final Plan[] REDUCED_AT_THE_END = new Plan[NttTables.MAX_LOG_DEGREE + 1];
    private static final Plan[] LAZY = new Plan[NttTables.MAX_LOG_DEGREE + 1];

    static {
        for (int log = NttTables.MIN_LOG_DEGREE; log <= NttTables.MAX_LOG_DEGREE; log++) {
            plans(log, (L == 8 ? RADICES_8 : RADICES_4)[log - NttTables.MIN_LOG_DEGREE]);
        }
    }

    private VectorNtt() {}

    public static void forward(NttTables tables, double[] a) {
        (tables.lazy ? REDUCED_AT_THE_END : REDUCED)[tables.logDegree].run(tables, a, a);
    }

    /** Canonical all the same if the prime is too large. */
    public static void forwardLazy(NttTables tables, double[] a) {
        (tables.lazy ? LAZY : REDUCED)[tables.logDegree].run(tables, a, a);
    }

    private static void plans(int log, int[] radices) {
        int degree = 1 << log;
        List<Step> before = new ArrayList<>();
        List<Step> inner = new ArrayList<>();
        Step firstReduction = null;
        int block = degree;
        int length = degree;
        for (int radix : radices) {
            List<Step> steps = length > BLOCK ? before : inner;
            if (steps == inner && inner.isEmpty()) {
                block = length;
                if (radix > 2) {
                    firstReduction = new Step(radix == 8 ? VectorNtt::reduceEighth : VectorNtt::reduceQuarter, length);
                }
            }
            steps.add(new Step(pass(radix, length == 8 * radix), length));
            length /= radix;
        }
        if (L == 4) { // with 8 the last radix-8 step does it
            inner.addAll(VectorNttLeaves.steps());
        }
        Step[] first = before.toArray(new Step[0]);
        LAZY[log] = new Plan(first, block, inner.toArray(new Step[0]), new Step[0]);
        inner.add(new Step(VectorNtt::reduceWhole, RingKernels.LENGTH_UNIT));
        REDUCED_AT_THE_END[log] = new Plan(first, block, inner.toArray(new Step[0]), new Step[0]);
        if (firstReduction != null) {
            inner.add(0, firstReduction);
        }
        REDUCED[log] = new Plan(first, block, inner.toArray(new Step[0]), new Step[0]);
    }

    private static NttPass pass(int radix, boolean narrow) {
        if (narrow) {
            return radix == 8 ? VectorNttNodes64::radix64 : VectorNtt::radix4Narrow;
        }
        return radix == 8 ? VectorNttRadix8::radix8 : radix == 4 ? VectorNtt::radix4 : VectorNtt::radix2Reduced;
    }

    /** For the first coefficients of a block: those that the first step there only adds to. */
    private static void reduceEighth(NttTables tables, double[] a, int from, int size, int length, int node) {
        reduceAll(tables, a, from, length / 8);
    }

    private static void reduceQuarter(NttTables tables, double[] a, int from, int size, int length, int node) {
        reduceAll(tables, a, from, length / 4);
    }

    private static void reduceWhole(NttTables tables, double[] a, int from, int size, int length, int node) {
        reduceAll(tables, a, from, size);
    }

    private static void reduceAll(NttTables tables, double[] a, int from, int size) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector plusQ = all(tables.q);
        DoubleVector inverse = all(tables.qInv);
        for (int j = from; j < from + size; j += L) {
            reduce(load(a, j), plusQ, inverse, round).intoArray(a, j);
        }
    }

    /** The first step in a block. */
    private static void radix2Reduced(NttTables tables, double[] a, int from, int size, int length, int node) {
        NttTables.Twiddles twiddles = LaneTwiddles.forward(tables);
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
            DoubleVector x0 = reduce(load(a, j), plusQ, inverse, round);
            DoubleVector x1 = multiply(load(a, j + t), w1, q1, roundQ, minusQ, round);
            x0.add(x1).intoArray(a, j);
            x0.sub(x1).intoArray(a, j + t);
        }
    }

    private static void radix4(NttTables tables, double[] a, int from, int size, int length, int firstNode) {
        NttTables.Twiddles twiddles = LaneTwiddles.forward(tables);
        double[] w = twiddles.w();
        double[] wq = twiddles.wOverQ();
        double q = tables.q;
        int node = firstNode;
        for (int j = from; j < from + size; j += length, node++) {
            node4(a, j, length / 4, w, wq, node, q);
        }
    }

    private static void node4(double[] a, int from, int t, double[] w, double[] wq, int node, double q) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector minusQ = all(-q);
        DoubleVector w1 = all(w[node]);
        DoubleVector w2 = all(w[2 * node]);
        DoubleVector w3 = all(w[2 * node + 1]);
        DoubleVector q1 = all(wq[node]);
        DoubleVector q2 = all(wq[2 * node]);
        DoubleVector q3 = all(wq[2 * node + 1]);
        for (int j = from; j < from + t; j += L) {
            DoubleVector x0 = load(a, j);
            DoubleVector x1 = load(a, j + t);
            DoubleVector x2 = multiply(load(a, j + 2 * t), w1, q1, roundQ, minusQ, round);
            DoubleVector x3 = multiply(load(a, j + 3 * t), w1, q1, roundQ, minusQ, round);
            DoubleVector y0 = x0.add(x2);
            DoubleVector y2 = x0.sub(x2);
            DoubleVector y1 = multiply(x1.add(x3), w2, q2, roundQ, minusQ, round);
            DoubleVector y3 = multiply(x1.sub(x3), w3, q3, roundQ, minusQ, round);
            y0.add(y1).intoArray(a, j);
            y0.sub(y1).intoArray(a, j + t);
            y2.add(y3).intoArray(a, j + 2 * t);
            y2.sub(y3).intoArray(a, j + 3 * t);
        }
    }

    /** Nodes of 32: a loop over the nodes, as there are only 8 coefficients to a quarter. */
    private static void radix4Narrow(NttTables tables, double[] a, int from, int size, int length, int firstNode) {
        NttTables.Twiddles twiddles = LaneTwiddles.forward(tables);
        for (int lane = 0; lane < 8; lane += L) {
            nodes32(a, from + lane, size, twiddles.w(), twiddles.wOverQ(), firstNode, tables.q);
        }
    }

    private static void nodes32(double[] a, int from, int size, double[] w, double[] wq, int firstNode, double q) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector minusQ = all(-q);
        int node = firstNode;
        for (int j = from; j < from + size; j += 32, node++) {
            DoubleVector w1 = all(w[node]);
            DoubleVector q1 = all(wq[node]);
            DoubleVector x0 = load(a, j);
            DoubleVector x1 = load(a, j + 8);
            DoubleVector x2 = multiply(load(a, j + 16), w1, q1, roundQ, minusQ, round);
            DoubleVector x3 = multiply(load(a, j + 24), w1, q1, roundQ, minusQ, round);
            DoubleVector y0 = x0.add(x2);
            DoubleVector y2 = x0.sub(x2);
            DoubleVector y1 = multiply(x1.add(x3), all(w[2 * node]), all(wq[2 * node]), roundQ, minusQ, round);
            DoubleVector y3 = multiply(x1.sub(x3), all(w[2 * node + 1]), all(wq[2 * node + 1]), roundQ, minusQ, round);
            y0.add(y1).intoArray(a, j);
            y0.sub(y1).intoArray(a, j + 8);
            y2.add(y3).intoArray(a, j + 16);
            y2.sub(y3).intoArray(a, j + 24);
        }
    }
}
