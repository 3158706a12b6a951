package io.github.hecnn.core.internal.kernel;

import static io.github.hecnn.core.internal.kernel.Lanes.L;
import static io.github.hecnn.core.internal.kernel.Lanes.all;
import static io.github.hecnn.core.internal.kernel.Lanes.load;
import static io.github.hecnn.core.internal.kernel.Lanes.multiply;
import static io.github.hecnn.core.internal.kernel.Lanes.reduce;

import jdk.incubator.vector.DoubleVector;

/**
 * The inverse NTT with the Vector API: {@link VectorNtt} backwards, with Gentleman-Sande steps.
 *
 * <p><b>Growth</b>, in units of q. A radix-4 step of inputs up to b gives a sum of all four, reduced at once to 1/2; a sum of two
 * products, at most 2*(1/2 + 2b/64); and two products, at most 1/2 + 4b/64 and 1/2 + (1 + 4b/64)/64. The first step, radix 2, does not reduce and gives
 * b = 1. So b stays under 1.08, and what is multiplied or reduced under 4.4, of the 8 that are allowed. The last step multiplies
 * everything by 1/N and reduces it.
 */
final class VectorInverseNtt {
    private VectorInverseNtt() {}

    static void inverse(NttTables tables, double[] a) {
        NttTables.Twiddles t = tables.inverseLanes();
        int length = a.length;
        int blocks = 1;
        while (length > VectorNtt.BLOCK) {
            length /= 4;
            blocks *= 4;
        }
        for (int b = 0; b < blocks; b++) {
            block(a, b * length, length, t, blocks + b, tables);
        }
        while (blocks > 4) {
            length *= 4;
            blocks /= 4;
            for (int b = 0; b < blocks; b++) {
                radix4(a, b * length, length / 4, t, blocks + b, tables.q, tables.qInv);
            }
        }
        if (blocks == 4) {
            last4(a, t, tables);
        }
    }

    private static void block(double[] a, int from, int size, NttTables.Twiddles t, int root, NttTables tables) {
        int table = from / 64 * NttTables.LANE_TABLE;
        for (int lane = 0; lane < 8; lane += L) {
            leaves3(a, from + lane, size, t.leaves(), table + 48 + lane, tables.q);
        }
        for (int lane = 0; lane < 8; lane += L) {
            leaves12(a, from + lane, size, t.leaves(), table + lane, tables.q, tables.qInv);
            leaves12(a, from + 8 + lane, size, t.leaves(), table + lane, tables.q, tables.qInv);
        }
        Transposition.all(a, from, size);
        boolean last = size == a.length;
        boolean odd = (Integer.numberOfTrailingZeros(size) & 1) == 0;
        int top = odd ? 2 : 4;
        int length = 32;
        for (int blocks = size / length; blocks >= top; blocks /= 4, length *= 4) {
            for (int b = 0; b < blocks; b++) {
                radix4(a, from + b * length, length / 4, t, root * blocks + b, tables.q, tables.qInv);
            }
        }
        if (last && odd) {
            last2(a, t, tables);
        } else if (last) {
            last4(a, t, tables);
        } else if (odd) {
            radix2(a, from, size / 2, t, root, tables.q, tables.qInv);
        } else {
            radix4(a, from, size / 4, t, root, tables.q, tables.qInv);
        }
    }

    private static void leaves3(double[] a, int from, int size, double[] leaves, int table, double q) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector minusQ = all(-q);
        int o = table;
        for (int j = from; j < from + size; j += 64, o += NttTables.LANE_TABLE) {
            for (int k = 0; k < 64; k += 16) {
                DoubleVector x = load(a, j + k);
                DoubleVector y = load(a, j + k + 8);
                x.add(y).intoArray(a, j + k);
                multiply(x.sub(y), load(leaves, o + k), load(leaves, o + k + 8), roundQ, minusQ, round)
                        .intoArray(a, j + k + 8);
            }
        }
    }

    private static void leaves12(double[] a, int from, int size, double[] leaves, int table, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        int o = table;
        for (int j = from; j < from + size; j += 64, o += NttTables.LANE_TABLE) {
            DoubleVector x0 = load(a, j);
            DoubleVector x1 = load(a, j + 16);
            DoubleVector x2 = load(a, j + 32);
            DoubleVector x3 = load(a, j + 48);
            DoubleVector d0 = multiply(x0.sub(x1), load(leaves, o + 16), load(leaves, o + 24), roundQ, minusQ, round);
            DoubleVector d1 = multiply(x2.sub(x3), load(leaves, o + 32), load(leaves, o + 40), roundQ, minusQ, round);
            DoubleVector s0 = x0.add(x1);
            DoubleVector s1 = x2.add(x3);
            DoubleVector w1 = load(leaves, o);
            DoubleVector q1 = load(leaves, o + 8);
            reduce(s0.add(s1), plusQ, inverse, round).intoArray(a, j);
            d0.add(d1).intoArray(a, j + 16);
            multiply(s0.sub(s1), w1, q1, roundQ, minusQ, round).intoArray(a, j + 32);
            multiply(d0.sub(d1), w1, q1, roundQ, minusQ, round).intoArray(a, j + 48);
        }
    }

    private static void radix2(
            double[] a, int from, int t, NttTables.Twiddles twiddles, int node, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        DoubleVector w1 = all(twiddles.w()[node]);
        DoubleVector q1 = all(twiddles.wOverQ()[node]);
        for (int j = from; j < from + t; j += L) {
            DoubleVector x0 = load(a, j);
            DoubleVector x1 = load(a, j + t);
            reduce(x0.add(x1), plusQ, inverse, round).intoArray(a, j);
            multiply(x0.sub(x1), w1, q1, roundQ, minusQ, round).intoArray(a, j + t);
        }
    }

    private static void radix4(
            double[] a, int from, int t, NttTables.Twiddles twiddles, int node, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        DoubleVector w1 = all(twiddles.w()[node]);
        DoubleVector w2 = all(twiddles.w()[2 * node]);
        DoubleVector w3 = all(twiddles.w()[2 * node + 1]);
        DoubleVector q1 = all(twiddles.wOverQ()[node]);
        DoubleVector q2 = all(twiddles.wOverQ()[2 * node]);
        DoubleVector q3 = all(twiddles.wOverQ()[2 * node + 1]);
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

    private static void last2(double[] a, NttTables.Twiddles twiddles, NttTables tables) {
        double[] w = tables.lastStep(twiddles);
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
        int t = a.length / 2;
        for (int j = 0; j < t; j += L) {
            DoubleVector x0 = load(a, j);
            DoubleVector x1 = load(a, j + t);
            DoubleVector y0 = multiply(x0.add(x1), w0, q0, roundQ, minusQ, round);
            DoubleVector y1 = multiply(x0.sub(x1), w1, q1, roundQ, minusQ, round);
            reduce(y0, plusQ, inverse, round).intoArray(a, j);
            reduce(y1, plusQ, inverse, round).intoArray(a, j + t);
        }
    }

    private static void last4(double[] a, NttTables.Twiddles twiddles, NttTables tables) {
        double[] w = tables.lastStep(twiddles);
        double q = tables.q;
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(tables.qInv);
        int t = a.length / 4;
        for (int j = 0; j < t; j += L) {
            DoubleVector x0 = load(a, j);
            DoubleVector x1 = load(a, j + t);
            DoubleVector x2 = load(a, j + 2 * t);
            DoubleVector x3 = load(a, j + 3 * t);
            DoubleVector d0 = multiply(x0.sub(x1), all(w[6]), all(w[7]), roundQ, minusQ, round);
            DoubleVector d1 = multiply(x2.sub(x3), all(w[8]), all(w[9]), roundQ, minusQ, round);
            DoubleVector s0 = x0.add(x1);
            DoubleVector s1 = x2.add(x3);
            DoubleVector y0 = multiply(s0.add(s1), all(w[0]), all(w[1]), roundQ, minusQ, round);
            DoubleVector y2 = multiply(s0.sub(s1), all(w[4]), all(w[5]), roundQ, minusQ, round);
            DoubleVector y3 = multiply(d0.sub(d1), all(w[2]), all(w[3]), roundQ, minusQ, round);
            reduce(y0, plusQ, inverse, round).intoArray(a, j);
            reduce(d0.add(d1), plusQ, inverse, round).intoArray(a, j + t);
            reduce(y2, plusQ, inverse, round).intoArray(a, j + 2 * t);
            reduce(y3, plusQ, inverse, round).intoArray(a, j + 3 * t);
        }
    }
}
