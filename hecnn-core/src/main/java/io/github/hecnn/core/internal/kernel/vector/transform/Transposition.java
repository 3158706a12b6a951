package io.github.hecnn.core.internal.kernel.vector.transform;

import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.K1;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.K2;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.L;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.X1;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.X2;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.load;

import io.github.hecnn.core.internal.kernel.NttTables;
import jdk.incubator.vector.DoubleVector;

/**
 * Transposes every 64 coefficients as an 8 x 8 matrix, in place, with vectors of 4 lanes: exchanges one bit of the row with one of the column at a
 * time. With 8 lanes {@link VectorNttNodes64} does it in registers.
 */
final class Transposition {
    private Transposition() {}

    static void pass(NttTables tables, double[] a, int from, int size, int length, int node) {
        for (int j = from; j < from + size; j += 64) {
            for (int k = 0; k < 32; k += 8) {
                swapHalves(a, j + k);
            }
            for (int k = 0; k < 8; k += L) {
                swap21(a, j, k);
                swap21(a, j + 32, k);
            }
        }
    }

    /** Bit 4 of the row with bit 4 of the column: an exchange of whole vectors. */
    private static void swapHalves(double[] a, int j) {
        DoubleVector x = load(a, j + 4);
        load(a, j + 32).intoArray(a, j + 4);
        x.intoArray(a, j + 32);
    }

    /** Bits 2 and 1, in the four rows from j on. */
    private static void swap21(double[] a, int block, int lane) {
        int j = block + lane;
        DoubleVector a0 = load(a, j);
        DoubleVector a1 = load(a, j + 8);
        DoubleVector a2 = load(a, j + 16);
        DoubleVector a3 = load(a, j + 24);
        DoubleVector b0 = a0.blend(a2.rearrange(X2), K2);
        DoubleVector b2 = a0.rearrange(X2).blend(a2, K2);
        DoubleVector b1 = a1.blend(a3.rearrange(X2), K2);
        DoubleVector b3 = a1.rearrange(X2).blend(a3, K2);
        b0.blend(b1.rearrange(X1), K1).intoArray(a, j);
        b0.rearrange(X1).blend(b1, K1).intoArray(a, j + 8);
        b2.blend(b3.rearrange(X1), K1).intoArray(a, j + 16);
        b2.rearrange(X1).blend(b3, K1).intoArray(a, j + 24);
    }
}
