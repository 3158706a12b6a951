package io.github.hecnn.mlr.rehearsal;

import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.recipe.plain.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a training came along: what its weights after each iteration are worth on data.
 *
 * @param name of the training
 * @param points one an iteration, in order
 */
public record LearningCurve(String name, List<Point> points) {
    /**
     * Copies the points.
     *
     * @param name of the training
     * @param points one an iteration, in order
     */
    public LearningCurve {
        points = List.copyOf(points);
    }

    /**
     * One iteration.
     *
     * @param iteration 1 for the first
     * @param sle {@link Loss#sle} on the data, at most 0, nearer to 0 is better
     * @param logLikelihood {@link Loss#logLikelihood} on the data, the same
     * @param accuracy part of the data's samples predicted right, 0..1
     */
    public record Point(int iteration, double sle, double logLikelihood, double accuracy) {}

    /**
     * Measures weights.
     *
     * @param name of the training
     * @param weights after each iteration, each [classes][features]
     * @param x design matrix [samples][features], ones in column 0
     * @param labels [samples], 0..classes-1
     * @return quality after each iteration
     * @throws IllegalArgumentException if shapes or labels do not fit together, or a score is no finite number
     */
    public static LearningCurve of(String name, List<double[][]> weights, double[][] x, int[] labels) {
        List<Point> points = new ArrayList<>();
        for (double[][] w : weights) {
            points.add(new Point(
                    points.size() + 1,
                    Loss.sle(x, labels, w),
                    Loss.logLikelihood(x, labels, w),
                    new LinearModel(w).accuracy(x, labels)));
        }
        return new LearningCurve(name, points);
    }

    /** A table with a line for each iteration. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT, "%s%n%9s %14s %14s %9s%n", name, "iteration", "SLE", "likelihood", "accuracy"));
        for (Point p : points) {
            out.append(String.format(
                    Locale.ROOT,
                    "%9d %14.4f %14.4f %7.2f %%%n",
                    p.iteration,
                    p.sle,
                    p.logLikelihood,
                    100 * p.accuracy));
        }
        return out.toString();
    }
}
