package io.github.hecnn.mlr.recipe.packed;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.cost.OperationPrices;
import io.github.hecnn.mlr.plan.NoPlanException;
import io.github.hecnn.mlr.plan.PlanRefusal;
import io.github.hecnn.mlr.plan.TrainingRehearsal;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Chooses the width of feature blocks: the only free number of {@link PackedLayout}. */
final class PackedSearch {
    private static final int LEAST_LOG_RING_DEGREE = 10;
    private static final int LARGEST_LOG_RING_DEGREE = 17;

    /** Iterations that are priced: all but the first do the same. */
    private static final int PRICED_ITERATIONS = 3;

    /** Layouts with more products of the uploads with masks are not rehearsed: the one of fewest is taken. */
    private static final long MOST_REHEARSED = 1 << 18;

    private PackedSearch() {}

    /** What is priced of a training. */
    static MlrConfig priced(MlrConfig config) {
        return config.toBuilder()
                .iterations(Math.min(config.iterations(), PRICED_ITERATIONS))
                .build();
    }

    /**
     * The cheapest layout.
     *
     * @param layouts of a width
     * @param recipes of a layout, for what is priced
     */
    static PackedLayout cheapest(
            MlrConfig config,
            int slots,
            int maxUploads,
            IntFunction<PackedLayout> layouts,
            Function<PackedLayout, TrainingRecipe> recipes) {
        if (slots < 2 || Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException(
                    "PackedRecipe: expected a power of two of slots, found " + slots + "; take half the ring degree");
        }
        List<PackedLayout> candidates = candidates(config, slots, maxUploads, layouts);
        int levels = recipes.apply(candidates.get(0)).levels();
        int log = Integer.numberOfTrailingZeros(slots) + 1;
        OperationPrices prices = OperationPrices.ofLevels(
                Math.max(LEAST_LOG_RING_DEGREE, Math.min(log, LARGEST_LOG_RING_DEGREE)), levels);
        // Every block of the uploads is spread over the classes: a product with a mask for each, and a rescale.
        double block = config.classes() * prices.seconds(Operation.PLAIN_TERM, levels)
                + prices.seconds(Operation.RESCALE, levels);
        PackedLayout best = null;
        double seconds = Double.POSITIVE_INFINITY;
        for (PackedLayout layout : candidates) {
            double least = layout.inputBlocks() * block;
            boolean large = (long) layout.inputBlocks() * config.classes() > MOST_REHEARSED;
            if (least >= seconds || (best != null && large)) {
                break;
            }
            double found =
                    large ? least : TrainingRehearsal.of(recipes.apply(layout)).seconds(prices);
            if (found < seconds) {
                seconds = found;
                best = layout;
            }
        }
        return best;
    }

    /** Layouts with few enough uploads, from the one of fewest blocks; not empty. */
    private static List<PackedLayout> candidates(
            MlrConfig config, int slots, int maxUploads, IntFunction<PackedLayout> layouts) {
        int classSlots = PackedLayout.ceilPowerOfTwo(config.classes());
        int widest = Math.min(slots / classSlots, PackedLayout.ceilPowerOfTwo(config.features()));
        if (widest < 1) {
            throw new IllegalArgumentException("PackedRecipe: expected " + config.classes() + " classes to fit into "
                    + slots + " slots, found rows longer than that; choose a larger ring degree");
        }
        List<PackedLayout> candidates = new ArrayList<>();
        StringJoiner found = new StringJoiner(", ");
        int fewest = Integer.MAX_VALUE;
        for (int width = 1; width <= widest; width *= 2) {
            PackedLayout layout = layouts.apply(width);
            fewest = Math.min(fewest, layout.uploads());
            if (layout.uploads() <= maxUploads) {
                candidates.add(layout);
            } else {
                found.add(layout.uploads() + " at width " + width);
            }
        }
        if (candidates.isEmpty()) {
            String text = "expected at most " + maxUploads + " uploads for " + config.samples() + " samples x "
                    + config.features() + " features x " + config.classes() + " classes in " + slots + " slots, found "
                    + found + "; choose a larger ring degree, fewer samples or features, or allow more uploads";
            throw NoPlanException.at(
                    "PackedRecipe",
                    Integer.numberOfTrailingZeros(slots) + 1,
                    new PlanRefusal(PlanRefusal.Kind.UPLOADS, maxUploads, fewest, text));
        }
        candidates.sort(Comparator.comparingInt(PackedLayout::inputBlocks));
        return candidates;
    }
}
