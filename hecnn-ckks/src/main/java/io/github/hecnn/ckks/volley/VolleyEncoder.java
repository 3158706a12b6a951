package io.github.hecnn.ckks.volley;

import io.github.hecnn.ckks.slots.PlainVector;
import java.util.ArrayList;
import java.util.List;

/** Lays plain matrices out in slots, as {@link VolleyLayout} describes. Immutable and thread-safe. */
public final class VolleyEncoder {
    private final VolleyLayout layout;

    /**
     * An encoder for one layout.
     *
     * @param layout where the entries go
     */
    public VolleyEncoder(VolleyLayout layout) {
        this.layout = layout;
    }

    /**
     * A, two vectors of a tile of it in each result as real and imaginary part.
     *
     * @param a [m][n], finite
     * @return one vector for each pair, tile by tile; real if the rows of A fit in a single one
     * @throws io.github.hecnn.ckks.error.MismatchException if a has another shape
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if an entry is not finite
     */
    public List<PlainVector> left(double[][] a) {
        layout.left().check("VolleyEncoder.left", a);
        List<PlainVector> out = new ArrayList<>();
        for (int tile = 0; tile < layout.innerTiles(); tile++) {
            for (int pair = 0; pair < layout.tilePairs(); pair++) {
                double[] re = leftVector(a, tile, layout.paired() ? 2 * pair : pair);
                out.add(
                        layout.paired()
                                ? PlainVector.complex(re, leftVector(a, tile, 2 * pair + 1))
                                : PlainVector.real(re));
            }
        }
        return List.copyOf(out);
    }

    private double[] leftVector(double[][] a, int tile, int vector) {
        double[] slots = new double[layout.slots()];
        int first = vector * layout.rowsPerVector();
        int rows = Math.min(layout.rowsPerVector(), a.length - first);
        for (int i = 0; i < rows; i++) {
            copyTile(a[first + i], tile, slots, i);
        }
        return slots;
    }

    /** The columns of an inner tile into a row of slots. */
    private void copyTile(double[] from, int tile, double[] slots, int row) {
        int start = tile * layout.stride();
        System.arraycopy(from, start, slots, row * layout.stride(), Math.min(layout.stride(), from.length - start));
    }

    /**
     * B transposed, repeated until the vectors are full.
     *
     * @param b [p][n]: the columns of B as rows; finite
     * @return one real vector for each tile of columns of B and inner tile; a single one if B fits in it
     * @throws io.github.hecnn.ckks.error.MismatchException if b has another shape
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if an entry is not finite
     */
    public List<PlainVector> right(double[][] b) {
        layout.right().check("VolleyEncoder.right", b);
        List<PlainVector> out = new ArrayList<>();
        for (int first = 0; first < b.length; first += layout.period()) {
            for (int tile = 0; tile < layout.innerTiles(); tile++) {
                double[] slots = new double[layout.slots()];
                for (int i = 0; i < layout.rowsPerVector(); i++) {
                    int column = first + i % layout.period();
                    if (column < b.length) {
                        copyTile(b[column], tile, slots, i);
                    }
                }
                out.add(PlainVector.real(slots));
            }
        }
        return List.copyOf(out);
    }

    /**
     * A matrix of the shape of A B, where a product would have its entries, in every column of their blocks; zeros where a product
     * has none.
     *
     * @param e [m][p], finite
     * @return one real vector for each product vector
     * @throws io.github.hecnn.ckks.error.MismatchException if e has another shape
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if an entry is not finite
     */
    public List<PlainVector> product(double[][] e) {
        return productVectors("VolleyEncoder.product", e, layout.blockWidth());
    }

    /**
     * A matrix of the shape of A B, where a product would have its entries, but only in the first columns of their blocks; zeros
     * elsewhere.
     *
     * @param e [m][p], finite
     * @return one real vector for each product vector
     * @throws io.github.hecnn.ckks.error.MismatchException if e has another shape
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if an entry is not finite
     */
    public List<PlainVector> sparse(double[][] e) {
        return productVectors("VolleyEncoder.sparse", e, 1);
    }

    private List<PlainVector> productVectors(String operation, double[][] e, int width) {
        layout.product().check(operation, e);
        List<PlainVector> out = new ArrayList<>();
        for (int vector = 0; vector < layout.productVectors(); vector++) {
            double[] slots = new double[layout.slots()];
            int inTile = vector % layout.tileProductVectors();
            int firstColumn = vector / layout.tileProductVectors() * layout.period();
            for (int i = 0; i < slots.length; i++) {
                int row = i / layout.stride();
                int leftRow = layout.leftRowAt(inTile, row, i % layout.stride() / layout.blockWidth());
                int column = firstColumn + row % layout.period();
                if (i % layout.blockWidth() < width && leftRow < e.length && column < layout.rightColumns()) {
                    slots[i] = e[leftRow][column];
                }
            }
            out.add(PlainVector.real(slots));
        }
        return List.copyOf(out);
    }
}
