package io.github.hecnn.mlr.recipe.plain;

import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.WeightArithmetic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The training data in plain doubles: a block is a sample, a value the weights of a class. Keeps the scores it met. For one thread. */
final class PlainDesign implements EncryptedDesign<double[]> {
    /** Samples whose scores are summed side by side. */
    private static final int CHUNK = 64;

    private final double[][] x;
    private final double[] byFeature;
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
        byFeature = new double[b.length * CHUNK];
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
        double[] errors = new double[CHUNK];
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int from = 0; from < blocks.size(); from += CHUNK) {
            List<Integer> chunk = blocks.subList(from, Math.min(from + CHUNK, blocks.size()));
            gather(chunk);
            for (int j = 0; j < g.length; j++) {
                scores(at.get(j), errors);
                for (int s = 0; s < chunk.size(); s++) {
                    double z = errors[s];
                    lowest = Math.min(lowest, z);
                    highest = Math.max(highest, z);
                    errors[s] = factor
                            * (targets[chunk.get(s)][j] - config.sigmoid().applyAsDouble(z));
                }
                for (int s = 0; s < chunk.size(); s++) {
                    addMultiple(g[j], errors[s], x[chunk.get(s)]);
                }
            }
        }
        scores.add(new ScoreRange(scores.size() + 1, lowest, highest));
        return new Partial<>(List.of(g));
    }

    /** Samples of a chunk by features, so that the loop over samples is one that compilers make vectors of. */
    private void gather(List<Integer> chunk) {
        for (int s = 0; s < chunk.size(); s++) {
            double[] sample = x[chunk.get(s)];
            for (int k = 0; k < sample.length; k++) {
                byFeature[k * CHUNK + s] = sample[k];
            }
        }
    }

    /** The scores of the samples gathered. Each is summed in the order of its features: the same bits as {@link #dot}. */
    private void scores(double[] weights, double[] out) {
        Arrays.fill(out, 0);
        for (int k = 0; k < weights.length; k++) {
            double w = weights[k];
            int row = k * CHUNK;
            for (int s = 0; s < CHUNK; s++) {
                out[s] += byFeature[row + s] * w;
            }
        }
    }

    private static void addMultiple(double[] sum, double factor, double[] sample) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += factor * sample[k];
        }
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
