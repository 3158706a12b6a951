package io.github.hecnn.core.ntt;

import io.github.hecnn.core.internal.kernel.NttTables;
import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.internal.kernel.choice.KernelProvider;
import io.github.hecnn.core.modular.Modulus;

/**
 * The negacyclic number-theoretic transform: the values of a polynomial of Z_q[X]/(X^N + 1) at the odd powers of psi, a primitive
 * 2N-th root of unity mod q. There sums and products of polynomials are sums and products position by position.
 *
 * <p>Coefficients and values are canonical balanced residues, exact integers in {@code double[N]}, |r| &lt;= (q-1)/2. The order of the
 * values is fixed, the same for every q, CPU and kernel, and part of the binary format: {@link #exponentAt} tells which value a
 * position holds.
 *
 * <p>Immutable and thread-safe; the arrays belong to the caller. An instance holds tables of some 3 N doubles.
 */
public final class NegacyclicNtt {
    private final NttTables tables;
    private final int logRingDegree;
    private final RingKernels kernels;

    private NegacyclicNtt(int logRingDegree, NttTables tables) {
        this.logRingDegree = logRingDegree;
        this.tables = tables;
        this.kernels = KernelProvider.kernels();
    }

    /**
     * The transform for N = 2^logRingDegree and q.
     *
     * @param logRingDegree 10 to 17
     * @param q a prime that is 1 mod 2N
     * @throws IllegalArgumentException if logRingDegree is out of range or q is not 1 mod 2N
     */
    public static NegacyclicNtt of(int logRingDegree, Modulus q) {
        return new NegacyclicNtt(logRingDegree, NttTables.of(logRingDegree, q));
    }

    /** N. */
    public int degree() {
        return tables.degree();
    }

    /** log2 of N. */
    public int logRingDegree() {
        return logRingDegree;
    }

    /** q. */
    public Modulus modulus() {
        return tables.modulus();
    }

    /**
     * Coefficients to values, in place.
     *
     * @param a N canonical residues
     * @throws IllegalArgumentException if a has not N elements
     */
    public void forwardInPlace(double[] a) {
        kernels.forwardNtt(tables, a);
    }

    /**
     * {@link #forwardInPlace} with lazy reduction: coefficients to any integers below 1.25 * 2^48 in magnitude that are congruent to the values. It
     * saves up to a tenth, where the next operation takes such integers: the sums of products and the division of a key switch.
     *
     * @param a N canonical residues, or what a lazy base extension gives for this prime
     * @throws IllegalArgumentException if a has not N elements
     */
    public void forwardLazyInPlace(double[] a) {
        kernels.forwardNttLazy(tables, a);
    }

    /**
     * Whether the prime leaves room for a lazy base extension before {@link #forwardLazyInPlace}.
     *
     * @return true if it takes integers of up to 12.5 q in magnitude
     */
    public boolean takesLazySums() {
        return tables.takesLazySums();
    }

    /**
     * Values to coefficients, in place: the inverse of {@link #forwardInPlace}.
     *
     * @param a N canonical residues
     * @throws IllegalArgumentException if a has not N elements
     */
    public void inverseInPlace(double[] a) {
        kernels.inverseNtt(tables, a);
    }

    /**
     * Values to coefficients, times the factor of {@link #withInverseFactor}.
     *
     * @param in N canonical residues; not changed unless it is out
     * @param out N canonical residues, overwritten; may be in
     * @throws IllegalArgumentException if in or out has not N elements
     */
    public void inverse(double[] in, double[] out) {
        kernels.inverseNtt(tables, in, out);
    }

    /**
     * The same transform, except that the inverse multiplies by a factor besides, at no cost: it joins the factor 1/N. The tables are shared.
     *
     * @param factor canonical residue mod q
     * @return a transform whose inverse gives factor times the coefficients
     */
    public NegacyclicNtt withInverseFactor(double factor) {
        return new NegacyclicNtt(logRingDegree, tables.withInverseFactor(factor));
    }

    /**
     * The odd exponent k in [1, 2N) such that the position holds a(psi^k).
     *
     * @throws IllegalArgumentException if logRingDegree is not 10 to 17 or the position not 0 to N - 1
     */
    public static int exponentAt(int logRingDegree, int position) {
        int n = checkedDegree("exponentAt", logRingDegree);
        if (position < 0 || position >= n) {
            throw new IllegalArgumentException("NegacyclicNtt.exponentAt: expected a position from 0 to " + (n - 1)
                    + ", found " + position + "; pass an index of the limb");
        }
        return NttTables.exponentAt(logRingDegree, position);
    }

    /**
     * The position of a(psi^exponent), the inverse of {@link #exponentAt}.
     *
     * @throws IllegalArgumentException if logRingDegree is not 10 to 17 or the exponent not odd and from 1 to 2N - 1
     */
    public static int positionOf(int logRingDegree, int exponent) {
        int n = checkedDegree("positionOf", logRingDegree);
        if (exponent < 1 || exponent >= 2 * n || exponent % 2 == 0) {
            throw new IllegalArgumentException("NegacyclicNtt.positionOf: expected an odd exponent from 1 to "
                    + (2 * n - 1) + ", found " + exponent + "; reduce it mod 2N");
        }
        return NttTables.positionOf(logRingDegree, exponent);
    }

    private static int checkedDegree(String operation, int logRingDegree) {
        if (logRingDegree < NttTables.MIN_LOG_DEGREE || logRingDegree > NttTables.MAX_LOG_DEGREE) {
            throw new IllegalArgumentException(
                    "NegacyclicNtt." + operation + ": expected a logarithm of the ring degree from "
                            + NttTables.MIN_LOG_DEGREE + " to " + NttTables.MAX_LOG_DEGREE + ", found " + logRingDegree
                            + "; pass log2 of N, not N");
        }
        return 1 << logRingDegree;
    }
}
