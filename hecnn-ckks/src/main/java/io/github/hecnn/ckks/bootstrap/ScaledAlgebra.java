package io.github.hecnn.ckks.bootstrap;

import java.util.List;

/**
 * What the modular reduction computes with: values that carry any scale, at levels without a canonical one. It is done on ciphertexts, and
 * on plain numbers with the noise of ciphertexts to predict the error.
 *
 * @param <V> a value, immutable until it is used up or released
 */
interface ScaledAlgebra<V> {
    /** Factor between slots and what is computed with. */
    double scale(V a);

    /** The prime that a rescale at this level divides by. */
    double prime(int level);

    /** The same with another scale: all slots are multiplied by the quotient of the scales, at no cost. */
    V declare(V a, double scale);

    /**
     * A sum with integer factors, not rescaled: constant plus the sum of factors[i] * terms[i], one or more, rounded to what the scales allow.
     *
     * @param level of the result, at most that of any term
     * @param scale of the result
     */
    V sum(int level, double scale, double constant, double[] factors, List<V> terms);

    /**
     * A sum of products plus a value of their scale, relinearised once and rescaled.
     *
     * @param plus at the level of the products, used up; null for nothing
     * @return one below the lowest level of all factors
     */
    V multiply(List<V> a, List<V> b, V plus);

    /** One level down. */
    V rescale(V a);

    /** a, which is used up, plus a constant in every slot. */
    V addConstant(V a, double c);

    /** Says that a value is not needed any more, nor any that was declared from it. */
    void release(V a);
}
