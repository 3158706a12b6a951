package io.github.hecnn.mlr.plan;

import io.github.hecnn.ckks.circuit.OperationCounts;
import io.github.hecnn.mlr.recipe.IterationReport;

/**
 * Seconds on one thread, estimated: transforms and products of residues are counted at the mean level of each iteration, and
 * multiplied by what they take on one core with 512-bit vectors; narrower ones and the portable kernels take longer. Good for
 * comparing plans and for a progress bar, not a promise.
 */
final class TimeEstimate {
    /** A transform of N residues takes this times N log2 N. */
    private static final double TRANSFORM_SECONDS = 1.45e-10;
    /** A product of residues with addition, memory traffic included. */
    private static final double PRODUCT_SECONDS = 0.5e-9;

    private final ParameterProposal parameters;

    TimeEstimate(ParameterProposal parameters) {
        this.parameters = parameters;
    }

    double training(TrainingRehearsal rehearsal) {
        double seconds = 0;
        int from = parameters.levels();
        for (IterationReport report : rehearsal.iterations()) {
            int level = (from + report.level() + 1) / 2;
            seconds += operations(report.counts(), level);
            from = report.level();
        }
        return seconds;
    }

    private double operations(OperationCounts counts, int level) {
        int primes = level + 1;
        long plain = counts.rotations() + counts.conjugations() + counts.relinearizations();
        return plain * (decomposition(primes) + innerProduct(primes))
                + counts.hoistings() * decomposition(primes)
                + counts.hoistedRotations() * innerProduct(primes)
                + counts.multiplications() * cost(0, 4L * primes)
                + (counts.plainMultiplications() + counts.constantMultiplications()) * cost(0, 2L * primes)
                + (counts.rescales() + counts.alignments()) * cost(2L * primes, 4L * primes)
                + counts.additions() * cost(0, primes);
    }

    /** Every digit extended to all primes and transformed. */
    private double decomposition(int primes) {
        int digits = parameters.digitsAt(primes - 1);
        long all = (long) primes + parameters.specialPrimes();
        return cost(digits * all, digits * all * parameters.primesPerDigit());
    }

    /** Digits times key, then the special primes taken off again. */
    private double innerProduct(int primes) {
        int digits = parameters.digitsAt(primes - 1);
        int special = parameters.specialPrimes();
        long all = (long) primes + special;
        return cost(2 * all, 2 * (digits * all + (long) special * primes));
    }

    private double cost(long transforms, long products) {
        double n = parameters.ringDegree();
        return n * (transforms * TRANSFORM_SECONDS * parameters.logRingDegree() + products * PRODUCT_SECONDS);
    }
}
