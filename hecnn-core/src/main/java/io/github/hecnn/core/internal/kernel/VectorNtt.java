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
 * The forward NTT with the Vector API.
 *
 * <p>Radix 4 until a block fits the L1 cache, then each block to its end: radix 4 down to 8 coefficients, every 64 transposed as 8 x 8,
 * and the last three splits lane by lane with a table of their own.
 *
 * <p><b>Growth</b>, in units of q. A radix-4 step adds at most two products to its first operand. By {@link Residues} the products of
 * inputs up to b are at most 1/2 + b/64 and 1/2 + (b + 1/2 + b/64)/64. Starting at 1/2, at most three steps above the blocks
 * lead to 3.7; the first step in a block reduces its first operand, which brings the bound to 1.7 (1.1 if it is a radix-2 step); three
 * (four) more radix-4 steps lead to 5.0 (5.5). The last two steps have no table of quotients: theirs is w*fl(1/q), with three times the error, so
 * their products are at most 1/2 + 3b/64 and so on. They lead to 6.5 (7.0) and 7.3 (7.8), under the 8 that products and the last
 * reduction allow.
 */
final class VectorNtt {
    static final int BLOCK = 4096;

    private static final Plan[] PLANS = new Plan[NttTables.MAX_LOG_DEGREE + 1];

    static {
        for (int log = NttTables.MIN_LOG_DEGREE; log <= NttTables.MAX_LOG_DEGREE; log++) {
            PLANS[log] = plan(1 << log);
        }
    }

    private VectorNtt() {}

    static void forward(NttTables tables, double[] a) {
        PLANS[tables.logDegree].run(tables, a, a);
    }

    private static Plan plan(int degree) {
        List<Step> before = new ArrayList<>();
        int length = degree;
        for (; length > BLOCK; length /= 4) {
            before.add(new Step(VectorNtt::radix4, length));
        }
        List<Step> inner = new ArrayList<>();
        int block = length;
        if ((Integer.numberOfTrailingZeros(length) & 1) == 0) {
            inner.add(new Step(VectorNtt::radix2Reduced, length));
            length /= 2;
        } else {
            inner.add(new Step(VectorNtt::radix4Reduced, length));
            length /= 4;
        }
        for (; length > 32; length /= 4) {
            inner.add(new Step(VectorNtt::radix4, length));
        }
        inner.add(new Step(VectorNtt::radix4Narrow, 32));
        inner.add(new Step(Transposition::pass, 64));
        inner.add(new Step(VectorNtt::leaves12, 8));
        inner.add(new Step(VectorNtt::leaves3, 2));
        return new Plan(before.toArray(new Step[0]), block, inner.toArray(new Step[0]), new Step[0]);
    }

    private static void radix2Reduced(NttTables tables, double[] a, int from, int size, int length, int node) {
        NttTables.Twiddles twiddles = tables.forwardLanes();
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

    private static void radix4Reduced(NttTables tables, double[] a, int from, int size, int length, int node) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector plusQ = all(tables.q);
        DoubleVector inverse = all(tables.qInv);
        int t = length / 4;
        for (int j = from; j < from + t; j += L) {
            reduce(load(a, j), plusQ, inverse, round).intoArray(a, j);
        }
        radix4(tables, a, from, size, length, node);
    }

    private static void radix4(NttTables tables, double[] a, int from, int size, int length, int firstNode) {
        NttTables.Twiddles twiddles = tables.forwardLanes();
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
        NttTables.Twiddles twiddles = tables.forwardLanes();
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

    /** Splits into single coefficients, and the final reduction. */
    private static void rows2(double[] a, int from, int size, double[] leaves, int table, NttTables tables) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * tables.q);
        DoubleVector plusQ = all(tables.q);
        DoubleVector minusQ = all(-tables.q);
        DoubleVector inverse = all(tables.qInv);
        for (int j = 0; j < size; j += 16) {
            DoubleVector w = load(leaves, table + j / 2);
            DoubleVector x = load(a, from + j);
            DoubleVector y = multiply(load(a, from + j + 8), w, w.mul(inverse), roundQ, minusQ, round);
            reduce(x.add(y), plusQ, inverse, round).intoArray(a, from + j);
            reduce(x.sub(y), plusQ, inverse, round).intoArray(a, from + j + 8);
        }
    }
}
