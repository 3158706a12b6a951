package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.mlr.approx.SigmoidApproximation;
import java.util.Objects;

/**
 * Public settings of a long training: standard Nesterov steps over minibatches, in units where column k of the centred features is scaled by
 * sqrt(b_k), b the mean diagonal of the quadratic gradient.
 *
 * <p>With G = step / batch * (Y - P(Z))^T X at V: N' = V + G, V' = N' + m (N' - N). Y are smoothed labels: 1 - smoothing + smoothing / classes
 * for the right class, smoothing / classes for the others, which keeps scores where the polynomial is near the sigmoid. Scores start at a
 * public number; -2.2 answers 1/10.
 *
 * @param step 16 for {@link SigmoidApproximation#WEIGHTED_15}, 12 for {@link SigmoidApproximation#WEIGHTED_7}; positive, finite
 * @param smoothing from 0 to below 1
 * @param startScore score of every class before the first step, inside the interval of the polynomial
 * @param sigmoid the polynomial used in place of the sigmoid
 */
public record LongSettings(double step, double smoothing, double startScore, SigmoidApproximation sigmoid) {
    /** Degree 15: 97 % of MNIST after 10 steps, 98.7 % after 40, with 201 features. */
    public static final LongSettings DEGREE_15 = new LongSettings(16, 0.1, -2.2, SigmoidApproximation.WEIGHTED_15);

    /** Degree 7: a level less, half a percent behind. */
    public static final LongSettings DEGREE_7 = new LongSettings(12, 0.1, -2.2, SigmoidApproximation.WEIGHTED_7);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of the range given above
     */
    public LongSettings {
        Objects.requireNonNull(sigmoid, "sigmoid");
        if (!(step > 0) || Double.isInfinite(step)) {
            throw new IllegalArgumentException(
                    "long training: expected a positive step, found " + step + "; use 16, or 12 for degree 7");
        }
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException(
                    "long training: expected a label smoothing in [0, 1), found " + smoothing + "; use 0.1");
        }
        if (!(startScore >= sigmoid.lo() && startScore <= sigmoid.hi())) {
            throw new IllegalArgumentException("long training: expected a starting score in [" + sigmoid.lo() + ", "
                    + sigmoid.hi() + "], found " + startScore + "; use -2.2");
        }
    }

    /**
     * What samples should score.
     *
     * @param labels [samples], 0..classes-1
     * @param from first sample
     * @param to behind the last one
     * @return [to - from][classes]
     */
    double[][] targets(int[] labels, int from, int to, int classes) {
        double[][] out = new double[to - from][classes];
        for (int i = from; i < to; i++) {
            for (int c = 0; c < classes; c++) {
                out[i - from][c] = smoothing / classes + (labels[i] == c ? 1 - smoothing : 0);
            }
        }
        return out;
    }
}
