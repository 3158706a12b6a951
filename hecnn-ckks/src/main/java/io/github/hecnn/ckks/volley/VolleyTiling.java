package io.github.hecnn.ckks.volley;

import io.github.hecnn.ckks.error.InvalidParametersException;

/** Chooses the tiles of a {@link VolleyLayout}. */
final class VolleyTiling {
    /** Of a plain product of the preparation or a product of two ciphertexts, in hoisted rotations. */
    private static final double PRODUCT = 1.0 / 16;
    /** Products, and transposed products, for each preparation of A. */
    private static final int USES = 2;

    private VolleyTiling() {}

    static long ceilingPower(int x) {
        return x == 1 ? 1 : Long.highestOneBit(x - 1L) << 1;
    }

    /** B in a single vector if it fits, whatever that costs; otherwise the least work, and among equals the fewest ciphertexts of B. */
    static VolleyLayout cheapest(int slots, MatrixShape left, int rightColumns) {
        if (slots < 1 || Integer.bitCount(slots) != 1 || rightColumns < 1) {
            return new VolleyLayout(slots, left, rightColumns, 1, 1); // refuses
        }
        long stride = ceilingPower(Math.max(left.columns(), rightColumns));
        long period = ceilingPower(rightColumns);
        if (stride * period <= slots) {
            return new VolleyLayout(slots, left, rightColumns, (int) stride, (int) period);
        }
        VolleyLayout best = null;
        long fewest = Long.MAX_VALUE;
        for (int q = 1; q <= Math.min(period, slots / q); q *= 2) {
            for (int f = q; f <= Math.min(stride, slots / q); f *= 2) {
                long needed = ciphertexts(slots, left, rightColumns, f, q);
                fewest = Math.min(fewest, needed);
                if (needed <= VolleyLayout.MOST_CIPHERTEXTS) {
                    VolleyLayout next = new VolleyLayout(slots, left, rightColumns, f, q);
                    if (best == null || compare(next, best) < 0) {
                        best = next;
                    }
                }
            }
        }
        if (best == null) {
            throw tooLarge(slots, left, rightColumns, fewest);
        }
        return best;
    }

    static InvalidParametersException tooLarge(int slots, MatrixShape left, int rightColumns, long needed) {
        return new InvalidParametersException("VolleyLayout: expected matrices of at most "
                + VolleyLayout.MOST_CIPHERTEXTS + " ciphertexts of " + slots + " slots, found " + needed + " for "
                + left + " times " + left.columns() + " x " + rightColumns
                + "; use a larger ring or smaller matrices");
    }

    private static int compare(VolleyLayout a, VolleyLayout b) {
        int byCost = Double.compare(cost(a), cost(b));
        return byCost != 0 ? byCost : Integer.compare(a.rightVectors(), b.rightVectors());
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

    /** Of a preparation, two products and two transposed products, in hoisted rotations. */
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
        double preparation = inner * (2 * turns + PRODUCT * layout.tilePairs() * layout.period() * blocks);
        double spread = columns * groups * 2 * (2 * sums + conjugations);
        double gathered = columns * inner * 2 * (rows + conjugations);
        double products = columns * inner * groups * (2 * blocks - 1) * PRODUCT;
        return preparation + USES * (plan.cost() + spread + gathered + 2 * products);
    }
}
