package io.github.hecnn.mlr.data;

import java.util.Arrays;

/**
 * Feature vectors with their classes.
 *
 * <p>The arrays are taken over, not copied, since they may be large: do not change them afterwards. Thread-safe on that condition.
 *
 * @param features [samples][features], rectangular and finite, at least one of each
 * @param labels [samples], 0..classes-1
 * @param classes at least 2
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data; compared by content below
public record LabeledDataset(double[][] features, int[] labels, int classes) {
    /** @throws IllegalArgumentException naming the first sample or number that is not as described */
    public LabeledDataset {
        if (classes < 2) {
            throw new IllegalArgumentException(
                    "data set: expected at least 2 classes, found " + classes + "; give the number of classes");
        }
        if (features.length == 0 || features[0].length == 0) {
            throw new IllegalArgumentException(
                    "data set: expected at least 1 sample of 1 feature, found none; add data");
        }
        if (features.length != labels.length) {
            throw new IllegalArgumentException("data set: expected one label per sample, found " + features.length
                    + " samples and " + labels.length + " labels; pass matching arrays");
        }
        for (int i = 0; i < features.length; i++) {
            checkRow(features[i], i, features[0].length);
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException("data set: expected labels 0.." + (classes - 1) + ", found "
                        + labels[i] + " for sample " + i + "; map labels to that range");
            }
        }
    }

    private static void checkRow(double[] row, int i, int width) {
        if (row.length != width) {
            throw new IllegalArgumentException("data set: expected " + width + " features like sample 0, found "
                    + row.length + " for sample " + i + "; make rows equally long");
        }
        for (int k = 0; k < width; k++) {
            if (!Double.isFinite(row[k])) {
                throw new IllegalArgumentException("data set: expected finite features, found " + row[k]
                        + " for sample " + i + ", feature " + k + "; remove or impute it");
            }
        }
    }

    /** Number of samples. */
    public int samples() {
        return labels.length;
    }

    /** Number of features of each sample, without a leading 1. */
    public int width() {
        return features[0].length;
    }

    /**
     * Samples from..to-1, sharing their rows.
     *
     * @throws IllegalArgumentException if the range is empty or not inside 0..samples
     */
    public LabeledDataset slice(int from, int to) {
        if (from < 0 || to > samples() || from >= to) {
            throw new IllegalArgumentException("data set: expected a range of samples inside 0.." + samples()
                    + ", found " + from + ".." + to + "; ask for what is there");
        }
        return new LabeledDataset(
                Arrays.copyOfRange(features, from, to), Arrays.copyOfRange(labels, from, to), classes);
    }

    /**
     * The same labels with other features, such as scaled ones.
     *
     * @param other [samples][any width]; taken over
     * @throws IllegalArgumentException as the constructor
     */
    public LabeledDataset withFeatures(double[][] other) {
        return new LabeledDataset(other, labels, classes);
    }

    /** Number of samples of each class, [classes]. */
    public int[] classCounts() {
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof LabeledDataset d
                && classes == d.classes
                && Arrays.equals(labels, d.labels)
                && Arrays.deepEquals(features, d.features);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(labels) + Arrays.deepHashCode(features);
    }

    @Override
    public String toString() {
        return samples() + " samples of " + width() + " features in " + classes + " classes";
    }
}
