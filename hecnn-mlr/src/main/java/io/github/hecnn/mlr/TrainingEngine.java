package io.github.hecnn.mlr;

import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.training.PreparedTraining;

/** One of the algebras a training runs on. Implementations are immutable and thread-safe. */
interface TrainingEngine {
    /** Name in reports: plain, rehearsal or encrypted. */
    String name();

    /** Trains and puts the model together. */
    MlrModel train(PreparedTraining training, TrainingListener listener);
}
