package io.github.hecnn.core.internal.kernel;

import io.github.hecnn.core.modular.Factor;
import io.github.hecnn.core.modular.Modulus;

/**
 * The hot loops on residues of one prime q &lt; 2^49, each array one limb.
 *
 * <p>A residue is an exact integer in a {@code double}, canonical and balanced, |r| &lt;= (q-1)/2. Inputs are canonical unless a
 * method says otherwise, outputs always are, and zero is always written as +0.0. As a canonical residue has only one form,
 * all implementations give the same bits.
 *
 * <p>What a method calls lazy is any integer of at most {@link Residues#LAZY_LIMIT} in magnitude that is congruent to the residue.
 *
 * <p>All arrays of one call have the same length, a multiple of
 * 64; an output may be one of the inputs but must not be passed as two outputs. With assertions on, inputs are checked to be
 * in range.
 *
 * <p>Implementations are stateless and thread-safe.
 */
public interface RingKernels {
    /** The most terms of a sum of products. */
    int MAX_TERMS = 64;

    /** Lengths are multiples of this. */
    int LENGTH_UNIT = 64;

    /** Name of this implementation: "portable", "vector-256", "vector-512". */
    String name();

    /** Forward negacyclic NTT in place; for the order of the result see {@link NttTables}. */
    void forwardNtt(NttTables t, double[] a);

    /**
     * {@link #forwardNtt} with lazy results, for what takes those: there is no reduction if q is small enough for it. Each implementation has
     * results of its own, all congruent.
     *
     * @param t tables
     * @param a canonical residues, or {@link Residues#LAZY_SUM} times q in magnitude if {@link NttTables#takesLazySums}; overwritten
     */
    void forwardNttLazy(NttTables t, double[] a);

    /** Inverse of {@link #forwardNtt}, the factor 1/N included, times the tables' inverse factor; out may be in. */
    void inverseNtt(NttTables t, double[] in, double[] out);

    /** {@link #inverseNtt(NttTables, double[], double[])} in place. */
    default void inverseNtt(NttTables t, double[] a) {
        inverseNtt(t, a, a);
    }

    /** out = a + b. */
    void add(double[] a, double[] b, double[] out, Modulus q);

    /** out = a - b. */
    void subtract(double[] a, double[] b, double[] out, Modulus q);

    /** out = -a. */
    void negate(double[] a, double[] out);

    /** out = a + s. */
    void addScalar(double[] a, double s, double[] out, Modulus q);

    /** out = a * b. */
    void multiply(double[] a, double[] b, double[] out, Modulus q);

    /** acc = acc + a * b. */
    void multiplyAdd(double[] a, double[] b, double[] acc, Modulus q);

    /** out = a * factor. */
    void multiplyScalar(double[] a, Factor factor, double[] out, Modulus q);

    /** acc = acc + a * factor. */
    void multiplyScalarAdd(double[] a, Factor factor, double[] acc, Modulus q);

    /** out = (a - b) * factor; a and b may be any integers below 2^49 in magnitude, such as residues of another prime. */
    void subtractMultiplyScalar(double[] a, double[] b, Factor factor, double[] out, Modulus q);

    /** The product of two pairs: d0 = a0*b0, d1 = a0*b1 + a1*b0, d2 = a1*b1. No output may be an input. */
    void tensor(double[] a0, double[] a1, double[] b0, double[] b1, double[] d0, double[] d1, double[] d2, Modulus q);

    /** As {@link #tensor}, added to what d0, d1 and d2 hold. */
    void tensorAdd(
            double[] a0, double[] a1, double[] b0, double[] b1, double[] d0, double[] d1, double[] d2, Modulus q);

    /** out = a mod q for any integers |a| &lt; 2^50, such as residues of another prime. */
    void reduce(double[] a, double[] out, Modulus q);

    /** out0 = sum of digits[i]*k0[i], out1 = sum of digits[i]*k1[i], i below count, which is 1 to {@link #MAX_TERMS}; digits may be lazy. */
    void innerProductPair(
            double[][] digits, double[][] k0, double[][] k1, int count, double[] out0, double[] out1, Modulus q);

    /**
     * {@link #innerProductPair} and the division of both sums. No output may be an input.
     *
     * @param digits [count][N] lazy residues
     * @param k0 [count][N] factors of the first sum
     * @param k1 [count][N] factors of the second
     * @param count 1 to {@link #MAX_TERMS}
     * @param division what the sums go through
     * @param out0 first result
     * @param out1 second result
     */
    void dividedInnerProductPair(
            double[][] digits,
            double[][] k0,
            double[][] k1,
            int count,
            LimbDivision division,
            double[] out0,
            double[] out1,
            Modulus q);

    /**
     * Base extension: for every target t, out[t][j] = sum of terms[i][j]*weights[i] over i below count, plus e[j]*weights[count], where
     * e[j] = round(sum of terms[i][j]*reciprocals[i]) in doubles, by one fma a term in the order of the terms.
     *
     * @param terms [count][N] any integers below 2^48 in magnitude, such as residues of other primes
     * @param count number of terms, 1 to {@link #MAX_TERMS} - 1
     * @param reciprocals [count] factors of e; terms[i]*reciprocals[i] is at most 1/2 in magnitude
     * @param targets primes and weights of the results
     * @param out [targets][N] canonical residues, unless a target is lazy; none may be a term
     */
    void extendBase(double[][] terms, int count, double[] reciprocals, BaseTarget[] targets, double[][] out);

    /** out[j] = in[index[j]]; out must not be in. */
    void permute(double[] in, int[] index, double[] out);
}
