package io.github.hecnn.mlr.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Feature vectors with their classes.
 *
 * <p>The arrays are taken over, not copied, since they may be large: do not change them afterwards. Thread-safe on that condition.
 *
 * @param features [samples][features], rectangular and finite, at least one of each
 * @param labels [samples], 0..classes-1
 * @param labelNames [classes], at least 2: what each class is called where the data comes from, all different
 * @param featureNames [features], or empty if they have none
 * @param description how the data was read, in words; empty if there is nothing to say. No part of equality
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data; compared by content below
public record LabeledDataset(
        double[][] features, int[] labels, List<String> labelNames, List<String> featureNames, String description) {
    /**
     * Checks and copies the components.
     *
     * @param features [samples][features], rectangular and finite, at least one of each
     * @param labels [samples], 0..classes-1
     * @param labelNames [classes], at least 2: what each class is called where the data comes from, all different
     * @param featureNames [features], or empty if they have none
     * @param description how the data was read, in words; empty if there is nothing to say. No part of equality
     * @throws IllegalArgumentException naming the first sample or number that is not as described
     */
    public LabeledDataset {
        labelNames = List.copyOf(labelNames);
        featureNames = List.copyOf(featureNames);
        int classes = labelNames.size();
        if (classes < 2) {
            throw new IllegalArgumentException(
                    "data set: expected at least 2 classes, found " + classes + "; give the number of classes");
        }
        if (new HashSet<>(labelNames).size() != classes) {
            throw new IllegalArgumentException("data set: expected a name of its own for each class, found "
                    + labelNames + "; rename the classes");
        }
        if (features.length == 0 || features[0].length == 0) {
            throw new IllegalArgumentException(
                    "data set: expected at least 1 sample of 1 feature, found none; add data");
        }
        if (features.length != labels.length) {
            throw new IllegalArgumentException("data set: expected one label per sample, found " + features.length
                    + " samples and " + labels.length + " labels; pass matching arrays");
        }
        if (!featureNames.isEmpty() && featureNames.size() != features[0].length) {
            throw new IllegalArgumentException("data set: expected names of all " + features[0].length
                    + " features or of none, found " + featureNames.size() + "; name each, or none");
        }
        for (int i = 0; i < features.length; i++) {
            checkRow(features[i], i, features[0].length);
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException("data set: expected labels 0.." + (classes - 1) + ", found "
                        + labels[i] + " for sample " + i + "; map labels to that range");
            }
        }
    }

    /**
     * Features with classes that are called 0..classes-1.
     *
     * @param features [samples][features], row-major
     * @param labels [samples], 0..classes-1
     * @param classes at least 2
     * @throws IllegalArgumentException as the other constructor
     */
    public LabeledDataset(double[][] features, int[] labels, int classes) {
        this(features, labels, numbered(classes), List.of(), "");
    }

    private static List<String> numbered(int classes) {
        return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
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

    /** {@return number of classes} */
    public int classes() {
        return labelNames.size();
    }

    /** {@return number of samples} */
    public int samples() {
        return labels.length;
    }

    /** {@return number of features of each sample, without a leading 1} */
    public int width() {
        return features[0].length;
    }

    /**
     * {@return samples from..to-1, sharing their rows}
     *
     * @param from first sample, from 0
     * @param to after the last one
     * @throws IllegalArgumentException if the range is empty or not inside 0..samples
     */
    public LabeledDataset slice(int from, int to) {
        if (from < 0 || to > samples() || from >= to) {
            throw new IllegalArgumentException("data set: expected a range of samples inside 0.." + samples()
                    + ", found " + from + ".." + to + "; ask for what is there");
        }
        return rows(IntStream.range(from, to).toArray());
    }

    /**
     * {@return some of the samples, in that order, sharing their rows}
     *
     * @param indices at least one, each 0..samples-1
     * @throws IllegalArgumentException if there are none
     * @throws IndexOutOfBoundsException for a sample that is not there
     */
    public LabeledDataset rows(int[] indices) {
        double[][] x = new double[indices.length][];
        int[] y = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            x[i] = features[indices[i]];
            y[i] = labels[indices[i]];
        }
        return new LabeledDataset(x, y, labelNames, featureNames, description);
    }

    /**
     * {@return the same labels with other features, such as scaled ones; they have no names}
     *
     * @param other [samples][any width]; taken over
     * @throws IllegalArgumentException as the constructor
     */
    public LabeledDataset withFeatures(double[][] other) {
        return new LabeledDataset(other, labels, labelNames, List.of(), description);
    }

    /** {@return number of samples of each class, [classes]} */
    public int[] classCounts() {
        int[] counts = new int[classes()];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    /** {@return number of samples of each class in words: the class's name and its count} */
    public String classCountWords() {
        int[] counts = classCounts();
        return IntStream.range(0, classes())
                .mapToObj(c -> labelNames.get(c) + ": " + counts[c])
                .collect(Collectors.joining(", "));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof LabeledDataset d
                && labelNames.equals(d.labelNames)
                && featureNames.equals(d.featureNames)
                && Arrays.equals(labels, d.labels)
                && Arrays.deepEquals(features, d.features);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(labels) + Arrays.deepHashCode(features);
    }

    @Override
    public String toString() {
        return samples() + " samples of " + width() + " features in " + classes() + " classes"
                + (description.isEmpty() ? "" : " (" + description + ")");
    }
}
