package io.github.hecnn.examples.mnist;

import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.data.TrainTestSplit;
import java.util.List;

/**
 * What the data owner trains and tests on: design matrices after scaling, with their leading ones.
 *
 * @param dataset name in reports; says so if the data is synthetic
 * @param synthetic whether it is the built-in data set
 * @param train [samples][1 + features]
 * @param labels [samples]
 * @param split names and counts of the classes of training and test
 * @param test [test samples][1 + features]; empty if it was not asked for
 * @param testLabels [test samples]
 * @param testImages the images behind the test samples, or null if there are only features
 * @param fingerprint SHA-256 of the raw training data, to notice that another run reads other data
 * @param notes what a reader of results must know
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data, never compared
record TrainingData(
        String dataset,
        boolean synthetic,
        double[][] train,
        int[] labels,
        TrainTestSplit split,
        double[][] test,
        int[] testLabels,
        ImageSet testImages,
        String fingerprint,
        List<String> notes) {

    /** Training samples. */
    int samples() {
        return train.length;
    }

    /** Number of classes. */
    int classes() {
        return labelNames().size();
    }

    /** What each class is called in the data. */
    List<String> labelNames() {
        return split.training().labelNames();
    }

    /** Columns of the design matrix. */
    int width() {
        return train[0].length;
    }
}
