package io.github.hecnn.core.internal.kernel.vector.transform;

import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.L;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.all;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.load;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.multiply;

import io.github.hecnn.core.internal.kernel.NttTables;
import io.github.hecnn.core.internal.kernel.Residues;
import io.github.hecnn.core.internal.kernel.vector.transform.NttPass.Step;
import java.util.List;
import jdk.incubator.vector.DoubleVector;

/**
 * The end of {@link VectorNtt} with 4 lanes in each 64 coefficients: transposed as 8 x 8, so that every column has a node of 8, and split three
 * times with twiddles for each. Passes of their own, as there may be only 16 registers; with 8 lanes it is {@link VectorNttNodes64}.
 */
final class VectorNttLeaves {
    private VectorNttLeaves() {}

    static List<Step> steps() {
        return List.of(
                new Step(Transposition::pass, 64),
                new Step(VectorNttLeaves::leaves12, 8),
                new Step(VectorNttLeaves::leaves3, 2));
    }

    private static void leaves12(NttTables tables, double[] a, int from, int size, int length, int node) {
        double[] leaves = LaneTwiddles.forward(tables).leaves()[0];
        int table = from / 64 * LaneTwiddles.LANES_OF_4;
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
        for (int j = from; j < from + size; j += 64, o += LaneTwiddles.LANES_OF_4) {
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
        double[] leaves = LaneTwiddles.forward(tables).leaves()[1];
        int table = from / 64 * LaneTwiddles.LANES_OF_2;
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
}
