package io.github.hecnn.core.internal.kernel;

import static io.github.hecnn.core.internal.kernel.Lanes.L;
import static io.github.hecnn.core.internal.kernel.Lanes.all;
import static io.github.hecnn.core.internal.kernel.Lanes.load;
import static io.github.hecnn.core.internal.kernel.Lanes.multiply;
import static io.github.hecnn.core.internal.kernel.Lanes.reduce;

import jdk.incubator.vector.DoubleVector;

/**
 * The forward NTT with the Vector API.
 *
 * <p>Radix 4 until a block fits the L1 cache, then each block to its end: radix 4 down to 8 coefficients, every 64 transposed as 8 x 8,
 * and the last three splits lane by lane with a table of their own. Methods are small and loop over blocks: with more in one
 * method the JIT stops inlining vector calls and allocates every vector.
 *
 * <p><b>Growth</b>, in units of q. A radix-4 step adds at most two products to its first operand. By {@link Residues} the products of
 * inputs up to b are at most 1/2 + b/64 and 1/2 + (b + 1/2 + b/64)/64. Starting at 1/2, at most three steps above the blocks
 * lead to 3.7; the first step in a block reduces its first operand, which brings the bound to 1.7 (1.1 if it is a radix-2 step); three or
 * four radix-4 steps and the last radix-2 step lead to 7.2, under the 8 that products and the last reduction allow.
 */
final class VectorNtt {
    static final int BLOCK = 4096;

    private VectorNtt() {}

    static void forward(NttTables tables, double[] a) {
        NttTables.Twiddles t = tables.forwardLanes();
        int blocks = 1;
        int length = a.length;
        while (length > BLOCK) {
            for (int b = 0; b < blocks; b++) {
                radix4(a, b * length, length / 4, t, blocks + b, tables.q);
            }
            blocks *= 4;
            length /= 4;
        }
        for (int b = 0; b < blocks; b++) {
            block(a, b * length, length, t, blocks + b, tables);
        }
    }

    private static void block(double[] a, int from, int size, NttTables.Twiddles t, int root, NttTables tables) {
        int blocks = 1;
        int length = size;
        if ((Integer.numberOfTrailingZeros(size) & 1) == 0) {
            radix2Reduced(a, from, length / 2, t, root, tables.q, tables.qInv);
            blocks = 2;
        } else {
            radix4Reduced(a, from, length / 4, t, root, tables.q, tables.qInv);
            blocks = 4;
        }
        length /= blocks;
        for (; length > 8; length /= 4, blocks *= 4) {
            for (int b = 0; b < blocks; b++) {
                radix4(a, from + b * length, length / 4, t, root * blocks + b, tables.q);
            }
        }
        Transposition.all(a, from, size);
        for (int lane = 0; lane < 8; lane += L) {
            leaves12(a, from + lane, size, t.leaves(), from / 64 * NttTables.LANE_TABLE + lane, tables.q);
            leaves12(a, from + 8 + lane, size, t.leaves(), from / 64 * NttTables.LANE_TABLE + lane, tables.q);
        }
        for (int lane = 0; lane < 8; lane += L) {
            leaves3(a, from + lane, size, t.leaves(), from / 64 * NttTables.LANE_TABLE + 48 + lane, tables);
        }
    }

    private static void radix2Reduced(
            double[] a, int from, int t, NttTables.Twiddles twiddles, int node, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        DoubleVector w1 = all(twiddles.w()[node]);
        DoubleVector q1 = all(twiddles.wOverQ()[node]);
        for (int j = from; j < from + t; j += L) {
            DoubleVector x0 = reduce(load(a, j), plusQ, inverse, round);
            DoubleVector x1 = multiply(load(a, j + t), w1, q1, roundQ, minusQ, round);
            x0.add(x1).intoArray(a, j);
            x0.sub(x1).intoArray(a, j + t);
        }
    }

    private static void radix4Reduced(
            double[] a, int from, int t, NttTables.Twiddles twiddles, int node, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector plusQ = all(q);
        DoubleVector inverse = all(qInv);
        for (int j = from; j < from + t; j += L) {
            reduce(load(a, j), plusQ, inverse, round).intoArray(a, j);
        }
        radix4(a, from, t, twiddles, node, q);
    }

    private static void radix4(double[] a, int from, int t, NttTables.Twiddles twiddles, int node, double q) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector minusQ = all(-q);
        DoubleVector w1 = all(twiddles.w()[node]);
        DoubleVector w2 = all(twiddles.w()[2 * node]);
        DoubleVector w3 = all(twiddles.w()[2 * node + 1]);
        DoubleVector q1 = all(twiddles.wOverQ()[node]);
        DoubleVector q2 = all(twiddles.wOverQ()[2 * node]);
        DoubleVector q3 = all(twiddles.wOverQ()[2 * node + 1]);
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

    /** Splits into 4 and 2 on the rows 0, 2, 4, 6 after from of every 64. */
    private static void leaves12(double[] a, int from, int size, double[] leaves, int table, double q) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector minusQ = all(-q);
        int o = table;
        for (int j = from; j < from + size; j += 64, o += NttTables.LANE_TABLE) {
            DoubleVector w1 = load(leaves, o);
            DoubleVector q1 = load(leaves, o + 8);
            DoubleVector x0 = load(a, j);
            DoubleVector x1 = load(a, j + 16);
            DoubleVector x2 = multiply(load(a, j + 32), w1, q1, roundQ, minusQ, round);
            DoubleVector x3 = multiply(load(a, j + 48), w1, q1, roundQ, minusQ, round);
            DoubleVector y0 = x0.add(x2);
            DoubleVector y2 = x0.sub(x2);
            DoubleVector y1 = multiply(x1.add(x3), load(leaves, o + 16), load(leaves, o + 24), roundQ, minusQ, round);
            DoubleVector y3 = multiply(x1.sub(x3), load(leaves, o + 32), load(leaves, o + 40), roundQ, minusQ, round);
            y0.add(y1).intoArray(a, j);
            y0.sub(y1).intoArray(a, j + 16);
            y2.add(y3).intoArray(a, j + 32);
            y2.sub(y3).intoArray(a, j + 48);
        }
    }

    /** Splits into single coefficients, and the final reduction. */
    private static void leaves3(double[] a, int from, int size, double[] leaves, int table, NttTables tables) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * tables.q);
        DoubleVector plusQ = all(tables.q);
        DoubleVector minusQ = all(-tables.q);
        DoubleVector inverse = all(tables.qInv);
        int o = table;
        for (int j = from; j < from + size; j += 64, o += NttTables.LANE_TABLE) {
            for (int k = 0; k < 64; k += 16) {
                DoubleVector x = load(a, j + k);
                DoubleVector y = multiply(
                        load(a, j + k + 8), load(leaves, o + k), load(leaves, o + k + 8), roundQ, minusQ, round);
                reduce(x.add(y), plusQ, inverse, round).intoArray(a, j + k);
                reduce(x.sub(y), plusQ, inverse, round).intoArray(a, j + k + 8);
            }
        }
    }
}
