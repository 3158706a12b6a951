package io.github.hecnn.core.internal.kernel.portable;

import io.github.hecnn.core.internal.kernel.NttTables;
import io.github.hecnn.core.internal.kernel.NttTables.Twiddles;
import io.github.hecnn.core.internal.kernel.NttTables.Wing;

/**
 * The twiddles of the portable transforms, which take the last splits in columns of {@link PortableMatrix}: by node for nodes as wide as a row
 * and wider. Leaves: by node below the rows' nodes, 1 at the top, an array with the twiddle of that node for each row.
 */
final class ColumnTwiddles {
    private ColumnTwiddles() {}

    static Twiddles forward(NttTables tables) {
        return tables.twiddles(Wing.PORTABLE, false, ColumnTwiddles::of);
    }

    static Twiddles inverse(NttTables tables) {
        return tables.twiddles(Wing.PORTABLE, true, ColumnTwiddles::of);
    }

    private static Twiddles of(NttTables tables, boolean inverse) {
        int columns = 1 << PortableMatrix.logColumns(tables.logDegree);
        int rows = tables.degree / columns;
        double[][] leaves = new double[columns][];
        for (int node = 1; node < columns; node++) {
            int depth = 31 - Integer.numberOfLeadingZeros(node);
            int child = node - (1 << depth);
            leaves[node] = new double[rows];
            for (int row = 0; row < rows; row++) {
                leaves[node][row] = tables.twiddle(((rows + row) << depth) + child, inverse);
            }
        }
        return tables.byNode(columns, inverse, leaves);
    }
}
