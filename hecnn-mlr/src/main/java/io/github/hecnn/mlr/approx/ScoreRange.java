package io.github.hecnn.mlr.approx;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The scores that one iteration of a training puts into the sigmoid polynomial.
 *
 * @param iteration 1 for the first
 * @param lowest the least of them, over all samples and classes; NaN if one is
 * @param highest the greatest of them; NaN if one is
 */
public record ScoreRange(int iteration, double lowest, double highest) {
    private static final int MOST_NAMED = 8;

    /** {@return the largest magnitude; NaN if a score is} */
    public double largest() {
        return Math.max(Math.abs(lowest), Math.abs(highest));
    }

    /**
     * {@return whether every score is in the interval of a polynomial; never if one is NaN}
     *
     * @param sigmoid the polynomial
     */
    public boolean isWithin(SigmoidApproximation sigmoid) {
        return lowest >= sigmoid.lo() && highest <= sigmoid.hi();
    }

    /** The score that is farthest outside of the interval; meaningful only if one is. */
    private double farthest(SigmoidApproximation sigmoid) {
        return !(highest - sigmoid.hi() < sigmoid.lo() - lowest) ? highest : lowest;
    }

    /**
     * Refuses scores outside of the interval.
     *
     * @param operation what is being done, for the text
     * @param scores of each iteration
     * @param sigmoid the polynomial they go into
     * @throws IllegalArgumentException if one is outside; the text has value, interval and iteration, and what to change
     */
    public static void requireWithin(String operation, List<ScoreRange> scores, SigmoidApproximation sigmoid) {
        if (!outside(scores, sigmoid).isEmpty()) {
            throw new IllegalArgumentException(operation + ": " + complaint(scores, sigmoid)
                    + "; standardise the features, start from weights nearer to 0, take fewer iterations, the smaller steps of"
                    + " Preconditioner.PROGRAM_BOUND or SigmoidApproximation.leastSquares on a wider interval, or go on all the"
                    + " same with OutsideInterval.GO_ON");
        }
    }

    /**
     * {@return those ranges that are not inside the interval of a polynomial}
     *
     * @param scores of each iteration
     * @param sigmoid the polynomial
     */
    public static List<ScoreRange> outside(List<ScoreRange> scores, SigmoidApproximation sigmoid) {
        return scores.stream().filter(s -> !s.isWithin(sigmoid)).toList();
    }

    /**
     * What is wrong with scores outside of the interval, in words without a remedy.
     *
     * @param scores of each iteration
     * @param sigmoid the polynomial
     * @return {@code expected scores inside the sigmoid polynomial's interval [-8, 8], found 33.9 in iteration 2 (...)}, or an empty text
     *     if all are inside
     */
    public static String complaint(List<ScoreRange> scores, SigmoidApproximation sigmoid) {
        List<ScoreRange> outside = outside(scores, sigmoid);
        if (outside.isEmpty()) {
            return "";
        }
        ScoreRange first = outside.get(0);
        String all =
                scores.stream().limit(MOST_NAMED).map(s -> number(s.largest())).collect(Collectors.joining(" / "));
        return "expected scores inside the sigmoid polynomial's interval ["
                + number(sigmoid.lo()) + ", " + number(sigmoid.hi()) + "], found " + number(first.farthest(sigmoid))
                + " in iteration "
                + first.iteration()
                + (scores.size() == 1
                        ? ""
                        : " (largest by iteration: " + all + (scores.size() > MOST_NAMED ? " / ..." : "") + ")");
    }

    private static String number(double v) {
        return v == Math.rint(v) && Math.abs(v) < 1e6
                ? String.format(Locale.ROOT, "%.0f", v)
                : String.format(Locale.ROOT, Math.abs(v) < 1e6 ? "%.1f" : "%.2e", v);
    }
}
