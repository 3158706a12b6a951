package io.github.hecnn.examples.exchange;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.examples.cli.UserError;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import io.github.hecnn.mlr.recipe.packed.PackedRecipe;
import io.github.hecnn.mlr.recipe.volley.VolleyRecipe;
import java.util.function.UnaryOperator;

/** Makes the same recipe and plan on both sides from public settings alone. */
public final class Recipes {
    /** The paper works at N = 2^16. */
    private static final int PAPER_SLOTS = 1 << 15;

    /** Bounds of what the cloud even begins to plan for a stranger. */
    private static final int MAX_SIZE = 1 << 16;

    /** Rings of 2^13 to 2^17, as in the security table; masks of that many slots are made before anything else is checked. */
    private static final int LEAST_SLOTS = 1 << 12;

    private static final int MOST_SLOTS = 1 << 16;

    private static final int MAX_CLASSES = 1 << 10;
    private static final int MAX_ITERATIONS = 1000;

    private Recipes() {}

    /** The owner's choice: the smallest ring degree that fits, for the paper's recipe none below that of the paper. */
    public static TrainingPlan plan(String recipe, MlrConfig config) {
        return TrainingPlan.smallest(config, (some, slots) -> recipe(recipe, some, slots), TrainingPlan.Limits.DEFAULT);
    }

    /** The plan of a job; what does not fit into this machine is refused here as well. */
    public static TrainingPlan plan(JobDescription job) {
        return plan(job, config -> config);
    }

    /** The same for the owner, whose settings say what the job does not: the cloud need not know them. */
    public static TrainingPlan plan(JobDescription job, UnaryOperator<MlrConfig> owners) {
        if (Math.max(job.samples(), job.features()) > MAX_SIZE
                || job.classes() > MAX_CLASSES
                || job.iterations() > MAX_ITERATIONS) {
            throw new UserError(
                    "job: expected at most " + MAX_SIZE + " samples and features, " + MAX_CLASSES + " classes and "
                            + MAX_ITERATIONS + " iterations, found " + job.samples() + " x " + job.features() + " x "
                            + job.classes()
                            + ", " + job.iterations() + "; " + ExchangeFolder.AGAIN_ENCRYPT);
        }
        if (Integer.bitCount(job.slots()) != 1 || job.slots() < LEAST_SLOTS || job.slots() > MOST_SLOTS) {
            throw new UserError("job: expected a power of two of slots from " + LEAST_SLOTS + " to " + MOST_SLOTS
                    + ", found " + job.slots() + "; " + ExchangeFolder.AGAIN_ENCRYPT);
        }
        return TrainingPlan.of(
                recipe(job.recipe(), owners.apply(job.config()), job.slots()), TrainingPlan.Limits.DEFAULT);
    }

    /** The same recipe with its independent work spread over threads; results do not depend on it. */
    public static TrainingRecipe parallel(TrainingRecipe recipe, WorkerPool workers) {
        return recipe instanceof PackedRecipe packed ? packed.withRunner(workers::forEach) : recipe;
    }

    private static TrainingRecipe recipe(String name, MlrConfig config, int slots) {
        return switch (name) {
            case "fast" -> PackedRecipe.of(config, slots);
            case "paper" -> {
                if (slots < PAPER_SLOTS) {
                    throw new IllegalArgumentException("smaller than the paper's");
                }
                yield VolleyRecipe.of(config, slots);
            }
            default ->
                throw new UserError(
                        "recipe: expected fast|paper, found '" + name + "'; " + ExchangeFolder.AGAIN_ENCRYPT);
        };
    }
}
