package io.github.hecnn.ckks.volley;

import io.github.hecnn.ckks.error.InvalidParametersException;

/**
 * Where the entries of A (m x n), of B transposed (p x n) and of A B (m x p) lie. Immutable.
 *
 * <p><b>Stride</b> f: the power of two from n (or from p, if that is larger) upwards. A vector of slots has R = slots / f rows of
 * f columns. <b>Period</b> q: the power of two from p upwards; q must not exceed R.
 *
 * <p><b>Left</b>, A: R rows a vector, row by row from slot 0, zeros where there is no entry. Two vectors share one ciphertext:
 * the second is its imaginary part ("a pair").
 *
 * <p><b>Right</b>, B transposed: row i of the one vector holds column i mod q of B; rows of missing columns are zero.
 *
 * <p><b>Product</b>, A B: a row of slots is cut into blocks of {@link #blockWidth()} columns. Row i, block r of a product vector
 * holds, in every one of these columns, the entry of A's row (i - r) mod R and of B's column i mod q. That is where the Volley
 * Revolver's turn r leaves it: it keeps "position (i, (i + r) mod m)", here counted from the row of B. If a row of slots has room
 * for more than q blocks, several pairs of A share a product vector: pair k of the group in blocks k q .. k q + q - 1. Product
 * vectors are real, two a group, first those of the pairs' real and then of their imaginary parts; one only if A fits in a single
 * vector.
 *
 * @param slots slots of a vector, a power of two
 * @param left shape of A, m x n
 * @param rightColumns columns of B, p
 */
public record VolleyLayout(int slots, MatrixShape left, int rightColumns) {
    /**
     * Checks that the matrices fit.
     *
     * @throws InvalidParametersException if slots is no power of two, p is below 1, or q rows of f columns exceed the slots
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
        long needed = ceilingPower(Math.max(left.columns(), rightColumns)) * ceilingPower(rightColumns);
        if (needed > slots) {
            throw new InvalidParametersException(
                    "VolleyLayout: expected a matrix B that fits in " + slots + " slots, found "
                            + left.columns() + " x " + rightColumns + ", which takes " + needed
                            + "; use a larger ring or split B by columns");
        }
    }

    /**
     * A layout by its numbers.
     *
     * @param slots slots of a vector, a power of two
     * @param m rows of A
     * @param n columns of A and rows of B
     * @param p columns of B
     * @return the layout
     * @throws InvalidParametersException as the constructor, or if m or n is below 1
     */
    public static VolleyLayout of(int slots, int m, int n, int p) {
        return new VolleyLayout(slots, new MatrixShape(m, n), p);
    }

    private static long ceilingPower(int x) {
        return x == 1 ? 1 : Long.highestOneBit(x - 1L) << 1;
    }

    /**
     * Shape of B transposed.
     *
     * @return p x n
     */
    public MatrixShape right() {
        return new MatrixShape(rightColumns, left.columns());
    }

    /**
     * Shape of A B.
     *
     * @return m x p
     */
    public MatrixShape product() {
        return new MatrixShape(left.rows(), rightColumns);
    }

    /**
     * Slots from one row to the next, f.
     *
     * @return a power of two
     */
    public int stride() {
        return (int) ceilingPower(Math.max(left.columns(), rightColumns));
    }

    /**
     * Rows of a vector, R.
     *
     * @return slots / stride
     */
    public int rowsPerVector() {
        return slots / stride();
    }

    /**
     * Rows after which B transposed repeats, q.
     *
     * @return a power of two
     */
    public int period() {
        return (int) ceilingPower(rightColumns);
    }

    /**
     * Vectors that A takes.
     *
     * @return m / R, rounded up
     */
    public int leftVectors() {
        return (left.rows() - 1) / rowsPerVector() + 1;
    }

    /**
     * Whether vectors of A travel in pairs as complex numbers.
     *
     * @return true if there are at least two of them
     */
    public boolean paired() {
        return leftVectors() > 1;
    }

    /**
     * Ciphertexts that A takes, two vectors in each.
     *
     * @return half of {@link #leftVectors()}, rounded up
     */
    public int pairs() {
        return (leftVectors() + 1) / 2;
    }

    /**
     * Pairs of A that share a product vector.
     *
     * @return a power of two; stride / period at most
     */
    public int pairsPerGroup() {
        return (int) Math.min(ceilingPower(pairs()), stride() / period());
    }

    /**
     * Groups of pairs.
     *
     * @return pairs / pairsPerGroup, rounded up
     */
    public int groups() {
        return (pairs() - 1) / pairsPerGroup() + 1;
    }

    /**
     * Vectors that A B takes.
     *
     * @return two a group, or one if A is a single vector
     */
    public int productVectors() {
        return paired() ? 2 * groups() : 1;
    }

    /**
     * Blocks in a row of a product vector.
     *
     * @return period times pairsPerGroup, a power of two
     */
    public int blocks() {
        return period() * pairsPerGroup();
    }

    /**
     * Columns of a block of a product vector.
     *
     * @return stride / blocks, a power of two
     */
    public int blockWidth() {
        return stride() / blocks();
    }

    /** Row of A that a place of a product vector belongs to; may be past the last one. */
    int leftRowAt(int productVector, int row, int block) {
        int pair = productVector / 2 * pairsPerGroup() + block / period();
        int vector = paired() ? 2 * pair + productVector % 2 : pair;
        return vector * rowsPerVector() + Math.floorMod(row - block % period(), rowsPerVector());
    }
}
