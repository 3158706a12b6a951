package io.github.hecnn.spark;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.serial.WireSizes;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.row.RowDataset;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.recipe.row.RowPrices;
import io.github.hecnn.mlr.recipe.row.RowRecipe;

/**
 * What an iteration of a training is made of, whatever the cluster. Bytes are exact; seconds are those of one thread.
 *
 * @param rowsPerBlock samples of a block
 * @param blockSeconds of the gradient of a block, without what is done once for all of them
 * @param weightSeconds of rotating the weights, which each executor does once an iteration
 * @param driverSeconds of refresh and gradient from products
 * @param blockBytes of a block on the disk
 * @param weightBytes of the weights that are broadcast
 * @param partialBytes of a partial gradient
 */
public record IterationCost(
        int rowsPerBlock,
        double blockSeconds,
        double weightSeconds,
        double driverSeconds,
        long blockBytes,
        long weightBytes,
        long partialBytes) {
    /**
     * {@return the cost of a recipe by the price list}
     *
     * @param recipe its layout and polynomial count, not its samples
     * @param parameters of the recipe
     */
    public static IterationCost of(RowRecipe recipe, RowParameters parameters) {
        RowLayout layout = recipe.layout();
        double one = parameters.iterationSeconds(ofBlocks(recipe, 1));
        double two = parameters.iterationSeconds(ofBlocks(recipe, 2));
        CkksParameters ckks = parameters.bootstrap().ckksParameters();
        RowPrices prices = parameters.prices(0);
        int level = parameters.featureLevel();
        double weights = layout.splitRotations() * prices.of(Operation.ROTATION, level)
                + (layout.babySteps() > 1 ? layout.groups() : 0) * prices.of(Operation.DECOMPOSITION, level)
                + (double) layout.groups() * (layout.babySteps() - 1) * prices.of(Operation.HOISTED_ROTATION, level);
        long blockBytes = RowDataset.bytes(ckks, ofBlocks(recipe, 1), parameters.featureLevel());
        WireSizes sizes = WireSizes.of(ckks);
        long products = (long) layout.groups() * layout.babySteps();
        return new IterationCost(
                layout.rows(),
                two - one,
                weights,
                one - (two - one) - weights,
                blockBytes,
                sizes.ciphertexts(1, parameters.bootstrap().outputLevel() - 1, 2, false),
                sizes.ciphertexts(Math.toIntExact(products), parameters.errorLevel(), 3, false));
    }

    /** The recipe on so many blocks, all of them in one minibatch. */
    private static RowRecipe ofBlocks(RowRecipe recipe, int blocks) {
        MlrConfig config = RowRecipe.settings(
                        blocks * recipe.layout().rows(),
                        recipe.config().features(),
                        recipe.config().classes(),
                        recipe.config().iterations(),
                        recipe.config().sigmoid())
                .build();
        return RowRecipe.of(config, recipe.layout(), blocks).refreshing(1);
    }
}
