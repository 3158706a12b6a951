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

/** Chooses the width of feature blocks: the only free number of {@link PackedLayout}. */
final class PackedSearch {
    private static final int LEAST_LOG_RING_DEGREE = 10;
    private static final int LARGEST_LOG_RING_DEGREE = 17;

    /** Iterations that are priced: all but the first do the same. */
    private static final int PRICED_ITERATIONS = 3;

    /** Layouts with more products of the uploads with masks are not rehearsed: the one of fewest is taken. */
    private static final long MOST_REHEARSED = 1 << 18;

    private PackedSearch() {}

    /**
     * A layout.
     *
     * @param least seconds that it takes at least
     */
    private record Candidate(TrainingRecipe recipe, int width, long products, double least) {}

    /** Makes a recipe. */
    @FunctionalInterface
    interface OfWidth<R extends TrainingRecipe> {
        /** The recipe of a width. */
        R recipe(MlrConfig config, int width);
    }

    static <R extends TrainingRecipe> R cheapest(MlrConfig config, int slots, int maxUploads, OfWidth<R> ofWidth) {
        if (slots < 2 || Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException(
                    "PackedRecipe: expected a power of two of slots, found " + slots + "; take half the ring degree");
        }
        MlrConfig priced = config.toBuilder()
                .iterations(Math.min(config.iterations(), PRICED_ITERATIONS))
                .build();
        List<Candidate> candidates = candidates(priced, slots, maxUploads, ofWidth);
        int log = Integer.numberOfTrailingZeros(slots) + 1;
        int levels = candidates.get(0).recipe.levels();
        OperationPrices prices = prices(log, levels);
        Candidate best = null;
        double seconds = Double.POSITIVE_INFINITY;
        for (Candidate c : candidates) {
            if (c.least >= seconds || (best != null && c.products > MOST_REHEARSED)) {
                break;
            }
            double found = c.products > MOST_REHEARSED
                    ? c.least
                    : TrainingRehearsal.of(c.recipe).seconds(prices);
            if (found < seconds) {
                seconds = found;
                best = c;
            }
        }
        return ofWidth.recipe(config, best.width);
    }

    private static OperationPrices prices(int log, int levels) {
        int known = Math.max(LEAST_LOG_RING_DEGREE, Math.min(log, LARGEST_LOG_RING_DEGREE));
        return OperationPrices.ofLevels(known, levels);
    }

    /** Layouts with few enough uploads, from the one that may be cheapest; not empty. */
    private static List<Candidate> candidates(MlrConfig config, int slots, int maxUploads, OfWidth<?> ofWidth) {
        int classSlots = PackedLayout.ceilPowerOfTwo(config.classes());
        int widest = Math.min(slots / classSlots, PackedLayout.ceilPowerOfTwo(config.features()));
        List<Candidate> candidates = new ArrayList<>();
        StringJoiner found = new StringJoiner(", ");
        int fewest = Integer.MAX_VALUE;
        int log = Integer.numberOfTrailingZeros(slots) + 1;
        for (int width = 1; width <= widest; width *= 2) {
            TrainingRecipe recipe = ofWidth.recipe(config, width);
            fewest = Math.min(fewest, recipe.uploads());
            if (recipe.uploads() > maxUploads) {
                found.add(recipe.uploads() + " at width " + width);
                continue;
            }
            // Every block of the uploads is spread over the classes: a product with a mask for each, and a rescale.
            OperationPrices prices = prices(log, recipe.levels());
            double block = config.classes() * prices.seconds(Operation.PLAIN_TERM, recipe.levels())
                    + prices.seconds(Operation.RESCALE, recipe.levels());
            int blocks = PackedLayout.of(config, slots, width).inputBlocks();
            candidates.add(new Candidate(recipe, width, (long) blocks * config.classes(), block * blocks));
        }
        if (fewest == Integer.MAX_VALUE) {
            throw new IllegalArgumentException("PackedRecipe: expected " + config.classes() + " classes to fit into "
                    + slots + " slots, found rows longer than that; choose a larger ring degree");
        }
        if (candidates.isEmpty()) {
            String text = "expected at most " + maxUploads + " uploads for " + config.samples() + " samples x "
                    + config.features() + " features x " + config.classes() + " classes in " + slots + " slots, found "
                    + found + "; choose a larger ring degree, fewer samples or features, or allow more uploads";
            throw NoPlanException.at(
                    "PackedRecipe", log, new PlanRefusal(PlanRefusal.Kind.UPLOADS, maxUploads, fewest, text));
        }
        candidates.sort(Comparator.comparingDouble(Candidate::least));
        return candidates;
    }
}
