package io.github.hecnn.mlr.model;

import io.github.hecnn.core.parallel.WorkerPool;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The weights of a multiclass logistic regression, on rows of a design matrix: scaled features behind a leading 1. {@link MlrModel} is
 * what predicts on features as they come. A sample belongs to the class of the highest score; the sigmoid is monotonous and changes
 * nothing in that. Immutable and thread-safe: weights are copied on the way in and out.
 *
 * @param weights [classes][1 + features], column 0 the bias; finite; at least 2 classes
 * @param labelNames [classes], what each class is called in the training data
 */
@SuppressWarnings("ArrayRecordComponent") // copied, and compared by content below
public record LinearModel(double[][] weights, List<String> labelNames) {
    /**
     * Checks and copies the components.
     *
     * @param weights [classes][1 + features], column 0 the bias; finite; at least 2 classes
     * @param labelNames [classes], what each class is called in the training data
     * @throws IllegalArgumentException if there are fewer than 2 classes, weights are ragged, empty or not finite, or there are not as many names
     */
    public LinearModel {
        if (weights.length < 2 || weights[0].length == 0) {
            throw new IllegalArgumentException("model: expected weights of at least 2 classes and 1 feature, found "
                    + weights.length + " classes" + (weights.length == 0 ? "" : " of " + weights[0].length)
                    + "; pass [classes][1 + features]");
        }
        for (int j = 0; j < weights.length; j++) {
            if (weights[j].length != weights[0].length) {
                throw new IllegalArgumentException(
                        "model: expected " + weights[0].length + " weights as for class 0, found " + weights[j].length
                                + " for class " + j + "; pass a rectangle");
            }
            for (int k = 0; k < weights[j].length; k++) {
                if (!Double.isFinite(weights[j][k])) {
                    throw new IllegalArgumentException(
                            "model: expected finite weights, found " + weights[j][k] + " for class " + j + ", column "
                                    + k + "; check that training stayed in the sigmoid polynomial's interval");
                }
            }
        }
        labelNames = List.copyOf(labelNames);
        if (labelNames.size() != weights.length) {
            throw new IllegalArgumentException("model: expected names of " + weights.length + " classes, found "
                    + labelNames.size() + "; pass those of the training data");
        }
        weights = copy(weights);
    }

    /**
     * A model whose classes are called 0..classes-1.
     *
     * @param weights [classes][1 + features], finite
     * @throws IllegalArgumentException as the other constructor
     */
    public LinearModel(double[][] weights) {
        this(
                weights,
                IntStream.range(0, weights.length).mapToObj(Integer::toString).toList());
    }

    private static double[][] copy(double[][] m) {
        double[][] c = new double[m.length][];
        for (int i = 0; i < m.length; i++) {
            c[i] = m[i].clone();
        }
        return c;
    }

    /** {@return a copy of the weights, [classes][1 + features]} */
    @Override
    public double[][] weights() {
        return copy(weights);
    }

    /** {@return number of classes} */
    public int classes() {
        return weights.length;
    }

    /** {@return columns of the weights, the bias included: the width of the samples it takes} */
    public int width() {
        return weights[0].length;
    }

    /**
     * Scores z of one sample.
     *
     * @param x [width()], x[0] = 1
     * @return [classes], finite
     * @throws IllegalArgumentException if the sample has another width, does not begin with 1, or has a feature that is not finite or
     *     so large that a score is not
     */
    public double[] scores(double[] x) {
        if (x.length != width()) {
            throw new IllegalArgumentException(
                    "predict: expected samples of " + width() + " columns (the leading 1 counted), found " + x.length
                            + "; use the features the model was trained on");
        }
        if (x[0] != 1) {
            throw new IllegalArgumentException(
                    "predict: expected samples with a leading 1, found " + x[0] + "; see FeatureScaler.withOnes");
        }
        double[] z = new double[weights.length];
        for (int j = 0; j < z.length; j++) {
            for (int k = 0; k < x.length; k++) {
                z[j] += x[k] * weights[j][k];
            }
            requireFinite(x, z[j]);
        }
        return z;
    }

    /** A feature that is not finite makes every score that, so scores are all there is to look at. */
    private static void requireFinite(double[] x, double score) {
        if (Double.isFinite(score)) {
            return;
        }
        for (int k = 0; k < x.length; k++) {
            if (!Double.isFinite(x[k])) {
                throw new IllegalArgumentException("predict: expected finite features, found " + x[k] + " in column "
                        + k + "; remove or impute it");
            }
        }
        throw new IllegalArgumentException(
                "predict: expected features whose scores a double can hold, found a score of " + score
                        + "; scale them as in training");
    }

    /**
     * {@return the class of one sample: that of the highest score, the lowest such class in a tie}
     *
     * @param x [width()], x[0] = 1
     * @throws IllegalArgumentException as {@link #scores}
     */
    public int predict(double[] x) {
        double[] z = scores(x);
        int best = 0;
        for (int j = 1; j < z.length; j++) {
            best = z[j] > z[best] ? j : best;
        }
        return best;
    }

    /**
     * Classes of many samples, on the common workers.
     *
     * @param x [samples][width()], ones in column 0
     * @return [samples]
     * @throws IllegalArgumentException as {@link #scores}
     */
    public int[] predict(double[][] x) {
        int[] classes = new int[x.length];
        WorkerPool.common().forEach(x.length, i -> classes[i] = predict(x[i]));
        return classes;
    }

    /**
     * Part of the samples whose class is predicted right.
     *
     * @param x [samples][width()], ones in column 0
     * @param labels [samples]
     * @return 0..1
     * @throws IllegalArgumentException as {@link #evaluate}
     */
    public double accuracy(double[][] x, int[] labels) {
        return evaluate(x, labels).accuracy();
    }

    /**
     * Predicts and compares.
     *
     * @param x [samples][width()], ones in column 0; at least one
     * @param labels [samples], 0..classes-1
     * @return the comparison
     * @throws IllegalArgumentException if there are no samples, numbers differ, a label is out of range, or as {@link #scores}
     */
    public ClassificationReport evaluate(double[][] x, int[] labels) {
        return ClassificationReport.of(labels, predict(x), labelNames);
    }

    /**
     * {@return what the class of one sample is called in the training data}
     *
     * @param x [width()], x[0] = 1
     * @throws IllegalArgumentException if the sample has another width
     */
    public String predictName(double[] x) {
        return labelNames.get(predict(x));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof LinearModel m && Arrays.deepEquals(weights, m.weights) && labelNames.equals(m.labelNames);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(weights);
    }

    @Override
    public String toString() {
        return "logistic regression of " + width() + " columns in " + classes() + " classes";
    }
}
