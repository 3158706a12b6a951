package io.github.hecnn.examples.mnist;

import io.github.hecnn.mlr.PreparedTraining;
import io.github.hecnn.mlr.RecipeKind;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import io.github.hecnn.mlr.rehearsal.PreconditionerChoice;

/**
 * From settings and data to a plan.
 *
 * @param training with everything chosen
 * @param plan of it
 */
record Planning(PreparedTraining training, TrainingPlan plan) {
    /** The paper works at N = 2^16. */
    private static final int PAPER_SLOTS = 1 << 15;

    /** The plan, once the owner's rehearsal in the clear has found the preconditioner and held the scores to the interval. */
    static Planning of(RunSettings settings, PreparedTraining data) {
        MlrConfig open = data.config().withOutsideInterval(OutsideInterval.GO_ON);
        PreparedTraining training = settings.preconditioner() != null
                ? data
                : data.withPreconditioner(PreconditionerChoice.of(data.design(), data.labels(), open)
                        .chosen());
        PlainTrainer.rehearse(training.design(), training.labels(), training.config());
        // An owner of its own needs no more heap than its roles; the cloud looks after itself.
        TrainingPlan.Limits limits = settings.role() == RoleChoice.OWNER_ENCRYPT
                ? TrainingPlan.Limits.DEFAULT.withMaxMemoryBytes(Long.MAX_VALUE)
                : TrainingPlan.Limits.DEFAULT;
        return new Planning(
                training,
                TrainingPlan.smallest(
                        training.config(), (config, slots) -> recipe(settings.recipe(), config, slots), limits));
    }

    private static TrainingRecipe recipe(RecipeKind kind, MlrConfig config, int slots) {
        if (kind == RecipeKind.PAPER && slots < PAPER_SLOTS) {
            throw new IllegalArgumentException("smaller than the paper's");
        }
        return kind.recipe(config, slots);
    }
}
