package io.github.hecnn.ckks.volley;

import io.github.hecnn.ckks.circuit.PlainVector;
import io.github.hecnn.ckks.error.MismatchException;
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
     * @param vector the decrypted vector; imaginary parts are left out
     * @return [p][n]
     * @throws MismatchException if it has another number of slots than the layout
     */
    public double[][] right(PlainVector vector) {
        size("VolleyDecoder.right", vector);
        double[][] out = new double[layout.rightColumns()][layout.left().columns()];
        for (int j = 0; j < out.length; j++) {
            for (int k = 0; k < out[j].length; k++) {
                out[j][k] = vector.re(j * layout.stride() + k);
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
        if (vectors.size() != layout.productVectors()) {
            throw new MismatchException("VolleyDecoder.product: expected " + layout.productVectors()
                    + " vectors, found " + vectors.size() + "; give all vectors of the product");
        }
        double[][] out = new double[layout.left().rows()][layout.rightColumns()];
        for (int v = 0; v < vectors.size(); v++) {
            size("VolleyDecoder.product", vectors.get(v));
            for (int row = 0; row < layout.rowsPerVector(); row++) {
                for (int block = 0; block < layout.blocks(); block++) {
                    int leftRow = layout.leftRowAt(v, row, block);
                    int column = row % layout.period();
                    if (leftRow < out.length && column < layout.rightColumns()) {
                        out[leftRow][column] = vectors.get(v).re(row * layout.stride() + block * layout.blockWidth());
                    }
                }
            }
        }
        return out;
    }

    private void size(String operation, PlainVector vector) {
        if (vector.size() != layout.slots()) {
            throw new MismatchException(operation + ": expected vectors of " + layout.slots() + " slots, found "
                    + vector.size() + "; decode with the layout of the matrix");
        }
    }
}
