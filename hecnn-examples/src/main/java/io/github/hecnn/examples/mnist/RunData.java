package io.github.hecnn.examples.mnist;

import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.training.PreparedTraining;
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
record RunData(Samples samples, PreparedTraining training, double[][] test, List<String> notes) {
    private static final int NAMED = 20;

    /**
     * The data of a run.
     *
     * @param withTest whether test data is wanted, too
     * @throws io.github.hecnn.examples.cli.UserError if it is not there, or cannot be learned from
     * @throws io.github.hecnn.mlr.data.DataFormatException if it is not as expected
     */
    static RunData load(RunSettings settings, boolean withTest) {
        Samples samples =
                settings.features().csv() == null ? ImageSamples.load(settings, withTest) : CsvSamples.load(settings);
        PreparedTraining training = PreparedTraining.of(samples.training(), settings.training(samples.grid()));
        FeatureScaler scaler = training.scaling();
        List<String> notes = new ArrayList<>(samples.notes());
        if (settings.scaling() == ScalingKind.WHITEN) {
            notes.add(
                    "Whitened features: the first iteration is then the ridge solution and later ones add nothing, so the"
                            + " owner could nearly train alone. The encryption is real, the need for it is small.");
        }
        int[] constant = scaler.constantFeatures();
        if (constant.length > 0) {
            notes.add("Features left out, as they are constant in the training data (counted from 0): "
                    + Arrays.stream(constant)
                            .limit(NAMED)
                            .mapToObj(Integer::toString)
                            .collect(Collectors.joining(", "))
                    + (constant.length > NAMED ? " and " + (constant.length - NAMED) + " more." : "."));
        }
        boolean tested = withTest && samples.test() != null;
        double[][] test =
                tested ? FeatureScaler.withOnes(scaler.transform(samples.test().features())) : new double[0][];
        return new RunData(samples, training, test, notes);
    }

    /** Classes of the scaled test samples. */
    int[] testLabels() {
        return test.length == 0 ? new int[0] : samples.test().labels();
    }

    /** Training and test, for their names and counts of classes. */
    LabeledDataset testSplit() {
        return samples.labels().test();
    }

    /** What each class is called in the data. */
    List<String> labelNames() {
        return samples.training().labelNames();
    }
}
