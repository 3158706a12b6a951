package io.github.hecnn.ckks.circuit.polynomial;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A polynomial whose value is wanted in some slots and 0 in the others, without a level for the mask: the mask rides on the
 * coefficients, which have to be multiplied in anyway, and powers are taken of the unmasked argument.
 *
 * <p>p = lin_0 + lin_2 x^2 + (lin_4 + lin_6 x^2) x^4 + ..., where lin_k = mask (c_k + c_(k+1) x): degree d takes
 * ceil(log2(d + 1)) levels. All products of a sum share one relinearisation; a cubic takes two, one of them left to the caller.
 * Immutable; as thread-safe as its algebra and mask.
 *
 * @param <V> values of the algebra
 */
public final class MaskedPolynomial<V> {
    private final SlotAlgebra<V> algebra;
    private final double[] coefficients;
    private final DoubleFunction<PlainVector> mask;
    private final Polynomial polynomial;
    private final String operation;

    /**
     * A polynomial for an algebra.
     *
     * @param algebra computes on slots
     * @param polynomial in powers; a simulation holds the wanted slots of the argument to its {@link Polynomial#validOn interval}
     * @param mask gives the plain vector with a value in the wanted slots, always the same object for a value
     * @param operation what a refusal calls it
     * @throws InvalidParametersException if the polynomial is in Chebyshev form
     */
    public MaskedPolynomial(
            SlotAlgebra<V> algebra, Polynomial polynomial, DoubleFunction<PlainVector> mask, String operation) {
        if (polynomial.isChebyshev()) {
            throw new InvalidParametersException("MaskedPolynomial: expected a polynomial in powers, found a "
                    + polynomial + "; give its coefficients to Polynomial.monomial");
        }
        this.algebra = algebra;
        this.polynomial = polynomial;
        this.coefficients = polynomial.coefficients();
        this.mask = mask;
        this.operation = operation;
    }

    /**
     * Levels that it takes.
     *
     * @param degree 1 or more
     * @return ceil(log2(degree + 1))
     */
    public static int depth(int degree) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(degree);
    }

    /**
     * The terms of degree 2 and more.
     *
     * @param x argument, scale degree 1, two components
     * @return their sum at scale degree 2, not relinearised; null if there are none
     * @throws io.github.hecnn.ckks.error.IntervalException in a simulation without a listener, if a wanted slot is outside of the interval
     */
    public V higherTerms(V x) {
        algebra.requireWithin(
                operation,
                x,
                polynomial.validFrom(),
                polynomial.validTo(),
                mask.apply(coefficients[coefficients.length - 1]));
        List<V> powers = powers(x);
        V terms = higherTerms(0, 1 << depth(coefficients.length - 1), powers);
        powers.subList(1, powers.size()).forEach(algebra::release);
        return terms;
    }

    /** x, x^2, x^4, ... as far as the degree. */
    private List<V> powers(V x) {
        List<V> powers = new ArrayList<>();
        powers.add(x);
        for (int k = 2; k < coefficients.length; k *= 2) {
            V last = powers.get(powers.size() - 1);
            V square = algebra.multiplyNoRelin(last, last);
            powers.add(algebra.relinearizeAndRescale(square));
            algebra.release(square);
        }
        return powers;
    }

    private double coefficient(int k) {
        return k < coefficients.length ? coefficients[k] : 0;
    }

    /** Whether all coefficients from..to-1 are zero. */
    private boolean zero(int from, int to) {
        for (int k = from; k < to; k++) {
            if (coefficient(k) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Sum of c_(from+k) x^k for k from 2 to count - 1, of scale degree 2, or null. */
    private V higherTerms(int from, int count, List<V> powers) {
        List<V> factors = new ArrayList<>();
        List<V> factorPowers = new ArrayList<>();
        V constants = null;
        for (int g = 2, i = 1; g < count; g *= 2, i++) {
            if (zero(from + g, from + 2 * g)) {
                continue;
            }
            if (zero(from + g + 1, from + 2 * g)) {
                V term = algebra.multiplyPlain(powers.get(i), mask.apply(coefficient(from + g)));
                constants = constants == null ? term : sum(constants, term);
            } else {
                factors.add(block(from + g, g, powers));
                factorPowers.add(powers.get(i));
            }
        }
        if (factors.isEmpty()) {
            return constants;
        }
        V products = algebra.sumOfProducts(factors, factorPowers);
        factors.forEach(algebra::release);
        return constants == null ? products : sum(products, constants);
    }

    /** Sum of two values that nobody else has. */
    private V sum(V a, V b) {
        V sum = algebra.add(a, b);
        algebra.release(a);
        algebra.release(b);
        return sum;
    }

    /** Rescales a value that nobody else has. */
    private V rescaled(V a) {
        V out = algebra.rescale(a);
        algebra.release(a);
        return out;
    }

    /** Sum of c_(from+k) x^k for k from 0 to count - 1, masked, of scale degree 1; not constant. */
    private V block(int from, int count, List<V> powers) {
        V higher = higherTerms(from, count, powers);
        V sum = null;
        if (higher != null) {
            sum = algebra.relinearizeAndRescale(higher);
            algebra.release(higher);
        }
        if (coefficient(from + 1) != 0) {
            V linear = rescaled(algebra.multiplyPlain(powers.get(0), mask.apply(coefficient(from + 1))));
            sum = sum == null ? linear : sum(sum, linear);
        }
        if (coefficient(from) == 0) {
            return sum;
        }
        V all = algebra.addPlain(sum, mask.apply(coefficient(from)));
        algebra.release(sum);
        return all;
    }
}
