package io.github.hecnn.mlr.recipe.plain;

import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.recipe.Batch;
import io.github.hecnn.mlr.recipe.EncryptedTraining;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The training in plain doubles: what every encrypted recipe is measured against. Pure, deterministic and thread-safe.
 *
 * <p>Z = X V^T, P = sigmoid polynomial of Z, gradient (Y - P)^T X, as in arXiv 2304.03807; Y are one-hot or smoothed labels, there is no softmax.
 * The loop is that of encrypted trainings, {@link EncryptedTraining}.
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
        /**
         * Copies the lists.
         *
         * @param weights W after each iteration, each [classes][features]
         * @param scores what each iteration put into the sigmoid polynomial: the scores of V, which is W with momentum
         */
        public History {
            weights = List.copyOf(weights);
            scores = List.copyOf(scores);
        }
    }

    /**
     * The schedule of the settings, full batch and quadratic gradient: as they are, the paper's iteration.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @param labels [samples], 0..classes-1
     * @param config the settings
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
     * @param config the settings
     * @return weights and scores of each iteration
     * @throws IllegalArgumentException if the data does not have the shape of the settings; if a score leaves the interval of the
     *     sigmoid polynomial and the settings do not say to go on; if weights grow beyond what a double holds, in any case. The text has
     *     value and iteration
     */
    public static History rehearse(double[][] x, int[] labels, MlrConfig config) {
        return rehearse(x, config.targets(labels), config);
    }

    /**
     * The same with labels as numbers.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @param targets [samples][classes], from 0 to 1
     * @param config the settings
     * @return weights and scores of each iteration
     * @throws IllegalArgumentException as with labels
     */
    public static History rehearse(double[][] x, double[][] targets, MlrConfig config) {
        return rehearse(new PlainData(x), targets, config);
    }

    /**
     * The same on samples that several trainings share.
     *
     * @param data samples
     * @param labels [samples], 0..classes-1
     * @param config the settings
     * @return weights and scores of each iteration
     * @throws IllegalArgumentException as {@link #rehearse(double[][], int[], MlrConfig)}
     */
    public static History rehearse(PlainData data, int[] labels, MlrConfig config) {
        return rehearse(data, config.targets(labels), config);
    }

    private static History rehearse(PlainData data, double[][] targets, MlrConfig config) {
        int samples = data.x().length;
        return run("plain training", data, targets, config, Batch.inTurn(samples, Math.max(1, samples), 1));
    }

    /**
     * Minibatches in a fixed order: iteration s = 0, 1, ... uses rows s*batch .. (s+1)*batch - 1, from the start again once fewer than a batch are
     * left; those last rows are never used. Gradients are multiplied by samples / batch. For the schedule see {@link Schedule#nesterov}.
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
        return rehearseMinibatches(x, config.targets(labels), config, batch);
    }

    /**
     * The same with labels as numbers.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @param targets [samples][classes], from 0 to 1
     * @param config {@code iterations} counts minibatches
     * @param batch 1..samples
     * @return weights and scores of each minibatch
     * @throws IllegalArgumentException as with labels
     */
    public static History rehearseMinibatches(double[][] x, double[][] targets, MlrConfig config, int batch) {
        config.check(x, targets);
        if (batch < 1 || batch > config.samples()) {
            throw new IllegalArgumentException("minibatch training: expected a batch of 1.." + config.samples()
                    + " samples, found " + batch + "; choose one in range");
        }
        IntFunction<Batch> batches = Batch.inTurn(config.samples(), batch, (double) config.samples() / batch);
        return run("minibatch training", new PlainData(x), targets, config, batches);
    }

    private static History run(
            String operation, PlainData data, double[][] targets, MlrConfig config, IntFunction<Batch> batches) {
        PlainDesign design = new PlainDesign(data, targets, config);
        EncryptedTraining<double[]> training = EncryptedTraining.of(design, config);
        List<double[][]> history = new ArrayList<>();
        training.run(training.start(), config.iterations(), batches, false, (state, weights) -> {
            requireFinite(operation, weights, config, design.scores());
            requireFinite(operation, training.point(state), config, design.scores());
            history.add(weights.toArray(double[][]::new));
        });
        requireWithin(operation, config, design.scores());
        return new History(history, design.scores());
    }

    private static void requireFinite(
            String operation, List<double[]> weights, MlrConfig config, List<ScoreRange> scores) {
        for (int j = 0; j < weights.size(); j++) {
            for (int k = 0; k < weights.get(j).length; k++) {
                if (!Double.isFinite(weights.get(j)[k])) {
                    requireWithin(operation, config, scores);
                    String outside = ScoreRange.complaint(scores, config.sigmoid());
                    throw new IllegalArgumentException(
                            operation + ": expected finite weights, found " + weights.get(j)[k] + " for class " + j
                                    + ", column " + k + " after iteration " + scores.size()
                                    + (outside.isEmpty() ? "" : " (" + outside + ")")
                                    + "; standardise the features, start from weights nearer to 0 or take fewer"
                                    + " iterations");
                }
            }
        }
    }

    /** Refuses scores outside of the interval, unless the settings say to go on. */
    private static void requireWithin(String operation, MlrConfig config, List<ScoreRange> scores) {
        if (config.outsideInterval() == OutsideInterval.REFUSE) {
            ScoreRange.requireWithin(operation, scores, config.sigmoid());
        }
    }

    /**
     * Refuses data of another shape and, unless the settings say to go on, a training that leaves the interval.
     *
     * @param x [samples][features], ones in column 0
     * @param targets [samples][classes]
     * @param config the settings
     * @throws IllegalArgumentException if the shape is another, or a score leaves the interval
     */
    public static void requireTrainable(double[][] x, double[][] targets, MlrConfig config) {
        if (config.outsideInterval() == OutsideInterval.REFUSE) {
            rehearse(x, targets, config);
        } else {
            config.check(x, targets);
        }
    }

    /**
     * {@return the largest |z| that weights meet on data} For what a training puts into its sigmoid polynomial see {@link History#scores}: that
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
                double z = PlainDesign.dot(x[i], w);
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
