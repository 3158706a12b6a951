package io.github.hecnn.mlr.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The training in plain doubles: what every encrypted recipe is measured against. Pure, deterministic and thread-safe.
 *
 * <p>Z = X V^T, P = sigmoid polynomial of Z, gradient (Y - P)^T X, as in arXiv 2304.03807; Y are one-hot labels, there is no softmax.
 */
public final class PlainTrainer {
    private PlainTrainer() {}

    /**
     * The paper's iteration, full batch, quadratic gradient and {@link NesterovSchedule#paper}.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @param labels [samples], 0..classes-1
     * @return W after each iteration, each [classes][features]
     * @throws IllegalArgumentException if the data does not have the shape of the settings
     */
    public static List<double[][]> train(double[][] x, int[] labels, MlrConfig config) {
        config.check(x, labels);
        double[] b = QuadraticGradient.diagonal(x);
        NesterovSchedule schedule = NesterovSchedule.paper(config.samples());
        double[][] w = filled(config);
        double[][] v = filled(config);
        List<double[][]> history = new ArrayList<>();
        for (int t = 1; t <= config.iterations(); t++) {
            NesterovSchedule.Step step = schedule.step(t);
            double[][] g = gradient(x, labels, 0, config.samples(), v, config.sigmoid());
            double[][] nextW = new double[config.classes()][config.features()];
            double[][] nextV = new double[config.classes()][config.features()];
            for (int j = 0; j < config.classes(); j++) {
                for (int k = 0; k < config.features(); k++) {
                    double moved = w[j][k] + (1 + step.gamma()) * (g[j][k] * b[k]);
                    nextW[j][k] = (1 - step.eta()) * moved + step.eta() * v[j][k];
                    nextV[j][k] = moved;
                }
            }
            w = nextW;
            v = nextV;
            history.add(w);
        }
        return history;
    }

    /**
     * Minibatches in a fixed order with standard Nesterov steps: N = V + b (Y - P)^T X / batch, V = N + (t - 1)/u (N - W), W = N, where
     * t = 1 at first and u = (1 + sqrt(1 + 4 t^2))/2 is the next t; b is {@link QuadraticGradient#meanDiagonal} of all data. Step s uses
     * rows s*batch .. (s+1)*batch - 1, from the start again once fewer than a batch are left; those last rows are never used.
     *
     * @param x design matrix [samples][features], ones in column 0; centred features train best
     * @param labels [samples], 0..classes-1
     * @param config {@code iterations} counts minibatches: samples / batch of them are an epoch
     * @param batch 1..samples
     * @return W after each minibatch, each [classes][features]
     * @throws IllegalArgumentException if the data does not have the shape of the settings, or batch is out of range
     */
    public static List<double[][]> trainMinibatches(double[][] x, int[] labels, MlrConfig config, int batch) {
        config.check(x, labels);
        if (batch < 1 || batch > config.samples()) {
            throw new IllegalArgumentException("minibatch training: expected a batch of 1.." + config.samples()
                    + " samples, found " + batch + "; choose one in range");
        }
        double[] b = QuadraticGradient.meanDiagonal(x);
        double[][] w = filled(config);
        double[][] v = filled(config);
        double t = 1;
        int perEpoch = config.samples() / batch;
        List<double[][]> history = new ArrayList<>();
        for (int s = 0; s < config.iterations(); s++) {
            int first = s % perEpoch * batch;
            double[][] g = gradient(x, labels, first, first + batch, v, config.sigmoid());
            double u = NesterovSchedule.next(t);
            double[][] nextW = new double[config.classes()][config.features()];
            double[][] nextV = new double[config.classes()][config.features()];
            for (int j = 0; j < config.classes(); j++) {
                for (int k = 0; k < config.features(); k++) {
                    double moved = v[j][k] + g[j][k] / batch * b[k];
                    nextV[j][k] = moved + (t - 1) / u * (moved - w[j][k]);
                    nextW[j][k] = moved;
                }
            }
            w = nextW;
            v = nextV;
            t = u;
            history.add(w);
        }
        return history;
    }

    /**
     * The largest |z| that the weights meet on the data. Beyond the interval of the sigmoid polynomial training goes astray: see to it
     * in the rehearsal that this stays inside.
     *
     * @param x design matrix [samples][features]
     * @param weights [classes][features]
     * @throws IllegalArgumentException if the widths differ
     */
    public static double largestScore(double[][] x, double[][] weights) {
        double max = 0;
        for (double[] row : x) {
            for (double[] w : weights) {
                if (w.length != row.length) {
                    throw new IllegalArgumentException("largest score: expected " + w.length + " features, found "
                            + row.length + "; use the features the model was trained on");
                }
                max = Math.max(max, Math.abs(dot(row, w)));
            }
        }
        return max;
    }

    private static double[][] gradient(
            double[][] x, int[] labels, int from, int to, double[][] v, DoubleUnaryOperator sigmoid) {
        double[][] g = new double[v.length][v[0].length];
        for (int i = from; i < to; i++) {
            for (int j = 0; j < v.length; j++) {
                double error = (labels[i] == j ? 1 : 0) - sigmoid.applyAsDouble(dot(x[i], v[j]));
                for (int k = 0; k < x[i].length; k++) {
                    g[j][k] += error * x[i][k];
                }
            }
        }
        return g;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private static double[][] filled(MlrConfig config) {
        double[][] w = new double[config.classes()][config.features()];
        for (double[] row : w) {
            Arrays.fill(row, config.initialWeight());
        }
        return w;
    }
}
