package io.github.hecnn.mlr.recipe;

/**
 * The step sizes of the paper's accelerated iteration (arXiv 2304.03807): with a0 = 0.01, a1 = (1 + sqrt(1 + 4 a0^2))/2 at the start,
 * iteration t = 1, 2, ... has eta = (1 - a0)/a1 and gamma = 1/(t n); then a0 = a1 and a1 = (1 + sqrt(1 + 4 a0^2))/2.
 *
 * <p>The iteration is T = W + (1 + gamma) G, W = (1 - eta) T + eta V, V = T, with the quadratic gradient G evaluated at V and W the
 * reported model. Public constants: client and cloud both derive them. Immutable and thread-safe.
 */
public final class NesterovSchedule {
    private static final double START = 0.01;

    private final int samples;

    private NesterovSchedule(int samples) {
        this.samples = samples;
    }

    /**
     * The schedule of the paper.
     *
     * @param samples n, the number of training samples
     * @throws IllegalArgumentException if it is below 1
     */
    public static NesterovSchedule paper(int samples) {
        if (samples < 1) {
            throw new IllegalArgumentException("Nesterov schedule: expected at least 1 sample, found " + samples
                    + "; give the training set's size");
        }
        return new NesterovSchedule(samples);
    }

    /**
     * Constants of one iteration.
     *
     * @param t 1 for the first iteration
     * @throws IllegalArgumentException if t is below 1
     */
    public Step step(int t) {
        if (t < 1) {
            throw new IllegalArgumentException(
                    "Nesterov schedule: expected iteration 1 or later, found " + t + "; count from 1");
        }
        double a0 = START;
        double a1 = next(a0);
        for (int i = 1; i < t; i++) {
            a0 = a1;
            a1 = next(a0);
        }
        return new Step((1 - a0) / a1, 1 / ((double) t * samples));
    }

    public static double next(double a) {
        return (1 + Math.sqrt(1 + 4 * a * a)) / 2;
    }

    /**
     * Constants of one iteration.
     *
     * @param eta weight of the old V in the new W; 0.99 / 1.0001 in iteration 1 and negative afterwards
     * @param gamma 1/(t n), added to the step size 1
     */
    public record Step(double eta, double gamma) {}
}
