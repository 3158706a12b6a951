package io.github.hecnn.mlr.recipe.row;

/** What the operations of a row training cost, by the level of their operands; in seconds, or any one unit. */
public interface RowPrices {
    /** An operation that has a price. */
    enum Operation {
        /** Reading one ciphertext of features: from a disk, and its seed expanded. */
        READ,
        /** A term of a sum of products. */
        PRODUCT_TERM,
        /** Three components brought back to two, with the rescale after it. */
        RELINEARIZATION,
        /** A rotation or conjugation by itself. */
        ROTATION,
        /** What hoisted rotations share. */
        DECOMPOSITION,
        /** A hoisted rotation after that. */
        HOISTED_ROTATION,
        /** A refresh of a gradient; its level is that of the result. */
        REFRESH
    }

    /**
     * The price of one operation.
     *
     * @param operation what is done
     * @param level of its operands, 0 or more
     * @return not negative
     */
    double of(Operation operation, int level);
}
