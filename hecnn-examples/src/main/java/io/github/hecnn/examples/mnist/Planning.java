package io.github.hecnn.examples.mnist;

import io.github.hecnn.examples.cli.Progress;
import io.github.hecnn.examples.exchange.ProgressListener;
import io.github.hecnn.examples.exchange.Recipes;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.train.MlrConfig;
import io.github.hecnn.mlr.train.TrainingListener;
import io.github.hecnn.mlr.train.TrainingPlan;

/** From settings and data to a plan. */
final class Planning {
    private Planning() {}

    static TrainingPlan plan(RunSettings settings, TrainingData data) {
        return Recipes.plan(
                settings.recipe().label(),
                new MlrConfig(
                        data.samples(),
                        data.width(),
                        data.classes(),
                        settings.iterations(),
                        SigmoidApproximation.PAPER_CUBIC,
                        settings.initialWeight()));
    }

    static TrainingListener listener(RunSettings settings, Progress progress) {
        return new ProgressListener(progress, settings.iterations());
    }
}
