package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.cost.OperationPrices;

/** What the operations of a row training cost, by the level of their operands; in seconds, or any one unit. */
@FunctionalInterface
public interface RowPrices {
    /**
     * The price of one operation. Asked for are relinearisations, rescales, rotations, decompositions, hoisted rotations, terms of products, and
     * a refresh, whose level is that of its result.
     *
     * @param operation what is done
     * @param level of its operands, 0 or more
     * @return not negative
     */
    double of(Operation operation, int level);

    /**
     * The price of reading a ciphertext of features and expanding its seed.
     *
     * @param level its level
     * @return not negative; 0 unless told
     */
    default double reading(int level) {
        return 0;
    }

    /**
     * {@return prices on parts of a context}
     *
     * @param forward of the forward pass
     * @param backward of the backward pass
     * @param errorLevel where the backward pass begins
     * @param refresh of one refresh
     */
    static RowPrices of(OperationPrices forward, OperationPrices backward, int errorLevel, double refresh) {
        return (operation, level) -> operation == Operation.REFRESH
                ? refresh
                : (level > errorLevel ? forward : backward).seconds(operation, level);
    }
}
