package io.github.hecnn.examples.mnist;

import io.github.hecnn.examples.cli.Progress;
import io.github.hecnn.examples.cli.UserError;
import io.github.hecnn.examples.exchange.ProgressListener;
import io.github.hecnn.examples.exchange.Recipes;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import io.github.hecnn.mlr.rehearsal.PreconditionerChoice;
import java.util.List;

/** From settings and data to a plan. */
final class Planning {
    private Planning() {}

    /** The plan, once the owner's rehearsal in the clear has found the preconditioner and held the scores to the interval. */
    static TrainingPlan plan(RunSettings settings, TrainingData data) {
        MlrConfig config = MlrConfig.builder(data.samples(), data.width(), data.classes(), settings.iterations())
                .initialWeight(settings.initialWeight())
                .build()
                .withOutsideInterval(OutsideInterval.GO_ON);
        MlrConfig chosen = config.withPreconditioner(
                settings.preconditioner() != null
                        ? settings.preconditioner()
                        : PreconditionerChoice.of(data.train(), data.labels(), config)
                                .chosen());
        List<ScoreRange> scores =
                PlainTrainer.rehearse(data.train(), data.labels(), chosen).scores();
        String complaint = ScoreRange.complaint(scores, chosen.sigmoid());
        if (!complaint.isEmpty() && settings.outsideInterval() == OutsideInterval.REFUSE) {
            throw new UserError("rehearsal in the clear: " + complaint
                    + "; take --scaling standardize, fewer --iterations, --preconditioner program-bound, or go on all the same"
                    + " with --outside-interval go-on");
        }
        return Recipes.plan(
                settings.recipe().label(), chosen.withOutsideInterval(settings.outsideInterval()), settings.rehearse());
    }

    static TrainingListener listener(RunSettings settings, Progress progress) {
        return new ProgressListener(progress, settings.iterations());
    }
}
