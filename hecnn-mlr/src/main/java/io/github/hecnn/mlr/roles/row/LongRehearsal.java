package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.plain.Loss;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What the owner tries in the clear: the largest step size at which the scores of a polynomial keep a margin to the ends of its interval and errors do not
 * grow, and of such polynomials the one that ends with the smallest loss, that of the softmax. Polynomials come in their order, short intervals first:
 * the longer one is, the farther from the sigmoid and the less stable. So where errors grow or the loss no longer falls, none of those that follow is tried.
 * For one thread.
 */
final class LongRehearsal {
    /** The part of the interval that scores may take when the step size is chosen. */
    static final double MARGIN = 0.75;

    private static final double[] STEPS = {16, 12, 8, 6, 4, 3, 2, 1.5, 1};

    private static final int FIRST_STAGE = 8;

    private final LongSettings settings;
    private final double[][] x;
    private final int[] labels;
    private final List<String> tried = new ArrayList<>();
    private boolean unstable;

    /**
     * What was chosen.
     *
     * @param recipe with polynomial and step size
     * @param history over all iterations that the run can be extended to
     * @param tried every polynomial and step size that was looked at, and what came of it
     */
    record Chosen(RowRecipe recipe, PlainTrainer.History history, List<String> tried) {}

    private record Trial(RowRecipe recipe, PlainTrainer.History history, double loss) {}

    /**
     * @param settings what may be chosen
     * @param x design matrix [samples][features]
     * @param labels [samples]
     */
    LongRehearsal(LongSettings settings, double[][] x, int[] labels) {
        this.settings = settings;
        this.x = x;
        this.labels = labels;
    }

    /**
     * Tries.
     *
     * @param recipe layout and settings, with as many iterations as the run can be extended to
     * @param targets [samples][classes]
     * @param iterations after which losses are compared
     * @throws IllegalArgumentException if nothing will do; the text has what was tried
     */
    Chosen choose(RowRecipe recipe, double[][] targets, int iterations) {
        double[] steps = settings.learningRate() > 0 ? new double[] {settings.learningRate()} : STEPS;
        Trial best = null;
        for (int i = 0; i < steps.length && best == null; i++) {
            best = best(recipe, steps[i], targets, iterations);
        }
        if (best == null) {
            throw new IllegalArgumentException("long training: expected scores within "
                    + (settings.learningRate() > 0 ? "" : MARGIN + " of ")
                    + "the interval and errors that grow at most "
                    + String.format(Locale.ROOT, "%.0f", settings.maxErrorGrowth()) + " times, found " + lasts()
                    + "; take fewer iterations, SigmoidApproximation.weighted on a wider interval, or a smaller"
                    + " learningRate; LongSettings.Builder.maxErrorGrowth allows more growth");
        }
        return new Chosen(best.recipe, best.history, List.copyOf(tried));
    }

    /** The best polynomial for a step size; null if none will do. */
    private Trial best(RowRecipe recipe, double step, double[][] targets, int iterations) {
        Trial best = null;
        unstable = false;
        for (SigmoidApproximation sigmoid : settings.sigmoids()) {
            Trial trial = attempt(recipe, sigmoid, step, targets, iterations);
            if (unstable || (trial != null && best != null && trial.loss >= best.loss)) {
                break;
            }
            best = trial == null ? best : trial;
        }
        return best;
    }

    /** Null if it will not do. */
    private Trial attempt(
            RowRecipe recipe, SigmoidApproximation sigmoid, double step, double[][] targets, int iterations) {
        double part = settings.learningRate() > 0 ? 1 : MARGIN; // who gives it may use all
        MlrConfig config =
                recipe.config().toBuilder().sigmoid(sigmoid).learningRate(step).build();
        RowRecipe tried = recipe(recipe, config);
        PlainTrainer.History history = null;
        for (int t : stages(config.iterations())) {
            try {
                history = recipe(recipe, config.withIterations(t)).rehearse(x, targets);
            } catch (IllegalArgumentException outside) { // data and settings have been checked
                note(sigmoid, step, "outside in " + t + " iterations");
                return null;
            }
            if (!fits(history.scores(), sigmoid, part)) {
                note(sigmoid, step, scores(history) + " in " + t + " iterations");
                return null;
            }
        }
        double growth = PerturbedRehearsal.growth(tried, x, targets, history);
        if (!(growth <= settings.maxErrorGrowth())) {
            note(sigmoid, step, String.format(Locale.ROOT, "errors grow %.0f times", growth));
            unstable = true;
            return null;
        }
        double loss = -Loss.logLikelihood(x, labels, history.weights().get(iterations - 1)) / x.length;
        note(sigmoid, step, String.format(Locale.ROOT, "%s, loss %.4f", scores(history), loss));
        return new Trial(tried, history, loss);
    }

    private static RowRecipe recipe(RowRecipe like, MlrConfig config) {
        return RowRecipe.of(config, like.layout(), like.layout().blocks(like.batch()));
    }

    /** What fails mostly fails early: a few iterations first, and all of them last. */
    private static int[] stages(int iterations) {
        return IntStream.of(FIRST_STAGE, 4 * FIRST_STAGE, iterations)
                .filter(t -> t <= iterations)
                .distinct()
                .toArray();
    }

    /** What came of the smallest step size. */
    private List<String> lasts() {
        return tried.subList(Math.max(0, tried.size() - settings.sigmoids().size()), tried.size());
    }

    private void note(SigmoidApproximation sigmoid, double step, String what) {
        tried.add(String.format(
                Locale.ROOT,
                "degree %d on [%s, %s], step %s -> %s",
                sigmoid.degree(),
                sigmoid.lo(),
                sigmoid.hi(),
                step,
                what));
    }

    private static boolean fits(List<ScoreRange> scores, SigmoidApproximation sigmoid, double part) {
        return scores.stream().allMatch(s -> s.lowest() >= part * sigmoid.lo() && s.highest() <= part * sigmoid.hi());
    }

    private static String scores(PlainTrainer.History history) {
        return String.format(
                Locale.ROOT,
                "scores in [%.1f, %.1f]",
                history.scores().stream().mapToDouble(ScoreRange::lowest).min().orElse(0),
                history.scores().stream().mapToDouble(ScoreRange::highest).max().orElse(0));
    }
}
