package io.github.hecnn.mlr.training;

import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.Schedule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What settings leave open, and the trainings that follow. */
final class Combinations {
    /** From narrow and cheap to wide and costly. */
    private static final List<SigmoidApproximation> SIGMOIDS = List.of(
            SigmoidApproximation.PAPER_CUBIC,
            SigmoidApproximation.leastSquares(3, 12),
            SigmoidApproximation.leastSquares(7, 16));

    /** One iteration only finds the directions from class to class; who wants that asks for it. */
    private static final int[] ITERATIONS = {2, 3, 4, 6};

    private static final double[] LEARNING_RATES = {1, 4};

    /** The settings of a training with this combination. */
    static MlrConfig config(Combination c, int samples, int features, int classes, TrainingSettings settings) {
        MlrConfig.Builder config = MlrConfig.builder(samples, features, classes, c.iterations())
                .preconditioner(c.preconditioner())
                .schedule(c.schedule())
                .learningRate(c.learningRate())
                .sigmoid(c.sigmoid())
                .l2(settings.l2())
                .labelSmoothing(settings.labelSmoothing())
                .outsideInterval(settings.outsideInterval())
                .initialWeight(settings.startWeight());
        settings.startModel().ifPresent(m -> config.startWeights(m.linear().weights()));
        return config.build();
    }

    /** The polynomials the settings leave to choose from, the cheapest first. */
    static List<SigmoidApproximation> sigmoids(TrainingSettings settings) {
        return settings.sigmoid().map(List::of).orElse(SIGMOIDS);
    }

    /** The numbers of iterations the settings leave to choose from, ascending. */
    static int[] iterations(TrainingSettings settings) {
        return settings.iterations().isPresent()
                ? new int[] {settings.iterations().getAsInt()}
                : ITERATIONS.clone();
    }

    /** The ways to step the settings leave to choose from, the most careful first: with the cheapest polynomial and the most iterations. */
    static List<Combination> steps(TrainingSettings settings) {
        SigmoidApproximation sigmoid = sigmoids(settings).get(0);
        int[] all = iterations(settings);
        List<Combination> out = new ArrayList<>();
        for (Preconditioner p : settings.preconditioner().map(List::of).orElse(List.of(Preconditioner.values()))) {
            for (Schedule s :
                    settings.schedule().map(List::of).orElse(List.of(Schedule.paper(), Schedule.nesterov()))) {
                for (double rate : settings.learningRate().isPresent()
                        ? new double[] {settings.learningRate().getAsDouble()}
                        : LEARNING_RATES) {
                    out.add(new Combination(p, s, rate, sigmoid, all[all.length - 1]));
                }
            }
        }
        boolean open = settings.learningRate().isEmpty();
        // Large steps with the paper's negative momentum overshoot; with the smaller diagonal they are what the larger
        // one gives.
        out.removeIf(c -> open
                && c.learningRate() > 1
                && (c.schedule().momentum() == Schedule.Momentum.PAPER
                        || (c.preconditioner() == Preconditioner.PROGRAM_BOUND
                                && settings.preconditioner().isEmpty())));
        out.sort(Comparator.comparingDouble(Combination::learningRate));
        return out;
    }

    private Combinations() {}

    /** Whether there is a choice to make. */
    static boolean isFixed(TrainingSettings s) {
        return s.iterations().isPresent()
                && s.preconditioner().isPresent()
                && s.schedule().isPresent()
                && s.learningRate().isPresent()
                && s.sigmoid().isPresent();
    }
}
