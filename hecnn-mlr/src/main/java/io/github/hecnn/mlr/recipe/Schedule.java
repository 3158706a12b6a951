package io.github.hecnn.mlr.recipe;

import java.util.Objects;

/**
 * Step sizes and momentum of an accelerated training: public constants, so owner and cloud both derive them.
 *
 * <p>A training keeps two sequences of weights. With the gradient G at one of them and step size a and momentum m of the iteration,
 * stepped' = extrapolated + a G, then extrapolated' = stepped' + m (stepped' - stepped). Standard Nesterov takes the gradient at the
 * extrapolated weights and reports the stepped ones. arXiv 2304.03807 does the opposite: its V are stepped, its W, the reported model, are
 * extrapolated, and m is its -eta.
 *
 * <p>Immutable and thread-safe.
 *
 * @param momentum the sequence of m
 * @param constantMomentum m of {@link Momentum#CONSTANT}, 0 and more, below 1; 0 for the others
 * @param decayFactor what the step size is multiplied by every so often, above 0, at most 1
 * @param decayEvery after so many iterations, at least 1
 */
public record Schedule(Momentum momentum, double constantMomentum, double decayFactor, int decayEvery) {
    private static final double PAPER_START = 0.01;

    /** Where m comes from. */
    public enum Momentum {
        /**
         * That of arXiv 2304.03807: with a0 = 0.01, a1 = (1 + sqrt(1 + 4 a0^2))/2, iteration t = 1, 2, ... has m = -(1 - a0)/a1, then a0 = a1 and
         * a1 = (1 + sqrt(1 + 4 a0^2))/2. Step sizes are 1 + 1/(t n).
         */
        PAPER,
        /** With t = 1 at first and u = (1 + sqrt(1 + 4 t^2))/2, m = (t - 1)/u, then t = u. Step sizes are 1. */
        NESTEROV,
        /** The same in every iteration; 0 for plain gradient steps. Step sizes are 1. */
        CONSTANT
    }

    /**
     * Constants of one iteration.
     *
     * @param stepSize a, in units of the quadratic gradient
     * @param momentum m
     */
    public record Step(double stepSize, double momentum) {}

    /**
     * Checks the components.
     *
     * @param momentum the sequence of m
     * @param constantMomentum m of {@link Momentum#CONSTANT}, 0 and more, below 1; 0 for the others
     * @param decayFactor what the step size is multiplied by every so often, above 0, at most 1
     * @param decayEvery after so many iterations, at least 1
     * @throws IllegalArgumentException if a number is out of the range given above
     */
    public Schedule {
        Objects.requireNonNull(momentum, "momentum");
        if (!(constantMomentum >= 0 && constantMomentum < 1)
                || (momentum != Momentum.CONSTANT && constantMomentum != 0)) {
            throw new IllegalArgumentException("schedule: expected a constant momentum of 0 or more and below 1, 0 for "
                    + Momentum.PAPER + " and " + Momentum.NESTEROV + ", found " + constantMomentum
                    + "; use Schedule.constant(0.9), for example");
        }
        if (!(decayFactor > 0 && decayFactor <= 1) || decayEvery < 1) {
            throw new IllegalArgumentException("schedule: expected a decay factor above 0, at most 1, every 1 or more"
                    + " iterations, found " + decayFactor + " every " + decayEvery
                    + "; use withStepDecay(0.5, 20), for example");
        }
    }

    /** {@return the schedule of arXiv 2304.03807} */
    public static Schedule paper() {
        return new Schedule(Momentum.PAPER, 0, 1, 1);
    }

    /** {@return standard Nesterov acceleration} */
    public static Schedule nesterov() {
        return new Schedule(Momentum.NESTEROV, 0, 1, 1);
    }

    /**
     * {@return the same momentum in every iteration}
     *
     * @param momentum 0 for plain gradient steps; below 1
     * @throws IllegalArgumentException if it is out of range
     */
    public static Schedule constant(double momentum) {
        return new Schedule(Momentum.CONSTANT, momentum, 1, 1);
    }

    /**
     * {@return this schedule with smaller steps later: those of iteration t are multiplied by factor^floor((t - 1) / every)}
     *
     * @param factor above 0, at most 1
     * @param every iterations of the same step size, at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public Schedule withStepDecay(double factor, int every) {
        return new Schedule(momentum, constantMomentum, factor, every);
    }

    /**
     * {@return whether the gradient is taken at the stepped weights and the extrapolated ones are reported, as in the paper; if not, the opposite}
     */
    public boolean gradientAtStepped() {
        return momentum == Momentum.PAPER;
    }

    /**
     * {@return constants of one iteration}
     *
     * @param t 1 for the first iteration
     * @param samples n, the number of training samples
     * @throws IllegalArgumentException if a number is below 1
     */
    public Step step(int t, int samples) {
        if (t < 1 || samples < 1) {
            throw new IllegalArgumentException("schedule: expected iteration 1 or later and at least 1 sample, found "
                    + t + " and " + samples + "; count iterations from 1 and give the training set's size");
        }
        int decays = (t - 1) / decayEvery;
        double decay = Math.pow(decayFactor, decays);
        return switch (momentum) {
            case PAPER -> {
                double a0 = sequence(PAPER_START, t - 1);
                yield new Step((1 + 1 / ((double) t * samples)) * decay, -((1 - a0) / next(a0)));
            }
            case NESTEROV -> {
                double a = sequence(1, t - 1);
                yield new Step(decay, (a - 1) / next(a));
            }
            case CONSTANT -> new Step(decay, constantMomentum);
        };
    }

    private static double sequence(double start, int steps) {
        double a = start;
        for (int i = 0; i < steps; i++) {
            a = next(a);
        }
        return a;
    }

    private static double next(double a) {
        return (1 + Math.sqrt(1 + 4 * a * a)) / 2;
    }
}
