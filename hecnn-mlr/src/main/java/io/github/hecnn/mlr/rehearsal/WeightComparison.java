package io.github.hecnn.mlr.rehearsal;

import java.util.Arrays;
import java.util.Locale;

/**
 * Decrypted weights against those of the owner's rehearsal: errors relative to what they are errors of, and the limit that the noise of the
 * scheme sets them. A wrong key, a file of another run or a circuit that computes something else shows as a weight beyond its limit.
 *
 * <ul>
 *   <li>The <b>relative error</b> of a feature is the largest |error| in its column over all classes, divided by the root mean square of the
 *       rehearsal's weights in that column. A column of zeros has none: NaN.
 *   <li>The <b>predicted deviation</b> of a weight is the largest of three: its own, the root mean square of its column, because
 *       predictions from a few draws scatter and the classes of a feature have about the same, and the median of the columns, because the
 *       errors of the classes of a feature can be nearly the same number and then scatter together.
 *   <li>The <b>limit</b> of a weight is {@value #DEVIATIONS} predicted deviations, and {@value #ROUNDING} times the largest weight for the
 *       rounding of doubles.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class WeightComparison {
    /** No weight is off by more than this many predicted deviations in practice. */
    public static final int DEVIATIONS = 12;

    /** What doubles may add, relative to the largest weight. */
    public static final double ROUNDING = 1e-12;

    private final double[][] errors;
    private final double[][] deviations;
    private final double[] relative;
    private final double rounding;

    private WeightComparison(double[][] errors, double[][] deviations, double[] relative, double rounding) {
        this.errors = errors;
        this.deviations = deviations;
        this.relative = relative;
        this.rounding = rounding;
    }

    /**
     * One weight and what was found about it.
     *
     * @param classIndex row of the weights
     * @param feature column of the weights, 0 for the bias
     * @param error found minus expected
     * @param deviation predicted
     * @param limit of |error|
     */
    public record WeightError(int classIndex, int feature, double error, double deviation, double limit) {
        /** {@return whether the error is a number within the limit} */
        public boolean isWithin() {
            return Math.abs(error) <= limit;
        }

        private double excess() {
            return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error == 0 ? 0 : Math.abs(error) / limit;
        }
    }

    /**
     * Compares the weights of one iteration.
     *
     * @param found decrypted weights [classes][features]
     * @param expected weights of the rehearsal, of the same shape
     * @param predicted root mean square error of every weight, of the same shape, from
     *     {@link io.github.hecnn.mlr.recipe.TrainingRecipe#predictedWeightErrors}; 4 draws are enough
     * @return the comparison
     * @throws IllegalArgumentException if there are no weights, the shapes differ, or an expected weight or prediction is not finite
     */
    public static WeightComparison of(double[][] found, double[][] expected, double[][] predicted) {
        int classes = expected.length;
        int features = classes == 0 ? 0 : expected[0].length;
        requireShape("decrypted", found, classes, features);
        requireShape("rehearsed", expected, classes, features);
        requireShape("predicted", predicted, classes, features);
        double[][] errors = new double[classes][features];
        double[][] deviations = new double[classes][features];
        double[] relative = new double[features];
        double[] columns = new double[features];
        double largest = 0;
        for (int u = 0; u < features; u++) {
            double weights = 0;
            double squares = 0;
            double error = 0;
            for (int c = 0; c < classes; c++) {
                requireFinite("rehearsed", expected[c][u], c, u);
                requireFinite("predicted", predicted[c][u], c, u);
                errors[c][u] = found[c][u] - expected[c][u];
                error = Math.max(error, Math.abs(errors[c][u]));
                weights = Math.hypot(weights, expected[c][u]);
                squares = Math.hypot(squares, predicted[c][u]);
                largest = Math.max(largest, Math.abs(expected[c][u]));
            }
            relative[u] = weights == 0 ? Double.NaN : error / (weights / Math.sqrt(classes));
            columns[u] = squares / Math.sqrt(classes);
        }
        double[] sorted = columns.clone();
        Arrays.sort(sorted);
        double median = sorted[(features - 1) / 2];
        for (int c = 0; c < classes; c++) {
            for (int u = 0; u < features; u++) {
                deviations[c][u] = Math.max(Math.abs(predicted[c][u]), Math.max(columns[u], median));
            }
        }
        return new WeightComparison(errors, deviations, relative, ROUNDING * largest);
    }

    private static void requireShape(String what, double[][] weights, int classes, int features) {
        boolean same = weights.length == classes && classes > 0 && features > 0;
        for (double[] row : weights) {
            same &= row.length == features;
        }
        if (!same) {
            throw new IllegalArgumentException("weight comparison: expected " + what + " weights of " + classes
                    + " classes and " + features + " features, at least one each, found "
                    + weights.length + " rows" + (weights.length == 0 ? "" : ", the first of " + weights[0].length)
                    + "; give weights of one training");
        }
    }

    private static void requireFinite(String what, double v, int classIndex, int feature) {
        if (!Double.isFinite(v)) {
            throw new IllegalArgumentException("weight comparison: expected finite " + what + " values, found " + v
                    + " for class " + classIndex + ", feature " + feature
                    + "; rehearse with features and first weights that keep scores inside the sigmoid's interval");
        }
    }

    /** {@return number of classes} */
    public int classes() {
        return errors.length;
    }

    /** {@return number of features, the bias included} */
    public int features() {
        return relative.length;
    }

    /**
     * What was found about one weight.
     *
     * @param classIndex 0..classes-1
     * @param feature 0..features-1
     * @return its error, predicted deviation and limit
     * @throws IndexOutOfBoundsException if there is no such weight
     */
    public WeightError weight(int classIndex, int feature) {
        double deviation = deviations[classIndex][feature];
        return new WeightError(
                classIndex, feature, errors[classIndex][feature], deviation, DEVIATIONS * deviation + rounding);
    }

    /**
     * Largest |error| of a feature over the root mean square of its weights.
     *
     * @param feature 0..features-1
     * @return the relative error; NaN if all its weights are 0 in the rehearsal, or an error is NaN
     * @throws IndexOutOfBoundsException if there is no such feature
     */
    public double relativeError(int feature) {
        return relative[feature];
    }

    /** {@return the largest |error| of any weight; NaN if one is} */
    public double largestError() {
        double max = 0;
        for (double[] row : errors) {
            for (double e : row) {
                max = Math.max(max, Math.abs(e));
            }
        }
        return max;
    }

    /** {@return the largest relative error of a feature that has one; 0 if none has} */
    public double largestRelativeError() {
        double max = 0;
        for (double r : relative) {
            max = r > max ? r : max;
        }
        return max;
    }

    /** {@return the weight that uses up most of its limit; one that is NaN before all others} */
    public WeightError farthest() {
        WeightError out = weight(0, 0);
        for (int c = 0; c < classes(); c++) {
            for (int u = 0; u < features(); u++) {
                WeightError other = weight(c, u);
                out = other.excess() > out.excess() ? other : out;
            }
        }
        return out;
    }

    /**
     * What is wrong with the weights, in words without a remedy.
     *
     * @return {@code expected every weight within 12 predicted deviations of the rehearsal's, found ...}, or an empty text if all are
     */
    public String complaint() {
        WeightError w = farthest();
        return w.isWithin()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "expected every weight within %d predicted deviations of the rehearsal's, found a difference of %.2e in class"
                                + " %d, feature %d, where the predicted deviation is %.2e",
                        DEVIATIONS,
                        w.error(),
                        w.classIndex(),
                        w.feature(),
                        w.deviation());
    }
}
