package io.github.hecnn.mlr.serving;

import java.util.Arrays;
import java.util.List;

/**
 * Answers in the clear. Immutable and thread-safe: arrays are copied on the way in and out.
 *
 * @param labels [queries] class of the highest score, the lowest such class in a tie
 * @param scores [queries][classes], arguments of the sigmoid
 * @param errors [queries] what no score of the query is off by in practice: noise of weights, computation and flooding
 * @param labelNames [classes]
 */
@SuppressWarnings("ArrayRecordComponent") // copied, and compared by content below
public record Predictions(int[] labels, double[][] scores, double[] errors, List<String> labelNames) {
    /**
     * Copies the arrays.
     *
     * @param labels [queries] class of the highest score, the lowest such class in a tie
     * @param scores [queries][classes], arguments of the sigmoid
     * @param errors [queries] what no score of the query is off by in practice: noise of weights, computation and flooding
     * @param labelNames [classes]
     */
    public Predictions {
        labels = labels.clone();
        scores = copy(scores);
        errors = errors.clone();
        labelNames = List.copyOf(labelNames);
    }

    private static double[][] copy(double[][] m) {
        return Arrays.stream(m).map(double[]::clone).toArray(double[][]::new);
    }

    /** {@return a copy of the classes, one for each query} */
    @Override
    public int[] labels() {
        return labels.clone();
    }

    /** {@return a copy of the scores, [queries][classes]} */
    @Override
    public double[][] scores() {
        return copy(scores);
    }

    /** {@return a copy of the bounds of the errors} */
    @Override
    public double[] errors() {
        return errors.clone();
    }

    /** {@return number of queries} */
    public int size() {
        return labels.length;
    }

    /**
     * {@return what the class of a query is called}
     *
     * @param query 0 .. size - 1
     */
    public String name(int query) {
        return labelNames.get(labels[query]);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Predictions p
                && Arrays.equals(labels, p.labels)
                && Arrays.deepEquals(scores, p.scores)
                && Arrays.equals(errors, p.errors)
                && labelNames.equals(p.labelNames);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
        return "predictions of " + size() + " queries in " + labelNames.size() + " classes";
    }
}
