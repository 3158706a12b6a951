package io.github.hecnn.ckks.volley;

import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.slots.PlainVector;
import java.util.List;

/** Reads plain matrices from slots laid out as {@link VolleyLayout} describes. Immutable and thread-safe. */
public final class VolleyDecoder {
    private final VolleyLayout layout;

    /**
     * A decoder for one layout.
     *
     * @param layout where the entries are
     */
    public VolleyDecoder(VolleyLayout layout) {
        this.layout = layout;
    }

    /**
     * B transposed, from its first repetition.
     *
     * @param vectors the decrypted vectors of B, in their order; imaginary parts are left out
     * @return [p][n]
     * @throws MismatchException if there are more or fewer than the layout has, or one has another number of slots
     */
    public double[][] right(List<PlainVector> vectors) {
        check("VolleyDecoder.right", vectors, layout.rightVectors());
        double[][] out = new double[layout.rightColumns()][layout.left().columns()];
        for (int j = 0; j < out.length; j++) {
            int tiles = j / layout.period() * layout.innerTiles();
            int row = j % layout.period() * layout.stride();
            for (int k = 0; k < out[j].length; k++) {
                out[j][k] = vectors.get(tiles + k / layout.stride()).re(row + k % layout.stride());
            }
        }
        return out;
    }

    /**
     * A B, from the first column of every block.
     *
     * @param vectors the decrypted product vectors, in their order; imaginary parts are left out
     * @return [m][p]
     * @throws MismatchException if there are more or fewer than the layout has, or one has another number of slots
     */
    public double[][] product(List<PlainVector> vectors) {
        check("VolleyDecoder.product", vectors, layout.productVectors());
        double[][] out = new double[layout.left().rows()][layout.rightColumns()];
        for (int v = 0; v < vectors.size(); v++) {
            int firstColumn = v / layout.tileProductVectors() * layout.period();
            for (int row = 0; row < layout.rowsPerVector(); row++) {
                for (int block = 0; block < layout.blocks(); block++) {
                    int leftRow = layout.leftRowAt(v % layout.tileProductVectors(), row, block);
                    int column = firstColumn + row % layout.period();
                    if (leftRow < out.length && column < layout.rightColumns()) {
                        out[leftRow][column] = vectors.get(v).re(row * layout.stride() + block * layout.blockWidth());
                    }
                }
            }
        }
        return out;
    }

    private void check(String operation, List<PlainVector> vectors, int expected) {
        if (vectors.size() != expected) {
            throw new MismatchException(operation + ": expected " + expected + " vectors, found " + vectors.size()
                    + "; give all vectors of the matrix");
        }
        for (PlainVector vector : vectors) {
            if (vector.size() != layout.slots()) {
                throw new MismatchException(operation + ": expected vectors of " + layout.slots() + " slots, found "
                        + vector.size() + "; decode with the layout of the matrix");
            }
        }
    }
}
