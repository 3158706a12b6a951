package io.github.hecnn.examples.mnist;

import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.examples.cli.UserError;
import io.github.hecnn.examples.exchange.ExchangeFolder;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.rehearsal.WeightComparison;
import java.util.ArrayList;
import java.util.List;

/** Holds decrypted weights to what the noise of the scheme allows. */
final class WeightCheck {
    /** Possible errors followed; classes of a feature are pooled, so that makes at least 8 values a column. */
    private static final int DRAWS = 4;

    private WeightCheck() {}

    /** Predicted errors of weights, for each iteration [classes][features]. */
    static List<double[][]> predicted(TrainingPlan plan, TrainingData data, CkksParameters parameters) {
        return plan.recipe()
                .predictedWeightErrors(
                        NoiseModel.ofSecretKeyEncryption(parameters), data.train(), data.labels(), DRAWS);
    }

    /**
     * The comparison of each iteration.
     *
     * @throws UserError if a weight is beyond its limit
     */
    static List<WeightComparison> compare(
            List<double[][]> found, List<double[][]> rehearsed, List<double[][]> predicted) {
        List<WeightComparison> out = new ArrayList<>();
        for (int t = 0; t < found.size(); t++) {
            WeightComparison comparison = WeightComparison.of(found.get(t), rehearsed.get(t), predicted.get(t));
            if (!comparison.complaint().isEmpty()) {
                throw new UserError("decrypt weights of iteration " + (t + 1) + ": " + comparison.complaint()
                        + "; the secret key, the files of the run or the cloud's circuit are not those of this run: run --role"
                        + " cloud-train again with this version, or " + ExchangeFolder.AGAIN_ENCRYPT);
            }
            out.add(comparison);
        }
        return out;
    }
}
