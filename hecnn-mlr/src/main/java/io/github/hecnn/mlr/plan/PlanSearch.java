package io.github.hecnn.mlr.plan;

import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Looks for the smallest ring degree at which a training fits, and if there is none, for what would fit. */
final class PlanSearch {
    private static final int LARGEST_LOG_RING_DEGREE = 17;

    private final TrainingPlan.Limits limits;

    PlanSearch(TrainingPlan.Limits limits) {
        this.limits = limits;
    }

    TrainingPlan smallest(IntFunction<? extends TrainingRecipe> recipeOfSlots) {
        TreeMap<Integer, String> reasons = new TreeMap<>();
        TrainingPlan nearest = null;
        for (int log = ParameterProposal.leastLogRingDegree(limits); log <= LARGEST_LOG_RING_DEGREE; log++) {
            try {
                TrainingPlan plan =
                        TrainingPlan.of(recipeOfSlots.apply(1 << (log - 1)), limits.withMaxMemoryBytes(Long.MAX_VALUE));
                if (plan.memoryBytes() <= limits.maxMemoryBytes()) {
                    return plan;
                }
                reasons.put(log, plan.tooMuchMemory(limits.maxMemoryBytes()));
                nearest = nearest == null || plan.memoryBytes() < nearest.memoryBytes() ? plan : nearest;
            } catch (IllegalArgumentException e) {
                reasons.put(log, e.getMessage());
            }
        }
        int log =
                nearest == null ? LARGEST_LOG_RING_DEGREE : nearest.parameters().logRingDegree();
        throw new NoPlanException(
                "training plan: expected a training that fits, found none at any ring degree from 2^"
                        + ParameterProposal.leastLogRingDegree(limits) + " to 2^" + LARGEST_LOG_RING_DEGREE + "; nearest is N = 2^" + log
                        + ": "
                        + reasons.get(log),
                reasons,
                log);
    }

    TrainingPlan smallest(MlrConfig config, TrainingPlan.Recipes recipes) {
        try {
            return smallest(slots -> recipes.of(config, slots));
        } catch (NoPlanException e) {
            throw new NoPlanException(
                    e.getMessage() + "; " + advice(config, recipes, e.reasons()),
                    e.reasons(),
                    e.nearestLogRingDegree());
        }
    }

    /** A way to change settings in one number. */
    private interface Change {
        MlrConfig to(int value);
    }

    private String advice(MlrConfig c, TrainingPlan.Recipes recipes, SortedMap<Integer, String> reasons) {
        List<String> fits = new ArrayList<>();
        add(fits, most(c.iterations(), 1, n -> with(c, c.samples(), c.features(), n), recipes), "iteration");
        if (reasons.get(LARGEST_LOG_RING_DEGREE).startsWith(ParameterProposal.OPERATION)) {
            // Levels depend on the iterations alone.
            return fits.isEmpty() ? "no number of iterations fits" : fits.get(0);
        }
        add(fits, most(c.samples(), 1, n -> with(c, n, c.features(), c.iterations()), recipes), "sample");
        add(fits, most(c.features(), 2, n -> with(c, c.samples(), n, c.iterations()), recipes), "feature");
        return fits.isEmpty()
                ? "fewer iterations, samples or features alone are not enough; choose fewer of all"
                : String.join(", or ", fits);
    }

    private static MlrConfig with(MlrConfig c, int samples, int features, int iterations) {
        return new MlrConfig(samples, features, c.classes(), iterations, c.sigmoid(), c.initialWeight());
    }

    private static void add(List<String> fits, Fit fit, String what) {
        if (fit != null) {
            boolean first = fits.isEmpty();
            fits.add((first ? "at most " : "") + fit.count + " " + what + (fit.count == 1 ? "" : "s")
                    + (first ? " fit" : "") + " at N = 2^" + fit.logRingDegree);
        }
    }

    /**
     * A number that fits, and where.
     *
     * @param count iterations, samples or features
     */
    private record Fit(int count, int logRingDegree) {}

    /** The largest number below the wanted one that fits, or null; what fits with more fits with fewer. */
    private Fit most(int wanted, int least, Change change, TrainingPlan.Recipes recipes) {
        Fit best = null;
        int low = least;
        int high = wanted - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            try {
                MlrConfig config = change.to(middle);
                TrainingPlan plan = smallest(slots -> recipes.of(config, slots));
                best = new Fit(middle, plan.parameters().logRingDegree());
                low = middle + 1;
            } catch (IllegalArgumentException tooMuch) {
                high = middle - 1;
            }
        }
        return best;
    }
}
