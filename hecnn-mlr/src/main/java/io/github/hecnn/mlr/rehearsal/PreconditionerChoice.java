package io.github.hecnn.mlr.rehearsal;

import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The preconditioner that does better on the owner's own data, found in the clear before encryption.
 *
 * <p>With fewer samples than features (the leading 1 counted) and one or two iterations it is {@link Preconditioner#PROGRAM_BOUND} without
 * a trial: there the larger steps are often the worse, and a quarter of so few samples does not show it.
 *
 * <p>Otherwise the criterion is this. The samples are dealt into four folds, in an order shuffled with a fixed seed; both preconditioners train without each
 * fold in turn and answer for it. {@link Preconditioner#ALGORITHM_1} is taken if, of the samples that only one of the two gets right,
 * it has more by over two standard errors (a - b above 2 sqrt(a + b), McNemar's test), and its scores on all data stay in the interval
 * of the sigmoid polynomial unless those of the other leave it, too. If not, or with fewer than 8 samples, it is
 * {@link Preconditioner#PROGRAM_BOUND}, whose smaller steps are the safer ones. The same data and settings always give the same choice.
 *
 * @param chosen the better one
 * @param samples samples they answered for; 0 without a trial
 * @param programBoundRight of these, answered right after training with {@link Preconditioner#PROGRAM_BOUND}
 * @param algorithm1Right the same with {@link Preconditioner#ALGORITHM_1}
 * @param reason in one sentence
 */
public record PreconditionerChoice(
        Preconditioner chosen, int samples, int programBoundRight, int algorithm1Right, String reason) {
    private static final int FOLDS = 4;
    private static final int LEAST_SAMPLES = 2 * FOLDS;
    private static final int FEW_ITERATIONS = 2;
    private static final long SEED = 1;
    private static final double STANDARD_ERRORS = 2;

    /**
     * Tries both; takes about eight times as long as the training in plain doubles.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @param labels [samples], 0..classes-1
     * @param config settings of the training; its own preconditioner and word on the interval do not matter
     * @return the choice
     * @throws IllegalArgumentException if the data does not have the shape of the settings
     */
    public static PreconditionerChoice of(double[][] x, int[] labels, MlrConfig config) {
        config.check(x, labels);
        if (x.length < LEAST_SAMPLES) {
            return new PreconditionerChoice(
                    Preconditioner.PROGRAM_BOUND, 0, 0, 0, "too few samples to try algorithm-1 (fewer than 8)");
        }
        if (x.length < config.features() && config.iterations() <= FEW_ITERATIONS) {
            return new PreconditionerChoice(
                    Preconditioner.PROGRAM_BOUND,
                    0,
                    0,
                    0,
                    "fewer samples than features and at most two iterations: larger steps are often worse");
        }
        boolean[] bound = rightWithoutSeeing(x, labels, config.withPreconditioner(Preconditioner.PROGRAM_BOUND));
        boolean[] exact = rightWithoutSeeing(x, labels, config.withPreconditioner(Preconditioner.ALGORITHM_1));
        int onlyBound = 0;
        int onlyExact = 0;
        int both = 0;
        for (int i = 0; i < x.length; i++) {
            onlyBound += bound[i] && !exact[i] ? 1 : 0;
            onlyExact += exact[i] && !bound[i] ? 1 : 0;
            both += bound[i] && exact[i] ? 1 : 0;
        }
        boolean better = onlyExact - onlyBound > STANDARD_ERRORS * Math.sqrt(onlyExact + onlyBound);
        boolean leaves = better
                && leaves(x, labels, config.withPreconditioner(Preconditioner.ALGORITHM_1))
                && !leaves(x, labels, config.withPreconditioner(Preconditioner.PROGRAM_BOUND));
        String counts = "of " + x.length + " samples left out in turn, algorithm-1 gets " + (both + onlyExact)
                + " right and program-bound " + (both + onlyBound);
        String reason = !better
                ? counts + ": not better by two standard errors"
                : leaves
                        ? counts + ", but only algorithm-1 leaves the sigmoid polynomial's interval"
                        : counts + ": better by over two standard errors";
        return new PreconditionerChoice(
                better && !leaves ? Preconditioner.ALGORITHM_1 : Preconditioner.PROGRAM_BOUND,
                x.length,
                both + onlyBound,
                both + onlyExact,
                reason);
    }

    private static boolean leaves(double[][] x, int[] labels, MlrConfig config) {
        try {
            PlainTrainer.History history =
                    PlainTrainer.rehearse(x, labels, config.withOutsideInterval(OutsideInterval.GO_ON));
            return !ScoreRange.outside(history.scores(), config.sigmoid()).isEmpty();
        } catch (IllegalArgumentException overflow) {
            return true;
        }
    }

    /** For each sample, whether a training without its fold answers right; never where that training overflows. */
    private static boolean[] rightWithoutSeeing(double[][] x, int[] labels, MlrConfig config) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(SEED));
        boolean[] right = new boolean[x.length];
        for (int fold = 0; fold < FOLDS; fold++) {
            List<Integer> seen = new ArrayList<>();
            List<Integer> unseen = new ArrayList<>();
            for (int i = 0; i < order.size(); i++) {
                (i % FOLDS == fold ? unseen : seen).add(order.get(i));
            }
            double[][] training = seen.stream().map(i -> x[i]).toArray(double[][]::new);
            int[] classes = seen.stream().mapToInt(i -> labels[i]).toArray();
            MlrConfig part = config.withSamples(training.length).withOutsideInterval(OutsideInterval.GO_ON);
            LinearModel model;
            try {
                List<double[][]> history = PlainTrainer.train(training, classes, part);
                model = new LinearModel(history.get(history.size() - 1));
            } catch (IllegalArgumentException overflow) {
                continue;
            }
            unseen.forEach(i -> right[i] = model.predict(x[i]) == labels[i]);
        }
        return right;
    }
}
