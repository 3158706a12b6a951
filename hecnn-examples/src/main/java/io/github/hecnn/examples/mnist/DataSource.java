package io.github.hecnn.examples.mnist;

import io.github.hecnn.examples.cli.UserError;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.ScalingKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Reads or makes the data of a run, extracts features and scales them: all the owner's work in the clear. */
final class DataSource {
    private static final int NAMED = 20;

    private DataSource() {}

    /**
     * The data of a run.
     *
     * @param withTest whether test data is wanted, too
     * @throws UserError if it is not there, or cannot be learned from
     * @throws io.github.hecnn.mlr.data.DataFormatException if it is not as expected
     */
    static TrainingData load(RunSettings settings, boolean withTest) {
        Samples samples =
                settings.features().csv() == null ? ImageSamples.load(settings, withTest) : CsvSamples.load(settings);
        FeatureScaler scaler =
                FeatureScaler.fit(settings.scaling(), samples.training().features(), samples.grid());
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
        return new TrainingData(
                samples.dataset(),
                samples.synthetic(),
                FeatureScaler.withOnes(scaler.transform(samples.training().features())),
                samples.training().labels(),
                samples.labels(),
                tested ? FeatureScaler.withOnes(scaler.transform(samples.test().features())) : new double[0][],
                tested ? samples.test().labels() : new int[0],
                samples.testImages(),
                samples.fingerprint(),
                notes);
    }
}
