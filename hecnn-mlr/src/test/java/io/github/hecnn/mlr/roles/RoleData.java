package io.github.hecnn.mlr.roles;

import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.recipe.Schedule;
import io.github.hecnn.mlr.training.TrainingSettings;
import java.util.List;
import java.util.Random;

/** Three classes that can be told apart, in units of their own, and a training on a small ring that protects nothing. */
final class RoleData {
    static final TrainingSettings SETTINGS = TrainingSettings.builder()
            .iterations(2)
            .preconditioner(Preconditioner.PROGRAM_BOUND)
            .sigmoid(SigmoidApproximation.PAPER_CUBIC)
            .schedule(Schedule.paper())
            .learningRate(1)
            .security(SecurityLevel.NONE)
            .threads(1)
            .build();

    private RoleData() {}

    static LabeledDataset dataset() {
        return dataset(1);
    }

    static LabeledDataset dataset(long seed) {
        Random random = new Random(seed);
        double[][] features = new double[30][5];
        int[] labels = new int[30];
        for (int i = 0; i < 30; i++) {
            labels[i] = i % 3;
            for (int k = 0; k < 5; k++) {
                features[i][k] = 100 * k + 20 * random.nextGaussian() + (k == labels[i] ? 60 : 0);
            }
        }
        return new LabeledDataset(
                features, labels, List.of("oak", "beech", "ash"), List.of("a", "b", "c", "d", "e"), "");
    }
}
