package io.github.hecnn.mlr.training;

import io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator;
import io.github.hecnn.ckks.cost.OperationPrices;
import io.github.hecnn.mlr.plan.TrainingRehearsal;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import io.github.hecnn.mlr.recipe.packed.PackedRecipe;
import io.github.hecnn.mlr.recipe.row.RowPlan;
import io.github.hecnn.mlr.recipe.row.RowPrices;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import io.github.hecnn.mlr.recipe.row.RowSearch;

/**
 * The cheaper one of the packed and the row design by the price list, the owner's encryption included: rows take few operations and many uploads, so
 * they are worth it from some hundred samples on. Depends on its arguments only, so owner and cloud find the same.
 */
final class CheapestRecipe {
    /** Seconds to encode and encrypt a coefficient at one level. */
    private static final double ENCRYPTION = 22e-9;

    /** No prices are known of smaller rings, which serve nobody. */
    private static final int LEAST_LOG_RING_DEGREE = 10;

    private CheapestRecipe() {}

    /** @throws IllegalArgumentException that of the packed design, if neither fits */
    static TrainingRecipe of(MlrConfig config, int slots, int maxUploads) {
        TrainingRecipe rows = rows(config, slots, maxUploads);
        TrainingRecipe packed;
        try {
            packed = PackedRecipe.of(config, slots, maxUploads);
        } catch (IllegalArgumentException e) {
            if (rows == null) {
                throw e;
            }
            return rows;
        }
        return rows != null && seconds(rows) < seconds(packed) ? rows : packed;
    }

    private static double seconds(TrainingRecipe recipe) {
        TrainingRehearsal rehearsal = TrainingRehearsal.of(recipe);
        return rehearsal.seconds(OperationPrices.ofLevels(log(recipe.slots()), rehearsal.levels()))
                + encryption(recipe.slots(), recipe.uploads(), rehearsal.levels());
    }

    private static double encryption(int slots, int uploads, int levels) {
        return ENCRYPTION * 2 * slots * (levels + 1.0) * uploads;
    }

    private static int log(int slots) {
        return Integer.numberOfTrailingZeros(slots) + 1;
    }

    /** The cheapest group width; null if no layout fits, or a row recipe cannot start from the weights of the settings. */
    private static TrainingRecipe rows(MlrConfig config, int slots, int maxUploads) {
        if (log(slots) < LEAST_LOG_RING_DEGREE) {
            return null;
        }
        RowRecipe best = null;
        double least = Double.POSITIVE_INFINITY;
        try {
            for (RowPlan plan : plans(config, slots)) {
                RowRecipe recipe = RowRecipe.of(config, plan.layout(), plan.blocksPerBatch());
                double cost = config.iterations() * plan.iterationCost()
                        + encryption(slots, recipe.uploads(), recipe.levels());
                if (recipe.uploads() <= maxUploads && cost < least) {
                    best = recipe;
                    least = cost;
                }
            }
        } catch (IllegalArgumentException unsuited) { // weights that differ from class to class, or decay
            return null;
        }
        return best;
    }

    private static Iterable<RowPlan> plans(MlrConfig config, int slots) {
        int levels = 2 + PolynomialEvaluator.levels(config.sigmoid().degree());
        OperationPrices prices = OperationPrices.ofLevels(log(slots), config.iterations() * levels);
        RowPrices all = RowPrices.of(prices, prices, 0, 0);
        // In the middle of the training.
        int level = Math.max(levels, levels * (config.iterations() + 1) / 2);
        return new RowSearch(config, slots, level, all).plans(config.samples(), l -> 0);
    }
}
