package io.github.hecnn.mlr.training;

import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.recipe.Schedule;
import java.util.Locale;

/**
 * What a rehearsal chooses: step sizes, polynomial and iterations.
 *
 * @param preconditioner the diagonal of the quadratic gradient
 * @param schedule step sizes and momentum
 * @param learningRate factor of every step
 * @param sigmoid the polynomial in place of the sigmoid
 * @param iterations at least 1
 */
public record Combination(
        Preconditioner preconditioner,
        Schedule schedule,
        double learningRate,
        SigmoidApproximation sigmoid,
        int iterations) {
    Combination with(SigmoidApproximation other, int otherIterations) {
        return new Combination(preconditioner, schedule, learningRate, other, otherIterations);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d iterations, %s, %s schedule, rate %s, degree %d on [%.0f, %.0f]",
                iterations,
                preconditioner,
                schedule.momentum().name().toLowerCase(Locale.ROOT),
                learningRate,
                sigmoid.degree(),
                sigmoid.lo(),
                sigmoid.hi());
    }
}
