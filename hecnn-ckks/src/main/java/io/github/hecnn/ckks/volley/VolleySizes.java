package io.github.hecnn.ckks.volley;

import io.github.hecnn.ckks.error.InvalidParametersException;

/** How many ciphertexts the tiles of a {@link VolleyLayout} take, and the refusal of too many. */
final class VolleySizes {
    /** Most ciphertexts that one of the matrices, or A in all its turns, may take. */
    static final long MOST_CIPHERTEXTS = 1 << 20;

    private VolleySizes() {}

    static long ceilingPower(int x) {
        return x == 1 ? 1 : Long.highestOneBit(x - 1L) << 1;
    }

    static InvalidParametersException tooLarge(int slots, MatrixShape left, int rightColumns, long needed) {
        return new InvalidParametersException("VolleyLayout: expected matrices of at most "
                + MOST_CIPHERTEXTS + " ciphertexts of " + slots + " slots, found " + needed + " for "
                + left + " times " + left.columns() + " x " + rightColumns
                + "; use a larger ring or smaller matrices");
    }

    /** Of the largest of A, B, A B and A in all its turns. */
    static long ciphertexts(int slots, MatrixShape left, int rightColumns, int stride, int period) {
        long inner = (left.columns() - 1L) / stride + 1;
        long columns = (rightColumns - 1L) / period + 1;
        long vectors = (left.rows() - 1L) / (slots / stride) + 1;
        long pairs = (vectors + 1) / 2;
        long perGroup = Math.min(ceilingPower((int) pairs), stride / period);
        long groups = (pairs - 1) / perGroup + 1;
        long revolved = inner * groups * (2L * period * perGroup - 1);
        return Math.max(Math.max(inner * pairs, inner * columns), Math.max(2 * groups * columns, revolved));
    }
}
