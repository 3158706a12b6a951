package io.github.hecnn.mlr.rehearsal;

import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.mlr.plan.TrainingPlan;
import java.util.ArrayList;
import java.util.List;

/** Holds decrypted weights to what the noise of the scheme allows. */
public final class WeightCheck {
    /** Possible errors followed; classes of a feature are pooled, so that makes at least 8 values a column. */
    private static final int DRAWS = 4;

    private WeightCheck() {}

    /**
     * Predicted errors of weights.
     *
     * @param plan of the training
     * @param x design matrix [samples][features], ones in column 0
     * @param labels [samples], 0..classes-1
     * @param parameters of the encryption, by the secret key
     * @return for each iteration [classes][features]
     * @throws IllegalArgumentException if the data does not have the shape of the plan's settings
     */
    public static List<double[][]> predicted(TrainingPlan plan, double[][] x, int[] labels, CkksParameters parameters) {
        return plan.recipe().predictedWeightErrors(NoiseModel.ofSecretKeyEncryption(parameters), x, labels, DRAWS);
    }

    /**
     * {@return the comparison of each iteration}
     *
     * @param found decrypted weights of each iteration
     * @param rehearsed of the same iterations
     * @param predicted errors
     * @param fix said at the end of an error
     * @throws IllegalArgumentException if a weight is beyond its limit
     */
    public static List<WeightComparison> compare(
            List<double[][]> found, List<double[][]> rehearsed, List<double[][]> predicted, String fix) {
        List<WeightComparison> out = new ArrayList<>();
        for (int t = 0; t < found.size(); t++) {
            WeightComparison comparison = WeightComparison.of(found.get(t), rehearsed.get(t), predicted.get(t));
            if (!comparison.complaint().isEmpty()) {
                throw new IllegalArgumentException(
                        "decrypt weights of iteration " + (t + 1) + ": " + comparison.complaint()
                                + "; the secret key, the files of the run or the cloud's circuit are not those of this run: "
                                + fix);
            }
            out.add(comparison);
        }
        return out;
    }
}
