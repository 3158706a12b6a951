package io.github.hecnn.mlr.report;

import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.plan.PlanRole;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.roles.RoleMemory;
import io.github.hecnn.mlr.samples.Samples;
import io.github.hecnn.mlr.training.PreparedTraining;
import io.github.hecnn.mlr.training.TrainingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the data owner trains and tests on, all its work in the clear done.
 *
 * @param samples as they were read
 * @param training scaled
 * @param test scaled test samples [test samples][1 + features]; empty if they were not asked for
 * @param notes what a reader of results must know
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data, never compared
public record RunData(Samples samples, PreparedTraining training, double[][] test, List<String> notes) {
    private static final int NAMED = 20;

    /**
     * Prepares a training on samples, and scales their test samples as the training ones.
     *
     * @param samples for training and test
     * @param settings how to train
     * @return the prepared data
     * @throws IllegalArgumentException as {@link PreparedTraining#of}
     */
    public static RunData of(Samples samples, TrainingSettings settings) {
        PreparedTraining training = PreparedTraining.of(samples.training(), settings);
        FeatureScaler scaler = training.scaling();
        List<String> notes = new ArrayList<>(samples.notes());
        if (scaler.kind() == ScalingKind.WHITEN) {
            notes.add(
                    "Whitened features: the first iteration is then the ridge solution and later ones add nothing, so the"
                            + " owner could nearly train alone. The encryption is real, the need for it is small.");
        }
        int[] constant = scaler.constantFeatures();
        if (constant.length > 0) {
            List<String> names = samples.training().featureNames();
            notes.add("Features left out, as they are constant in the training data"
                    + (names.isEmpty() ? " (counted from 1): " : ": ")
                    + Arrays.stream(constant)
                            .limit(NAMED)
                            .mapToObj(k -> names.isEmpty() ? Integer.toString(k + 1) : names.get(k))
                            .collect(Collectors.joining(", "))
                    + (constant.length > NAMED ? " and " + (constant.length - NAMED) + " more." : "."));
        }
        double[][] test = samples.test() == null
                ? new double[0][]
                : FeatureScaler.withOnes(scaler.transform(samples.test().features()));
        return new RunData(samples, training, test, notes);
    }

    /**
     * Refuses what cannot be decrypted and tested here; better before anything is encrypted.
     *
     * @param plan of the training
     * @throws IllegalArgumentException if it needs more than the heap of this virtual machine
     */
    public void requireMemoryForTest(TrainingPlan plan) {
        RoleMemory.require(
                "owner: decrypt and test",
                plan.memoryBytes(PlanRole.DECRYPT)
                        + RoleMemory.dataBytes(
                                testSplit().samples(), samples.training().width()));
    }

    /** {@return [test samples] classes of the scaled test samples} */
    public int[] testLabels() {
        return test.length == 0 ? new int[0] : samples.test().labels();
    }

    /** {@return test samples for their names and counts of classes, whether their features were asked for or not} */
    public LabeledDataset testSplit() {
        return samples.labels().test();
    }

    /** {@return what each class is called in the data} */
    public List<String> labelNames() {
        return samples.training().labelNames();
    }
}
