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
 * What the owner tries in the clear: for every polynomial the largest step size at which scores keep a margin to the ends of its interval and errors do
 * not grow, and of those the one that ends with the smallest loss, that of the softmax. Polynomials come in their order, short intervals first, until the loss no longer
 * falls: the shorter an interval, the nearer to the sigmoid a polynomial can be. For one thread.
 */
final class LongRehearsal {
    private static final double[] STEPS = {16, 12, 8, 6, 4, 3, 2, 1.5, 1};

    private static final int FIRST_STAGE = 8;

    private final LongSettings settings;
    private final double[][] x;
    private final int[] labels;
    private final List<String> tried = new ArrayList<>();

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
        Trial best = null;
        List<String> lasts = new ArrayList<>(); // of every polynomial
        for (SigmoidApproximation sigmoid : settings.sigmoids()) {
            Trial trial = settings.learningRate() > 0
                    ? given(recipe, sigmoid, targets, iterations)
                    : largestStep(recipe, sigmoid, targets, iterations);
            if (trial == null) {
                lasts.add(tried.get(tried.size() - 1));
            }
            if (trial != null && best != null && trial.loss >= best.loss) {
                break;
            }
            best = trial == null ? best : trial;
        }
        if (best == null) {
            throw new IllegalArgumentException("long training: expected scores within "
                    + (settings.learningRate() > 0 ? "" : PreparedLongTraining.MARGIN + " of ")
                    + "the interval and errors that grow at most "
                    + String.format(Locale.ROOT, "%.0f", settings.mostErrorGrowth()) + " times, found " + lasts
                    + "; take fewer iterations, SigmoidApproximation.weighted on a wider interval, or a smaller"
                    + " learningRate; LongSettings.Builder.mostErrorGrowth allows more growth");
        }
        return new Chosen(best.recipe, best.history, List.copyOf(tried));
    }

    private Trial largestStep(RowRecipe recipe, SigmoidApproximation sigmoid, double[][] targets, int iterations) {
        for (double step : STEPS) {
            Trial trial = attempt(recipe, sigmoid, step, PreparedLongTraining.MARGIN, targets, iterations);
            if (trial != null) {
                return trial;
            }
        }
        return null;
    }

    /** A step size that is given may use the whole interval. */
    private Trial given(RowRecipe recipe, SigmoidApproximation sigmoid, double[][] targets, int iterations) {
        return attempt(recipe, sigmoid, settings.learningRate(), 1, targets, iterations);
    }

    /** Null if it will not do. */
    private Trial attempt(
            RowRecipe recipe,
            SigmoidApproximation sigmoid,
            double step,
            double part,
            double[][] targets,
            int iterations) {
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
        if (!(growth <= settings.mostErrorGrowth())) {
            note(sigmoid, step, String.format(Locale.ROOT, "errors grow %.0f times", growth));
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
        return scores.stream()
                .allMatch(s -> s.lowest() >= part * sigmoid.lo() && s.highest() <= part * sigmoid.hi());
    }

    private static String scores(PlainTrainer.History history) {
        return String.format(
                Locale.ROOT,
                "scores in [%.1f, %.1f]",
                history.scores().stream().mapToDouble(ScoreRange::lowest).min().orElse(0),
                history.scores().stream().mapToDouble(ScoreRange::highest).max().orElse(0));
    }
}
