package io.github.hecnn.mlr.model;

import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.DatasetReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A trained multiclass logistic regression. A sample belongs to the class of the highest score; the sigmoid is monotonous and changes
 * nothing in that. Immutable and thread-safe: weights are copied on the way in and out.
 *
 * <p>Samples are rows of a design matrix, with their leading 1.
 *
 * @param weights [classes][1 + features], column 0 the bias; finite; at least 2 classes
 * @param labelNames [classes], what each class is called in the training data
 */
@SuppressWarnings("ArrayRecordComponent") // copied, and compared by content below
public record MlrModel(double[][] weights, List<String> labelNames) {
    /** @throws IllegalArgumentException if there are fewer than 2 classes, weights are ragged, empty or not finite, or there are not as many names */
    public MlrModel {
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
     * @throws IllegalArgumentException as the other constructor
     */
    public MlrModel(double[][] weights) {
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

    /** A copy of the weights, [classes][1 + features]. */
    @Override
    public double[][] weights() {
        return copy(weights);
    }

    /** Number of classes. */
    public int classes() {
        return weights.length;
    }

    /** Columns of the weights, the bias included: the width of the samples it takes. */
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
     * The class of one sample: that of the highest score, the lowest such class in a tie.
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
     * Classes of many samples, on all threads of the common pool.
     *
     * @param x [samples][width()], ones in column 0
     * @return [samples]
     * @throws IllegalArgumentException as {@link #scores}
     */
    public int[] predict(double[][] x) {
        return Arrays.stream(x).parallel().mapToInt(this::predict).toArray();
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
     * @throws IllegalArgumentException if there are no samples, numbers differ, a label is out of range, or as {@link #scores}
     */
    public ClassificationReport evaluate(double[][] x, int[] labels) {
        return ClassificationReport.of(labels, predict(x), labelNames);
    }

    /**
     * What the class of one sample is called in the training data.
     *
     * @param x [width()], x[0] = 1
     * @throws IllegalArgumentException if the sample has another width
     */
    public String predictName(double[] x) {
        return labelNames.get(predict(x));
    }

    /**
     * Writes the weights, without the names of classes, as CSV: one line per class, the bias first, every number as the shortest text that reads back as the same
     * double. An earlier file of that name is replaced only once the new one is complete.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    public void writeCsv(Path file) {
        StringBuilder text = new StringBuilder();
        for (double[] row : weights) {
            for (int k = 0; k < row.length; k++) {
                text.append(k == 0 ? "" : ",").append(row[k]);
            }
            text.append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        try {
            AtomicFile.write(file, Access.USUAL, bytes.length, out -> out.write(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * Reads what {@link #writeCsv} wrote, or any CSV of finite numbers, classes x (1 + features); classes are called 0..classes-1.
     *
     * @throws DataFormatException if the content is something else
     * @throws UncheckedIOException if the file cannot be read
     */
    public static MlrModel readCsv(Path file) {
        double[][] weights = DatasetReader.matrix(file);
        if (weights.length < 2) {
            throw new DataFormatException(
                    file + ": expected at least 2 lines, one per class, found 1; give a file of weights");
        }
        return new MlrModel(weights);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof MlrModel m && Arrays.deepEquals(weights, m.weights) && labelNames.equals(m.labelNames);
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
