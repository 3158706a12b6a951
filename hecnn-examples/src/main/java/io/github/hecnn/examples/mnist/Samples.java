package io.github.hecnn.examples.mnist;

import io.github.hecnn.examples.cli.UserError;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.data.TrainTestSplit;
import io.github.hecnn.mlr.features.GridShape;
import java.util.List;
import java.util.stream.Stream;

/**
 * The data of a run before scaling.
 *
 * @param dataset name in reports
 * @param synthetic whether it is the built-in data set
 * @param training features to train on
 * @param test features to test on; null if they were not asked for
 * @param labels training and test with their labels, whether test features were asked for or not
 * @param testImages the images behind the test samples, or null if there are only features
 * @param grid of features that have one, or null
 * @param fingerprint SHA-256 of the training data
 * @param notes what a reader of results must know
 */
record Samples(
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
            "choose the training samples by class with --shuffle-seed 1, or change --samples";

    Samples {
        try {
            labels.requireLearnable(OTHER_SPLIT);
        } catch (IllegalArgumentException e) {
            throw new UserError(dataset + ": " + e.getMessage(), e);
        }
        notes = Stream.concat(notes.stream(), labels.warnings().stream()).toList();
    }
}
