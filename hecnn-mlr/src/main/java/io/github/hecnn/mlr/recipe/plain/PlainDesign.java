package io.github.hecnn.mlr.recipe.plain;

import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.WeightArithmetic;
import java.util.ArrayList;
import java.util.List;

/** The training data in plain doubles: a block is a sample, a value the weights of a class. Keeps the scores it met. For one thread. */
final class PlainDesign implements EncryptedDesign<double[]> {
    private final double[][] x;
    private final double[][] targets;
    private final MlrConfig config;
    private final double[] b;
    private final List<ScoreRange> scores = new ArrayList<>();

    PlainDesign(PlainData data, double[][] targets, MlrConfig config) {
        x = data.x();
        config.check(x, targets);
        this.targets = targets;
        this.config = config;
        b = data.diagonal(config.preconditioner());
    }

    /** What each call of {@link #partial} put into the sigmoid polynomial. */
    List<ScoreRange> scores() {
        return scores;
    }

    @Override
    public WeightArithmetic<double[]> arithmetic() {
        return PlainArithmetic.INSTANCE;
    }

    @Override
    public int blocks() {
        return x.length;
    }

    @Override
    public long fingerprint() {
        return x.length;
    }

    @Override
    public List<double[]> start() {
        return List.of(config.startWeights());
    }

    @Override
    public Partial<double[]> partial(List<Integer> blocks, List<double[]> at, double factor) {
        double[][] g = new double[at.size()][b.length];
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i : blocks) {
            for (int j = 0; j < g.length; j++) {
                double z = dot(x[i], at.get(j));
                lowest = Math.min(lowest, z);
                highest = Math.max(highest, z);
                double error = factor * (targets[i][j] - config.sigmoid().applyAsDouble(z));
                for (int k = 0; k < b.length; k++) {
                    g[j][k] += error * x[i][k];
                }
            }
        }
        scores.add(new ScoreRange(scores.size() + 1, lowest, highest));
        return new Partial<>(List.of(g));
    }

    @Override
    public List<double[]> gradient(Partial<double[]> sum) {
        List<double[]> out = new ArrayList<>();
        for (double[] row : sum.products()) {
            double[] g = row.clone();
            for (int k = 0; k < g.length; k++) {
                g[k] *= b[k];
            }
            out.add(g);
        }
        return out;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
