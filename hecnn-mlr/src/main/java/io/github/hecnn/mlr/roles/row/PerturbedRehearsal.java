package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import java.util.List;
import java.util.Random;

/**
 * The rehearsal once more with targets that are a little off, to see what becomes of errors. Where large steps are not stable, an error grows from iteration to
 * iteration, and with it that of every refresh: the same training goes well in doubles, and leaves the polynomial's interval encrypted.
 */
final class PerturbedRehearsal {
    /** Of a target, towards one half: far more than refreshes add, far less than what training is sensitive to. */
    private static final double RELATIVE = 1e-6;

    /** Iterations that show how large the error is before it can have grown. */
    private static final int FIRST = 5;

    private static final long SEED = 1;

    private PerturbedRehearsal() {}

    /**
     * The largest relative difference of weights from those of the rehearsal, by that of the first iterations.
     *
     * @param recipe with its step size
     * @param x design matrix [samples][features]
     * @param targets [samples][classes], from 0 to 1
     * @param history of the rehearsal
     * @return about 1 where errors do not grow; infinity where they leave the interval
     */
    static double growth(RowRecipe recipe, double[][] x, double[][] targets, PlainTrainer.History history) {
        Random random = new Random(SEED);
        double[][] off = new double[targets.length][];
        for (int i = 0; i < off.length; i++) {
            off[i] = targets[i].clone();
            for (int j = 0; j < off[i].length; j++) {
                off[i][j] += RELATIVE * random.nextDouble() * (0.5 - off[i][j]);
            }
        }
        List<double[][]> other;
        try {
            other = recipe.rehearse(x, off).weights();
        } catch (IllegalArgumentException outside) { // the rehearsal itself was inside
            return Double.POSITIVE_INFINITY;
        }
        int first = Math.min(FIRST, other.size());
        double early = 0;
        double largest = 0;
        for (int t = 0; t < other.size(); t++) {
            double difference = difference(history.weights().get(t), other.get(t));
            if (t < first) {
                early = Math.max(early, difference);
            }
            largest = Math.max(largest, difference);
        }
        return early > 0 ? largest / early : 1;
    }

    private static double difference(double[][] weights, double[][] other) {
        double squares = 0;
        double all = 0;
        for (int j = 0; j < weights.length; j++) {
            for (int k = 0; k < weights[j].length; k++) {
                double d = other[j][k] - weights[j][k];
                squares += d * d;
                all += weights[j][k] * weights[j][k];
            }
        }
        return all > 0 ? Math.sqrt(squares / all) : 0;
    }
}
