package io.github.hecnn.core.internal.kernel.vector.transform;

import io.github.hecnn.core.internal.kernel.NttTables;
import io.github.hecnn.core.internal.kernel.NttTables.Twiddles;
import io.github.hecnn.core.internal.kernel.NttTables.Wing;

/**
 * The twiddles of the vector transforms, which take the last three splits in 8 lanes: by node for 8 coefficients and more. Leaves are two arrays, for each
 * 64 coefficients 3 rows of 8 twiddles for the splits into 4 and 2, and 4 rows for the last: two, as kernels with 4 lanes read them in two passes.
 *
 * <p>Quotients of leaves by q are left to the kernel: a multiplication is cheaper than a table as large as the polynomial itself, which would have to come
 * through the caches.
 */
final class LaneTwiddles {
    /** Doubles of the first array for each 64 coefficients. */
    static final int LANES_OF_4 = 24;

    /** Doubles of the second. */
    static final int LANES_OF_2 = 32;

    private LaneTwiddles() {}

    static Twiddles forward(NttTables tables) {
        return tables.twiddles(Wing.VECTOR, false, LaneTwiddles::of);
    }

    static Twiddles inverse(NttTables tables) {
        return tables.twiddles(Wing.VECTOR, true, LaneTwiddles::of);
    }

    private static Twiddles of(NttTables tables, boolean inverse) {
        int groups = tables.degree / 64;
        double[] fours = new double[groups * LANES_OF_4];
        double[] twos = new double[groups * LANES_OF_2];
        for (int group = 0; group < groups; group++) {
            rows(tables, group, 0, inverse, fours, group * LANES_OF_4);
            rows(tables, group, 1, inverse, fours, group * LANES_OF_4 + 8);
            rows(tables, group, 2, inverse, twos, group * LANES_OF_2);
        }
        return tables.byNode(8, inverse, new double[][] {fours, twos});
    }

    /** The twiddles of the nodes a few levels below those of 8 coefficients: a row for each of 2^depth children. */
    private static void rows(NttTables tables, int group, int depth, boolean inverse, double[] out, int from) {
        for (int child = 0; child < 1 << depth; child++) {
            for (int lane = 0; lane < 8; lane++) {
                int node = ((tables.degree / 8 + group * 8 + lane) << depth) + child;
                out[from + child * 8 + lane] = tables.twiddle(node, inverse);
            }
        }
    }
}
