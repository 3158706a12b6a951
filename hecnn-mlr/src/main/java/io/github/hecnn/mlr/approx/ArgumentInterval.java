package io.github.hecnn.mlr.approx;

import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;

/**
 * The interval of the sigmoid polynomial in units of what a circuit puts into it, which is the score times a public factor.
 *
 * @param operation what a refusal calls it
 * @param low left end; at most 0, the score of padding
 * @param high right end; at least 0
 */
public record ArgumentInterval(String operation, double low, double high) {
    /**
     * {@return the interval for scores times a positive factor}
     *
     * @param sigmoid the polynomial
     * @param factor positive, between a score and the argument
     */
    public static ArgumentInterval of(SigmoidApproximation sigmoid, double factor) {
        return new ArgumentInterval(
                "sigmoid polynomial of scores times " + (float) factor,
                factor * Math.min(sigmoid.lo(), 0),
                factor * Math.max(sigmoid.hi(), 0));
    }

    /**
     * {@return the polynomial with these coefficients, constant first, as one that is good on the interval}
     *
     * @param coefficients constant first
     */
    public Polynomial polynomial(double[] coefficients) {
        return Polynomial.monomial(coefficients).validOn(low, high);
    }

    /**
     * Has an algebra that can see slots hold the real parts where a mask is not zero to the interval.
     *
     * @param algebra of the slots
     * @param argument what goes into the polynomial, of any level and scale
     * @param where 0 where slots do not count
     * @param <V> a vector of slots
     */
    public <V> void require(SlotAlgebra<V> algebra, V argument, PlainVector where) {
        algebra.requireWithin(operation, argument, low, high, where);
    }
}
