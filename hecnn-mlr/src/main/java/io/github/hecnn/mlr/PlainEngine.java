package io.github.hecnn.mlr;

import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.model.Provenance;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import io.github.hecnn.mlr.training.PreparedTraining;
import java.util.List;

/** The training in doubles. */
final class PlainEngine implements TrainingEngine {
    @Override
    public String name() {
        return "plain";
    }

    @Override
    public MlrModel train(PreparedTraining training, TrainingListener listener) {
        List<double[][]> weights = PlainTrainer.train(training.design(), training.labels(), training.config());
        return training.model(weights.get(weights.size() - 1), Provenance.EMPTY.with("trainer", name()));
    }
}
