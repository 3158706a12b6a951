package io.github.hecnn.ckks.volley;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.cost.OperationPrices;
import io.github.hecnn.ckks.error.InvalidParametersException;

/**
 * Where the entries of A (m x n), of B transposed (p x n) and of A B (m x p) lie. Any shapes fit: what is too large for a vector of slots
 * takes several. Immutable.
 *
 * <p><b>Tiles.</b> The n columns of A and rows of B are cut into {@link #innerTiles()} tiles of f = {@link #stride()}, the p columns of B into
 * {@link #columnTiles()} tiles of q = {@link #period()}; the last ones may be smaller, and are padded with zeros. f and q are powers of two, q at
 * most f, and f q at most the slots. A vector of slots has R = slots / f rows of f columns.
 *
 * <p><b>Left</b>, A: tile by tile of its columns, R rows a vector, row by row from slot 0, zeros where there is no entry. Two vectors of a tile share
 * one ciphertext: the second is its imaginary part ("a pair").
 *
 * <p><b>Right</b>, B transposed: a vector for each tile of columns of B and each inner tile, the latter in turn first. Row i of it holds column i mod q
 * of the tile; rows of missing columns are zero.
 *
 * <p><b>Product</b>, A B, tile by tile of columns of B: a row of slots is cut into blocks of {@link #blockWidth()} columns. Row i, block r of a product vector
 * holds, in every one of these columns, the entry of A's row (i - r) mod R and of column i mod q of the tile. That is where the Volley
 * Revolver's turn r leaves it: it keeps "position (i, (i + r) mod m)", here counted from the row of B. If a row of slots has room
 * for more than q blocks, several pairs of A share a product vector: pair k of the group in blocks k q .. k q + q - 1. Product
 * vectors are real, two a group, first those of the pairs' real and then of their imaginary parts; one only if the rows of A fit in a single
 * vector.
 *
 * @param slots slots of a vector, a power of two
 * @param left shape of A, m x n
 * @param rightColumns columns of B, p
 * @param stride slots from one row to the next, f, and columns of A in an inner tile
 * @param period rows after which a vector of B transposed repeats, q, and columns of B in a tile
 */
public record VolleyLayout(int slots, MatrixShape left, int rightColumns, int stride, int period) {
    private static final double ROTATION = OperationPrices.typical(Operation.ROTATION);
    private static final double PLAIN_TERM = OperationPrices.typical(Operation.PLAIN_TERM);
    private static final double PRODUCT_TERM = OperationPrices.typical(Operation.PRODUCT_TERM);

    /** Products, and transposed products, for each preparation of A. */
    private static final int USES = 2;

    /**
     * Checks the numbers.
     *
     * @param slots see the component
     * @param left see the component
     * @param rightColumns see the component
     * @param stride see the component
     * @param period see the component
     * @throws InvalidParametersException if slots, stride or period is no power of two, p is below 1, the period exceeds the stride or their product
     *     the slots, or a matrix takes more than 2^20 ciphertexts
     */
    public VolleyLayout {
        if (slots < 1 || Integer.bitCount(slots) != 1) {
            throw new InvalidParametersException(
                    "VolleyLayout: expected a power of two of slots, found " + slots + "; take half the ring degree");
        }
        if (rightColumns < 1) {
            throw new InvalidParametersException("VolleyLayout: expected at least 1 column of B, found " + rightColumns
                    + "; leave empty matrices out");
        }
        if (stride < 1
                || period < 1
                || Integer.bitCount(stride) != 1
                || Integer.bitCount(period) != 1
                || period > stride
                || (long) stride * period > slots) {
            throw new InvalidParametersException(
                    "VolleyLayout: expected powers of two, a period up to the stride and both multiplied up to " + slots
                            + " slots, found stride " + stride + " and period " + period
                            + "; take VolleyLayout.of(slots, m, n, p)");
        }
        long needed = VolleySizes.ciphertexts(slots, left, rightColumns, stride, period);
        if (needed > VolleySizes.MOST_CIPHERTEXTS) {
            throw VolleySizes.tooLarge(slots, left, rightColumns, needed);
        }
    }

    /**
     * The layout of least estimated work for these matrices: B in a single vector if it fits in one.
     *
     * @param slots slots of a vector, a power of two
     * @param m rows of A
     * @param n columns of A and rows of B
     * @param p columns of B
     * @return the layout
     * @throws InvalidParametersException if slots is no power of two, m, n or p is below 1, or a matrix takes more than 2^20 ciphertexts
     */
    public static VolleyLayout of(int slots, int m, int n, int p) {
        return cheapest(slots, new MatrixShape(m, n), p);
    }

    /** B in a single vector if it fits, whatever that costs; otherwise the least work, and among equals the fewest ciphertexts of B. */
    private static VolleyLayout cheapest(int slots, MatrixShape left, int rightColumns) {
        if (slots < 1 || Integer.bitCount(slots) != 1 || rightColumns < 1) {
            return new VolleyLayout(slots, left, rightColumns, 1, 1); // refuses
        }
        long stride = VolleySizes.ceilingPower(Math.max(left.columns(), rightColumns));
        long period = VolleySizes.ceilingPower(rightColumns);
        if (stride * period <= slots) {
            return new VolleyLayout(slots, left, rightColumns, (int) stride, (int) period);
        }
        VolleyLayout best = null;
        long fewest = Long.MAX_VALUE;
        for (int q = 1; q <= Math.min(period, slots / q); q *= 2) {
            for (int f = q; f <= Math.min(stride, slots / q); f *= 2) {
                long needed = VolleySizes.ciphertexts(slots, left, rightColumns, f, q);
                fewest = Math.min(fewest, needed);
                if (needed <= VolleySizes.MOST_CIPHERTEXTS) {
                    VolleyLayout next = new VolleyLayout(slots, left, rightColumns, f, q);
                    if (best == null || compare(next, best) < 0) {
                        best = next;
                    }
                }
            }
        }
        if (best == null) {
            throw VolleySizes.tooLarge(slots, left, rightColumns, fewest);
        }
        return best;
    }

    private static int compare(VolleyLayout a, VolleyLayout b) {
        int byCost = Double.compare(cost(a), cost(b));
        return byCost != 0 ? byCost : Integer.compare(a.rightVectors(), b.rightVectors());
    }

    /** Of a preparation, two products and two transposed products, in thousandths of a key switch. */
    private static double cost(VolleyLayout layout) {
        double inner = layout.innerTiles();
        double columns = layout.columnTiles();
        double groups = layout.tileGroups();
        double blocks = layout.blocks();
        TravelPlan plan = layout.travelPlan();
        double sums = Math.log(layout.blockWidth()) / Math.log(2);
        double rows = Math.log((double) layout.rowsPerVector() / layout.period()) / Math.log(2);
        double conjugations = layout.paired() ? 1 : 0;
        double turns = (double) layout.tilePairs() * (layout.period() - 1) + groups * (2 * blocks - 1);
        double preparation = inner * (turns * ROTATION + layout.tilePairs() * layout.period() * blocks * PLAIN_TERM);
        double spread = columns * groups * (2 * sums + conjugations);
        double gathered = columns * inner * (rows + conjugations);
        double products = columns * inner * groups * (2 * blocks - 1) * PRODUCT_TERM;
        return preparation + USES * (plan.cost() + (spread + gathered) * ROTATION + 2 * products);
    }

    /** {@return shape of B transposed, p x n} */
    public MatrixShape right() {
        return new MatrixShape(rightColumns, left.columns());
    }

    /** {@return shape of A B, m x p} */
    public MatrixShape product() {
        return new MatrixShape(left.rows(), rightColumns);
    }

    /** {@return tiles that the columns of A, and rows of B, are cut into: n / f, rounded up} */
    public int innerTiles() {
        return (left.columns() - 1) / stride + 1;
    }

    /** {@return tiles that the columns of B are cut into: p / q, rounded up} */
    public int columnTiles() {
        return (rightColumns - 1) / period + 1;
    }

    /** {@return rows of a vector, R: slots / stride} */
    public int rowsPerVector() {
        return slots / stride;
    }

    /** Vectors that an inner tile of A takes. */
    private int tileVectors() {
        return (left.rows() - 1) / rowsPerVector() + 1;
    }

    /** {@return vectors that A takes: m / R, rounded up, for each inner tile} */
    public int leftVectors() {
        return innerTiles() * tileVectors();
    }

    /** {@return vectors, and ciphertexts, that B takes: one for each tile of columns and each inner tile} */
    public int rightVectors() {
        return columnTiles() * innerTiles();
    }

    /** {@return whether vectors of A travel in pairs as complex numbers: if there are at least two of an inner tile} */
    public boolean paired() {
        return tileVectors() > 1;
    }

    /** Ciphertexts that an inner tile of A takes. */
    int tilePairs() {
        return (tileVectors() + 1) / 2;
    }

    /** {@return ciphertexts that A takes, two vectors of a tile in each: half of m / R, rounded up, for each inner tile} */
    public int pairs() {
        return innerTiles() * tilePairs();
    }

    /** {@return pairs of A that share a product vector: a power of two, stride / period at most} */
    public int pairsPerGroup() {
        return (int) Math.min(VolleySizes.ceilingPower(tilePairs()), stride / period);
    }

    /** Groups of the pairs of an inner tile of A, and groups of product vectors of a tile of columns of B. */
    int tileGroups() {
        return (tilePairs() - 1) / pairsPerGroup() + 1;
    }

    /**
     * Groups of product vectors.
     *
     * @return pairs of an inner tile / pairsPerGroup, rounded up, for each tile of columns of B
     */
    public int groups() {
        return columnTiles() * tileGroups();
    }

    /** Product vectors of a tile of columns of B. */
    int tileProductVectors() {
        return paired() ? 2 * tileGroups() : 1;
    }

    /**
     * Vectors that A B takes.
     *
     * @return for each tile of columns of B two a group, or one if the rows of A fit in a single vector
     */
    public int productVectors() {
        return columnTiles() * tileProductVectors();
    }

    /** {@return blocks in a row of a product vector: period times pairsPerGroup, a power of two} */
    public int blocks() {
        return period * pairsPerGroup();
    }

    /** {@return columns of a block of a product vector: stride / blocks, a power of two} */
    public int blockWidth() {
        return stride / blocks();
    }

    /**
     * Ciphertexts that A takes in all its turns ({@link VolleyRevolver#revolve}), for estimates of memory.
     *
     * @return at most; 2 blocks - 1 for each group of pairs
     */
    public int revolvedCiphertexts() {
        return innerTiles() * tileGroups() * (2 * blocks() - 1);
    }

    /** Row of A that a place of a product vector, counted within its tile, belongs to; may be past the last one. */
    int leftRowAt(int productVector, int row, int block) {
        int pair = productVector / 2 * pairsPerGroup() + block / period;
        int vector = paired() ? 2 * pair + productVector % 2 : pair;
        return vector * rowsPerVector() + Math.floorMod(row - block % period, rowsPerVector());
    }

    /** The plan by which parts of products travel. */
    TravelPlan travelPlan() {
        int turns = period * Math.min(tilePairs(), pairsPerGroup());
        return TravelPlan.cheapest(turns, blocks(), tileGroups(), innerTiles(), columnTiles());
    }
}
