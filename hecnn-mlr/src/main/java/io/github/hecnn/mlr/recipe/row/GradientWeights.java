package io.github.hecnn.mlr.recipe.row;

/**
 * Standard Nesterov steps written out: N' = V + G, V' = N' + m (N' - N) make V and N sums of all gradients so far with public factors, and of
 * the first weights with factor 1. So only gradients have to be refreshed, and their errors do not feed on each other.
 *
 * <p>m is (t - 1) / u with t = 1 at first and u = (1 + sqrt(1 + 4 t^2)) / 2 the next t.
 */
final class GradientWeights {
    private GradientWeights() {}

    /**
     * Factors of the gradients in N, the weights.
     *
     * @param steps number of gradients, 0 or more
     */
    static double[] ofWeights(int steps) {
        return of(steps)[0];
    }

    /** Factors of the gradients in V, where the next gradient is taken. */
    static double[] ofMomentumPoint(int steps) {
        return of(steps)[1];
    }

    private static double[][] of(int steps) {
        double[] n = new double[steps];
        double[] v = new double[steps];
        double t = 1;
        for (int s = 0; s < steps; s++) {
            double u = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
            double m = (t - 1) / u;
            t = u;
            for (int k = 0; k <= s; k++) {
                double moved = v[k] + (k == s ? 1 : 0);
                v[k] = moved + m * (moved - n[k]);
                n[k] = moved;
            }
        }
        return new double[][] {n, v};
    }
}
