package io.github.hecnn.mlr.recipe.packed;

import io.github.hecnn.mlr.plan.OperationCosts;
import io.github.hecnn.mlr.plan.TrainingRehearsal;
import io.github.hecnn.mlr.recipe.MlrConfig;
import java.util.StringJoiner;

/** Chooses the width of feature blocks: the only free number of {@link PackedLayout}. */
final class PackedSearch {
    private PackedSearch() {}

    static PackedRecipe cheapest(MlrConfig config, int slots, int maxUploads) {
        if (slots < 2 || Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException(
                    "PackedRecipe: expected a power of two of slots, found " + slots + "; take half the ring degree");
        }
        int classSlots = PackedLayout.ceilPowerOfTwo(config.classes());
        int widest = Math.min(slots / classSlots, PackedLayout.ceilPowerOfTwo(config.features()));
        PackedRecipe best = null;
        double bestCost = Double.POSITIVE_INFINITY;
        StringJoiner found = new StringJoiner(", ");
        for (int width = 1; width <= widest; width *= 2) {
            PackedRecipe recipe = PackedRecipe.withWidth(config, slots, width);
            if (recipe.uploads() > maxUploads) {
                found.add(recipe.uploads() + " at width " + width);
                continue;
            }
            double cost = OperationCosts.total(TrainingRehearsal.counts(recipe));
            if (cost < bestCost) {
                best = recipe;
                bestCost = cost;
            }
        }
        if (best == null) {
            throw new IllegalArgumentException("PackedRecipe: expected at most " + maxUploads + " uploads for "
                    + config.samples() + " samples x " + config.features() + " features x " + config.classes()
                    + " classes in " + slots + " slots, found "
                    + (found.length() == 0 ? "rows longer than that" : found)
                    + "; choose a larger ring degree, or fewer samples or features");
        }
        return best;
    }
}
