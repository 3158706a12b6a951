package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.MlrConfig;
import java.util.List;

/**
 * The units of the row recipe: features times the root of the mean quadratic gradient's diagonal, sqrt(n b_k) where b has sums over n samples, so
 * that gradients of minibatches are means; weights divided by it.
 */
final class RowUnits {
    private RowUnits() {}

    /** sqrt(n b_k), from a scaling by rho sqrt(b_k). */
    static double factor(MlrConfig config, ColumnScaling scaling, int feature) {
        double rho = ColumnScaling.balance(config.samples(), config.features());
        return scaling.factor(feature) * Math.sqrt(config.samples()) / rho;
    }

    /** Weights of the design matrix from those of the ciphertexts, which start at zero. */
    static double[][] weights(MlrConfig config, double[][] slots, ColumnScaling scaling) {
        double[][] out = new double[config.classes()][config.features()];
        for (int j = 0; j < out.length; j++) {
            for (int k = 0; k < out[j].length; k++) {
                out[j][k] = config.startWeight(j, k) + slots[j][k] * factor(config, scaling, k);
            }
        }
        return out;
    }

    /** Largest weight of a training, in units of the ciphertexts. */
    static double largestWeight(MlrConfig config, List<double[][]> weights, ColumnScaling scaling) {
        double most = 0;
        for (double[][] w : weights) {
            for (int j = 0; j < w.length; j++) {
                for (int k = 0; k < w[j].length; k++) {
                    double f = factor(config, scaling, k);
                    most = f == 0 ? most : Math.max(most, Math.abs(w[j][k] - config.startWeight(j, k)) / f);
                }
            }
        }
        return most;
    }

    /** Largest difference of weights from those before, from an iteration on, in units of the ciphertexts. */
    static double largestStep(MlrConfig config, List<double[][]> weights, ColumnScaling scaling, int from) {
        double most = 0;
        for (int t = from; t <= weights.size(); t++) {
            double[][] now = weights.get(t - 1);
            double[][] before = t == 1 ? config.startWeights() : weights.get(t - 2);
            for (int j = 0; j < now.length; j++) {
                for (int k = 0; k < now[j].length; k++) {
                    double f = factor(config, scaling, k);
                    most = f == 0 ? most : Math.max(most, Math.abs(now[j][k] - before[j][k]) / f);
                }
            }
        }
        return most;
    }

    /** Largest entry of a gradient of a training, in units of the ciphertexts, from the weights it went through. */
    static double largestGradient(MlrConfig config, List<double[][]> weights, ColumnScaling scaling) {
        double most = 0;
        double[][] stepped = config.startWeights();
        double[][] point = stepped;
        for (int t = 1; t <= weights.size(); t++) {
            double[][] next = weights.get(t - 1);
            double m = config.schedule().step(t, config.samples()).momentum();
            double[][] nextPoint = new double[next.length][next[0].length];
            for (int j = 0; j < next.length; j++) {
                for (int k = 0; k < next[j].length; k++) {
                    double f = factor(config, scaling, k);
                    most = f == 0 ? most : Math.max(most, Math.abs(next[j][k] - point[j][k]) / f);
                    nextPoint[j][k] = next[j][k] + m * (next[j][k] - stepped[j][k]);
                }
            }
            stepped = next;
            point = nextPoint;
        }
        return most;
    }
}
