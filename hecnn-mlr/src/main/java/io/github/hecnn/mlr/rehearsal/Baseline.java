package io.github.hecnn.mlr.rehearsal;

import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.features.QuadraticGradient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The trainings in the clear that arXiv 2304.03807 compares its own with in its Figure 1, all accelerated by Nesterov's method as it
 * writes it, from weights of zero, on all samples at once, with exact exponentials in place of polynomials.
 *
 * <p>Steps without the quadratic gradient are 1/L with the Lipschitz constant L of the gradient, found by power iteration, so that no step size is
 * tuned to the data: L is a quarter (sigmoid) or half (softmax, an upper bound) of the largest eigenvalue of X^T X.
 */
public enum Baseline {
    /** Softmax and the log-likelihood, first-order steps. */
    SOFTMAX,
    /** One sigmoid a class and the squared likelihood error (SLE), first-order steps. */
    SIGMOID,
    /** One sigmoid a class and the SLE with the quadratic gradient of {@link Preconditioner#ALGORITHM_1}: the paper's method. */
    SIGMOID_QUADRATIC;

    private static final double PAPER_START = 0.01;
    private static final int POWER_ITERATIONS = 100;

    /**
     * Trains.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @param labels [samples], 0..classes-1
     * @param classes at least 2
     * @param iterations at least 1
     * @return weights after each iteration, each [classes][features]
     * @throws IllegalArgumentException if a number is out of range, or x is empty, ragged, not finite or without its column of ones
     */
    public List<double[][]> train(double[][] x, int[] labels, int classes, int iterations) {
        check(x, labels, classes, iterations);
        double[] step = steps(x);
        double[][] w = new double[classes][x[0].length];
        double[][] v = w;
        List<double[][]> history = new ArrayList<>();
        double a0 = PAPER_START;
        for (int t = 1; t <= iterations; t++) {
            double a1 = (1 + Math.sqrt(1 + 4 * a0 * a0)) / 2;
            double eta = (1 - a0) / a1;
            double gamma = 1 / ((double) t * x.length);
            double[][] g = gradient(x, labels, v);
            double[][] nextW = new double[classes][step.length];
            double[][] nextV = new double[classes][step.length];
            for (int j = 0; j < classes; j++) {
                for (int k = 0; k < step.length; k++) {
                    nextV[j][k] = w[j][k] + (1 + gamma) * step[k] * g[j][k];
                    nextW[j][k] = (1 - eta) * nextV[j][k] + eta * v[j][k];
                }
            }
            w = nextW;
            v = nextV;
            history.add(w);
            a0 = a1;
        }
        return history;
    }

    private static void check(double[][] x, int[] labels, int classes, int iterations) {
        if (classes < 2 || iterations < 1 || labels.length != x.length) {
            throw new IllegalArgumentException(
                    "baseline: expected a label for each sample, at least 2 classes and 1 iteration, found "
                            + labels.length
                            + " labels for " + x.length + " samples, " + classes + " classes and " + iterations
                            + " iterations; pass matching arrays");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException("baseline: expected labels 0.." + (classes - 1) + ", found "
                        + labels[i] + " for sample " + i + "; map labels to that range");
            }
        }
    }

    /** What the gradient of each feature is multiplied by. */
    private double[] steps(double[][] x) {
        double[] b = QuadraticGradient.diagonal(x, Preconditioner.ALGORITHM_1); // checks x, too
        if (this != SIGMOID_QUADRATIC) {
            Arrays.fill(b, (this == SOFTMAX ? 2 : 4) / largestEigenvalue(x));
        }
        return b;
    }

    /** Of X^T X; the column of ones keeps it from zero, and a start of ones from being orthogonal to all that is positive. */
    private static double largestEigenvalue(double[][] x) {
        double[] u = new double[x[0].length];
        Arrays.setAll(u, k -> 1 + 0.01 * Math.sin(k)); // no symmetry of features is special
        double norm = 1;
        for (int i = 0; i < POWER_ITERATIONS; i++) {
            double[] next = new double[u.length];
            for (double[] row : x) {
                double p = dot(row, u);
                for (int k = 0; k < next.length; k++) {
                    next[k] += p * row[k];
                }
            }
            norm = Math.sqrt(dot(next, next));
            for (int k = 0; k < u.length; k++) {
                u[k] = next[k] / norm;
            }
        }
        return norm;
    }

    /** (Y - P)^T X. */
    private double[][] gradient(double[][] x, int[] labels, double[][] v) {
        double[][] g = new double[v.length][v[0].length];
        double[] z = new double[v.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < z.length; j++) {
                z[j] = dot(x[i], v[j]);
            }
            double[] p = this == SOFTMAX
                    ? softmax(z)
                    : Arrays.stream(z).map(SigmoidApproximation::sigmoid).toArray();
            for (int j = 0; j < z.length; j++) {
                double error = (labels[i] == j ? 1 : 0) - p[j];
                for (int k = 0; k < x[i].length; k++) {
                    g[j][k] += error * x[i][k];
                }
            }
        }
        return g;
    }

    private static double[] softmax(double[] z) {
        double max = Arrays.stream(z).max().orElseThrow();
        double[] e = Arrays.stream(z).map(v -> Math.exp(v - max)).toArray();
        double sum = Arrays.stream(e).sum();
        return Arrays.stream(e).map(v -> v / sum).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    /** The name in reports, such as {@code sigmoid-quadratic}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
