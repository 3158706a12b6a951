package io.github.hecnn.mlr.recipe.plain;

import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.features.QuadraticGradient;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.NesterovSchedule;
import java.util.List;

/**
 * The training in plain doubles: what every encrypted recipe is measured against. Pure, deterministic and thread-safe.
 *
 * <p>Z = X V^T, P = sigmoid polynomial of Z, gradient (Y - P)^T X, as in arXiv 2304.03807; Y are one-hot labels, there is no softmax.
 *
 * <p>It is the owner's rehearsal, too: scores that leave the interval of the sigmoid polynomial are refused here, in the clear, unless
 * the settings say {@code GO_ON}. Nobody can see them in an encrypted run.
 */
public final class PlainTrainer {
    private PlainTrainer() {}

    /**
     * What a training went through.
     *
     * @param weights W after each iteration, each [classes][features]
     * @param scores what each iteration put into the sigmoid polynomial: the scores of V, which is W with momentum
     */
    public record History(List<double[][]> weights, List<ScoreRange> scores) {
        /** Copies the lists. */
        public History {
            weights = List.copyOf(weights);
            scores = List.copyOf(scores);
        }
    }

    /**
     * The paper's iteration, full batch, quadratic gradient and {@link NesterovSchedule#paper}.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @param labels [samples], 0..classes-1
     * @return W after each iteration, each [classes][features]
     * @throws IllegalArgumentException as {@link #rehearse}
     */
    public static List<double[][]> train(double[][] x, int[] labels, MlrConfig config) {
        return rehearse(x, labels, config).weights();
    }

    /**
     * The same as {@link #train}, with the scores.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @param labels [samples], 0..classes-1
     * @return weights and scores of each iteration
     * @throws IllegalArgumentException if the data does not have the shape of the settings; if a score leaves the interval of the
     *     sigmoid polynomial and the settings do not say to go on; if weights grow beyond what a double holds, in any case. The text has
     *     value and iteration
     */
    public static History rehearse(double[][] x, int[] labels, MlrConfig config) {
        config.check(x, labels);
        double[] b = QuadraticGradient.diagonal(x, config.preconditioner());
        NesterovSchedule schedule = NesterovSchedule.paper(config.samples());
        PlainRun run = new PlainRun("plain training", x, labels, config);
        for (int t = 1; t <= config.iterations(); t++) {
            NesterovSchedule.Step step = schedule.step(t);
            double[][] g = run.gradient(0, config.samples());
            run.update((j, k) -> {
                double moved = run.w(j, k) + (1 + step.gamma()) * (g[j][k] * b[k]);
                run.set(j, k, (1 - step.eta()) * moved + step.eta() * run.v(j, k), moved);
            });
        }
        return history(run);
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
     * @throws IllegalArgumentException as {@link #rehearseMinibatches}
     */
    public static List<double[][]> trainMinibatches(double[][] x, int[] labels, MlrConfig config, int batch) {
        return rehearseMinibatches(x, labels, config, batch).weights();
    }

    /**
     * The same as {@link #trainMinibatches}, with the scores of each minibatch.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @param labels [samples], 0..classes-1
     * @param config {@code iterations} counts minibatches
     * @param batch 1..samples
     * @return weights and scores of each minibatch
     * @throws IllegalArgumentException as {@link #rehearse}, or if batch is out of range
     */
    public static History rehearseMinibatches(double[][] x, int[] labels, MlrConfig config, int batch) {
        config.check(x, labels);
        if (batch < 1 || batch > config.samples()) {
            throw new IllegalArgumentException("minibatch training: expected a batch of 1.." + config.samples()
                    + " samples, found " + batch + "; choose one in range");
        }
        double[] b = QuadraticGradient.meanDiagonal(x, config.preconditioner());
        PlainRun run = new PlainRun("minibatch training", x, labels, config);
        double t = 1;
        int perEpoch = config.samples() / batch;
        for (int s = 0; s < config.iterations(); s++) {
            int first = s % perEpoch * batch;
            double[][] g = run.gradient(first, first + batch);
            double u = NesterovSchedule.next(t);
            double momentum = (t - 1) / u;
            run.update((j, k) -> {
                double moved = run.v(j, k) + g[j][k] / batch * b[k];
                run.set(j, k, moved, moved + momentum * (moved - run.w(j, k)));
            });
            t = u;
        }
        return history(run);
    }

    private static History history(PlainRun run) {
        run.requireWithin();
        return new History(run.weights(), run.scores());
    }

    /** Refuses data of another shape and, unless the settings say to go on, a training that leaves the interval. */
    public static void requireTrainable(double[][] x, int[] labels, MlrConfig config) {
        if (config.outsideInterval() == OutsideInterval.REFUSE) {
            rehearse(x, labels, config);
        } else {
            config.check(x, labels);
        }
    }

    /**
     * The largest |z| that weights meet on data. For what a training puts into its sigmoid polynomial see {@link History#scores}: that
     * are the scores of V, not those of the reported W.
     *
     * @param x design matrix [samples][features]
     * @param weights [classes][features]
     * @throws IllegalArgumentException if the widths differ, or a score is no finite number
     */
    public static double largestScore(double[][] x, double[][] weights) {
        double max = 0;
        for (int i = 0; i < x.length; i++) {
            for (double[] w : weights) {
                if (w.length != x[i].length) {
                    throw new IllegalArgumentException("largest score: expected " + w.length + " features, found "
                            + x[i].length + "; use the features the model was trained on");
                }
                double z = PlainRun.dot(x[i], w);
                if (!Double.isFinite(z)) {
                    throw new IllegalArgumentException("largest score: expected finite scores, found " + z + " in row "
                            + i + "; check features and weights for what is not finite or too large");
                }
                max = Math.max(max, Math.abs(z));
            }
        }
        return max;
    }
}
