package io.github.hecnn.benchmarks.samedata;

import io.github.hecnn.mlr.data.TrainTestSplit;
import io.github.hecnn.mlr.training.TrainingSettings;

/**
 * One training that others have published, too.
 *
 * @param title of its section
 * @param others what they report, a sentence
 * @param data trained and tested on as they did
 * @param tested what the test samples are, in words
 * @param ownersWork what the owner of the data does in the clear before it encrypts, a sentence
 * @param settings how to train; what they leave open is chosen on the training samples
 */
record SameDataCase(
        String title,
        String others,
        TrainTestSplit data,
        String tested,
        String ownersWork,
        TrainingSettings settings) {}
