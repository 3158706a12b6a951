package io.github.hecnn.mlr.serving;

import io.github.hecnn.core.sampling.RandomSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Queries in batches, each brought to one norm and followed by a check: a random combination of the others, whose scores must be that combination of
 * theirs. Scores beyond the modulus, answers to other queries and those of another key do not stand that.
 *
 * @param layout of the queries
 * @param rows [batches][queries and the check][columns]
 * @param norms [queries of all batches] what each was divided by
 * @param checks [batches][queries] multiples that make the check
 */
@SuppressWarnings("ArrayRecordComponent") // inside the package only, and never changed
record QueryBatches(QueryLayout layout, List<double[][]> rows, double[] norms, List<double[]> checks) {
    /** A combination of unit vectors that is much shorter than one of them would make their noise larger. */
    private static final double LEAST_NORM = 0.3;

    private static final int ATTEMPTS = 100;

    /**
     * Batches.
     *
     * @param layout of the queries
     * @param rows [queries][columns] in the units of the ciphertexts
     * @param norm of every row of the batches
     * @param random of the checks, secret
     */
    static QueryBatches of(QueryLayout layout, double[][] rows, double norm, RandomSource random) {
        double[] norms = new double[rows.length];
        List<double[][]> batches = new ArrayList<>();
        List<double[]> checks = new ArrayList<>();
        for (int from = 0; from < rows.length; from += layout.capacity()) {
            int count = Math.min(layout.capacity(), rows.length - from);
            double[][] unit = new double[count + 1][];
            for (int i = 0; i < count; i++) {
                double length = length(rows[from + i]);
                norms[from + i] = length > 0 ? length : 1;
                unit[i] = times(rows[from + i], 1 / norms[from + i]);
            }
            double[] factors = check(unit, count, random);
            unit[count] = combination(unit, factors);
            for (int i = 0; i <= count; i++) {
                unit[i] = times(unit[i], norm);
            }
            batches.add(unit);
            checks.add(factors);
        }
        return new QueryBatches(layout, batches, norms, checks);
    }

    private static double[] check(double[][] unit, int count, RandomSource random) {
        double[] factors = new double[count];
        for (int attempt = 1; ; attempt++) {
            for (int i = 0; i < count; i++) {
                double u = random.nextDouble() - 0.5;
                factors[i] = u < 0 ? u - 0.5 : u + 0.5;
            }
            double length = length(combination(unit, factors));
            if (length >= LEAST_NORM || attempt == ATTEMPTS) {
                return times(factors, 1 / Math.max(length, LEAST_NORM));
            }
        }
    }

    private static double[] combination(double[][] rows, double[] factors) {
        double[] out = new double[rows[0].length];
        for (int i = 0; i < factors.length; i++) {
            for (int k = 0; k < out.length; k++) {
                out[k] += factors[i] * rows[i][k];
            }
        }
        return out;
    }

    private static double length(double[] v) {
        double squares = 0;
        for (double x : v) {
            squares += x * x;
        }
        return Math.sqrt(squares);
    }

    private static double[] times(double[] v, double factor) {
        double[] out = new double[v.length];
        for (int k = 0; k < v.length; k++) {
            out[k] = v[k] * factor;
        }
        return out;
    }
}
