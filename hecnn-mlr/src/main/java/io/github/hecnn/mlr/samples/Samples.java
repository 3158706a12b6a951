package io.github.hecnn.mlr.samples;

import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.data.TrainTestSplit;
import io.github.hecnn.mlr.features.GridShape;
import java.util.List;
import java.util.stream.Stream;

/**
 * Samples to train on and to test on, before scaling. Immutable under the condition of {@link LabeledDataset}.
 *
 * @param dataset name in reports
 * @param synthetic whether it is the built-in data set
 * @param training features to train on
 * @param test features to test on; null if they were not asked for
 * @param labels training and test with their labels, whether test features were asked for or not
 * @param testImages the images behind the test samples, or null if there are only features
 * @param grid of features that have one, or null
 * @param fingerprint SHA-256 of the training data
 * @param notes what a reader of results must know; the warnings of the split are added
 */
public record Samples(
        String dataset,
        boolean synthetic,
        LabeledDataset training,
        LabeledDataset test,
        TrainTestSplit labels,
        ImageSet testImages,
        GridShape grid,
        String fingerprint,
        List<String> notes) {
    private static final String OTHER_SPLIT =
            "choose the training samples by class with SampleChoice.seed 1, or change SampleChoice.count";

    /**
     * Checks the components.
     *
     * @param dataset name in reports
     * @param synthetic whether it is the built-in data set
     * @param training features to train on
     * @param test features to test on; null if they were not asked for
     * @param labels training and test with their labels, whether test features were asked for or not
     * @param testImages the images behind the test samples, or null if there are only features
     * @param grid of features that have one, or null
     * @param fingerprint SHA-256 of the training data
     * @param notes what a reader of results must know; the warnings of the split are added
     * @throws IllegalArgumentException if the split cannot be learned from or judged, as in {@link TrainTestSplit#requireLearnable}
     */
    public Samples {
        try {
            labels.requireLearnable(OTHER_SPLIT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(dataset + ": " + e.getMessage(), e);
        }
        notes = Stream.concat(notes.stream(), labels.warnings().stream()).toList();
    }
}
