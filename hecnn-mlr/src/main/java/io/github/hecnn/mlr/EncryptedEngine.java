package io.github.hecnn.mlr;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.roles.CloudTrainer;
import io.github.hecnn.mlr.roles.DataOwner;
import io.github.hecnn.mlr.roles.RoleListener;
import io.github.hecnn.mlr.training.PreparedTraining;

/** Owner and cloud in one process: real keys and ciphertexts. The cloud's part gets the job, in which there is no secret. */
final class EncryptedEngine implements TrainingEngine {
    @Override
    public String name() {
        return "encrypted";
    }

    @Override
    public MlrModel train(PreparedTraining training, TrainingListener listener) {
        int threads = training.settings().threads();
        try (WorkerPool workers = threads == 0 ? WorkerPool.common() : WorkerPool.ofThreads(threads);
                DataOwner owner = DataOwner.prepare(
                        training, training.plan(), workers, RandomSource.secure(), RoleListener.NONE)) {
            return owner.open(CloudTrainer.on(workers).train(owner.job(), listener));
        }
    }
}
