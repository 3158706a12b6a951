package io.github.hecnn.mlr.recipe.plain;

import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.recipe.MlrConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The state of one training in plain doubles: weights, and the scores they met. For one thread. */
final class PlainRun {
    private final String operation;
    private final double[][] x;
    private final int[] labels;
    private final MlrConfig config;
    private final List<double[][]> weights = new ArrayList<>();
    private final List<ScoreRange> scores = new ArrayList<>();

    private double[][] w;
    private double[][] v;
    private double[][] nextW;
    private double[][] nextV;

    PlainRun(String operation, double[][] x, int[] labels, MlrConfig config) {
        this.operation = operation;
        this.x = x;
        this.labels = labels;
        this.config = config;
        w = new double[config.classes()][config.features()];
        for (double[] row : w) {
            Arrays.fill(row, config.initialWeight());
        }
        v = w;
    }

    /** Computes the next W and V of one weight. */
    @FunctionalInterface
    interface Update {
        void of(int classIndex, int feature);
    }

    double w(int j, int k) {
        return w[j][k];
    }

    double v(int j, int k) {
        return v[j][k];
    }

    /** What an {@link Update} found. */
    void set(int j, int k, double newW, double newV) {
        nextW[j][k] = newW;
        nextV[j][k] = newV;
    }

    /** (Y - P)^T X at V for the samples from..to-1, whose scores are noted. */
    double[][] gradient(int from, int to) {
        double[][] g = new double[v.length][v[0].length];
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            for (int j = 0; j < v.length; j++) {
                double z = dot(x[i], v[j]);
                lowest = Math.min(lowest, z);
                highest = Math.max(highest, z);
                double error = (labels[i] == j ? 1 : 0) - config.sigmoid().applyAsDouble(z);
                for (int k = 0; k < x[i].length; k++) {
                    g[j][k] += error * x[i][k];
                }
            }
        }
        scores.add(new ScoreRange(scores.size() + 1, lowest, highest));
        return g;
    }

    /** One step of all weights. */
    void update(Update update) {
        nextW = new double[w.length][w[0].length];
        nextV = new double[w.length][w[0].length];
        for (int j = 0; j < w.length; j++) {
            for (int k = 0; k < w[j].length; k++) {
                update.of(j, k);
            }
        }
        w = nextW;
        v = nextV;
        requireFinite();
        weights.add(w);
    }

    private void requireFinite() {
        for (int j = 0; j < w.length; j++) {
            for (int k = 0; k < w[j].length; k++) {
                if (!Double.isFinite(w[j][k]) || !Double.isFinite(v[j][k])) {
                    requireWithin();
                    String outside = ScoreRange.complaint(scores, config.sigmoid());
                    throw new IllegalArgumentException(operation + ": expected finite weights, found " + w[j][k]
                            + " for class " + j + ", column " + k + " after iteration " + scores.size()
                            + (outside.isEmpty() ? "" : " (" + outside + ")")
                            + "; standardise the features, start from weights nearer to 0 or take fewer iterations");
                }
            }
        }
    }

    /** Refuses scores outside of the interval, unless the settings say to go on. */
    void requireWithin() {
        if (config.outsideInterval() == OutsideInterval.REFUSE) {
            ScoreRange.requireWithin(operation, scores, config.sigmoid());
        }
    }

    List<double[][]> weights() {
        return weights;
    }

    List<ScoreRange> scores() {
        return scores;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
