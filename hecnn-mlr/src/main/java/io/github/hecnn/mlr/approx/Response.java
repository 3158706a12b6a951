package io.github.hecnn.mlr.approx;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * What a class answers to its score. The loss is the one whose derivative by a score is this less the target, and polynomials stand in for it. Each class
 * answers for itself: nothing is summed over classes, which would take levels.
 */
public enum Response implements DoubleUnaryOperator {
    /** One class against all others: 1 / (1 + exp(-z)). */
    SIGMOID {
        @Override
        public double applyAsDouble(double z) {
            return SigmoidApproximation.sigmoid(z);
        }
    },
    /**
     * Softmax-like: 1 - exp(-exp(z)), which is nearly exp(z) as long as that is small. Softmax has exp(z) over a sum of such terms; training here brings that
     * sum near 1 by itself, since targets add up to 1 (Baker's multinomial-Poisson transformation, 1994), and scores are logarithms of probabilities.
     */
    SOFTMAX_LIKE {
        @Override
        public double applyAsDouble(double z) {
            return -Math.expm1(-Math.exp(z));
        }
    };

    private static final double[] LENGTHS = {0.5, 0.625, 0.75, 0.8125, 0.875, 0.9375, 1, 1.125, 1.25, 1.5, 2};

    /**
     * {@return a polynomial in place of this, weighted as {@link SigmoidApproximation#weighted} says}
     *
     * @param degree 1..31
     * @param lo lower end of the interval
     * @param hi upper end
     * @param centre where scores are expected
     * @param spread positive
     * @param floor positive
     * @throws IllegalArgumentException if the degree or the interval is out of range, or spread or floor is not positive
     */
    public SigmoidApproximation weighted(int degree, double lo, double hi, double centre, double spread, double floor) {
        return SigmoidApproximation.weighted(this, degree, lo, hi, centre, spread, floor);
    }

    /**
     * {@return polynomials for long training on intervals of several lengths, shortest first: the shorter, the nearer to this a polynomial is}
     * That in the middle is on [-20, 12] up to degree 7, [-24, 16] up to 15 and [-32, 20] above; the others are from half as long to twice as
     * long.
     *
     * @param degree 1..31; 3, 7, 15 and 31 make the most of their levels
     * @throws IllegalArgumentException if the degree is out of range
     */
    public List<SigmoidApproximation> onIntervals(int degree) {
        return Arrays.stream(LENGTHS)
                .mapToObj(s -> degree <= 7
                        ? weighted(degree, -20 * s, 12 * s, -3.5 * s, 5 * s, 0.01)
                        : degree <= 15
                                ? weighted(degree, -24 * s, 16 * s, -4 * s, 5 * s, 0.003)
                                : weighted(degree, -32 * s, 20 * s, -4 * s, 5 * s, 0.001))
                .toList();
    }
}
