package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.mlr.approx.ScoreRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Long training in plain doubles: what the encrypted one is measured against, and the owner's rehearsal on its own data, which sees what nobody
 * sees later: how far scores and gradients go. Not thread-safe.
 */
public final class LongRehearsal {
    private final LongSettings settings;
    private final double[][] x;
    private final int[] labels;
    private final int classes;
    private final int batch;
    private double[][] n;
    private double[][] v;
    private double t = 1;
    private final List<ScoreRange> scores = new ArrayList<>();
    private double largestGradient;

    /**
     * Before the first step.
     *
     * @param settings of the training
     * @param x [samples][features] of {@link LongFeatures#transform}
     * @param labels [samples], 0..classes-1
     * @param classes at least 2
     * @param batch samples of a step, 1..samples
     * @throws IllegalArgumentException for another batch, or another number of labels
     */
    public LongRehearsal(LongSettings settings, double[][] x, int[] labels, int classes, int batch) {
        if (batch < 1 || batch > x.length || labels.length != x.length) {
            throw new IllegalArgumentException("long training: expected a batch of 1.." + x.length + " samples, and a label"
                    + " for each sample, found " + batch + " and " + labels.length + "; use a smaller batch");
        }
        this.settings = settings;
        this.x = x;
        this.labels = labels;
        this.classes = classes;
        this.batch = batch;
        n = start(settings, x[0], classes);
        v = n;
    }

    /** First weights: the score of every sample is the public one. */
    static double[][] start(LongSettings settings, double[] sample, int classes) {
        double[][] w = new double[classes][sample.length];
        for (double[] row : w) {
            row[0] = settings.startScore() / sample[0];
        }
        return w;
    }

    /**
     * One step on the next batch; after the last whole one the first one comes again.
     *
     * @return the weights, [classes][features], in units of prepared features
     * @throws IllegalArgumentException if a score is no longer a finite number
     */
    public double[][] step() {
        int first = scores.size() % (x.length / batch) * batch;
        double[][] g = gradient(first, first + batch);
        double u = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
        double m = (t - 1) / u;
        t = u;
        double[][] nextN = new double[classes][x[0].length];
        double[][] nextV = new double[classes][x[0].length];
        for (int c = 0; c < classes; c++) {
            for (int k = 0; k < x[0].length; k++) {
                largestGradient = Math.max(largestGradient, Math.abs(g[c][k]));
                nextN[c][k] = v[c][k] + g[c][k];
                nextV[c][k] = nextN[c][k] + m * (nextN[c][k] - n[c][k]);
            }
        }
        n = nextN;
        v = nextV;
        return n;
    }

    private double[][] gradient(int from, int to) {
        double[][] targets = settings.targets(labels, from, to, classes);
        double[][] g = new double[classes][x[0].length];
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            for (int c = 0; c < classes; c++) {
                double z = 0;
                for (int k = 0; k < x[i].length; k++) {
                    z += x[i][k] * v[c][k];
                }
                lowest = Math.min(lowest, z);
                highest = Math.max(highest, z);
                double e = settings.step() / batch * (targets[i - from][c] - settings.sigmoid().applyAsDouble(z));
                for (int k = 0; k < x[i].length; k++) {
                    g[c][k] += e * x[i][k];
                }
            }
        }
        if (!Double.isFinite(lowest) || !Double.isFinite(highest)) {
            throw new IllegalArgumentException("long training: expected finite scores, found [" + lowest + ", " + highest
                    + "] in step " + (scores.size() + 1) + "; use smaller steps or a wider interval");
        }
        scores.add(new ScoreRange(scores.size() + 1, lowest, highest));
        return g;
    }

    /** Scores of every step so far. */
    public List<ScoreRange> scores() {
        return List.copyOf(scores);
    }

    /** Largest magnitude of an entry of a gradient so far, in units of the weights of prepared features. */
    public double largestGradient() {
        return largestGradient;
    }
}
