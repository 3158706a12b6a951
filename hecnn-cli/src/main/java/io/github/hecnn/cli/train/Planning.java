package io.github.hecnn.cli.train;

import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.plan.PlanLimits;
import io.github.hecnn.mlr.plan.PlanRole;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import io.github.hecnn.mlr.rehearsal.PreconditionerChoice;
import io.github.hecnn.mlr.training.PreparedTraining;
import io.github.hecnn.mlr.training.RecipeKind;

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
        return new Planning(
                training,
                TrainingPlan.smallest(
                        training.config(),
                        (config, slots, most) -> recipe(settings.recipe(), config, slots, most),
                        PlanLimits.DEFAULT.withRoles(roles(settings))));
    }

    /** Those that this process plays: an owner alone needs no more heap than its roles, the cloud looks after itself. */
    private static PlanRole[] roles(RunSettings settings) {
        if (settings.rehearse()) {
            return new PlanRole[] {PlanRole.REHEARSE};
        }
        return settings.role() == RoleChoice.OWNER_ENCRYPT
                ? new PlanRole[] {PlanRole.ENCRYPT, PlanRole.DECRYPT}
                : new PlanRole[] {PlanRole.ENCRYPT, PlanRole.TRAIN, PlanRole.DECRYPT};
    }

    private static TrainingRecipe recipe(RecipeKind kind, MlrConfig config, int slots, int maxUploads) {
        if (kind == RecipeKind.PAPER && slots < PAPER_SLOTS) {
            throw new IllegalArgumentException("smaller than the paper's");
        }
        return kind.recipe(config, slots, maxUploads);
    }
}
