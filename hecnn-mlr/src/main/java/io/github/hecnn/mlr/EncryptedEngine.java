package io.github.hecnn.mlr;

import io.github.hecnn.ckks.circuit.CkksSlotAlgebra;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.model.Provenance;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import java.util.List;

/** Owner and cloud in one process: real keys and ciphertexts. The cloud's part gets evaluation keys and ciphertexts only. */
final class EncryptedEngine implements TrainingEngine {
    @Override
    public String name() {
        return "encrypted";
    }

    @Override
    public MlrModel train(PreparedTraining training, TrainingListener listener) {
        int threads = training.settings().threads();
        try (WorkerPool workers =
                WorkerPool.ofThreads(threads > 0 ? threads : Runtime.getRuntime().availableProcessors())) {
            return train(training, listener, workers);
        }
    }

    private MlrModel train(PreparedTraining training, TrainingListener listener, WorkerPool workers) {
        TrainingPlan plan = training.plan();
        CkksContext context = CkksContext.create(plan.parameters(), workers);
        OwnerKeys owner = new OwnerKeys(context, plan);
        List<Ciphertext> uploads =
                owner.encrypt(plan.recipe().encodeInputs(training.design(), training.labels(), training.columnScaling()));
        List<List<Ciphertext>> weights =
                cloud(plan.recipe(), context, owner.evaluationKeys(), uploads, listener);
        double[][] last = plan.recipe()
                .decodeWeights(owner.decrypt(weights.get(weights.size() - 1)), training.columnScaling());
        return training.model(
                last,
                Provenance.EMPTY
                        .with("trainer", name())
                        .with("recipe", plan.recipe().name())
                        .with("logRingDegree", plan.parameters().logRingDegree())
                        .with("levels", plan.levels())
                        .with("uploads", plan.recipe().uploads()));
    }

    private static List<List<Ciphertext>> cloud(
            TrainingRecipe recipe,
            CkksContext context,
            EvaluationKeys keys,
            List<Ciphertext> uploads,
            TrainingListener listener) {
        return recipe.train(new CkksSlotAlgebra(context, keys), uploads, listener);
    }
}
