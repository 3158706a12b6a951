package io.github.hecnn.core.rns;

import io.github.hecnn.core.internal.kernel.LimbDivision;
import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.internal.kernel.choice.KernelProvider;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.rns.KeyHalves.After;

/**
 * The end of a key switch: division of a pair of polynomials on Q and P by the product of P, rounded to the nearest integer, as P's
 * residues are extended centred and exactly. The last prime of Q can be divided by at the same time: that is a rescale for the price of
 * a longer base extension, with one rounding instead of two. Immutable and thread-safe.
 *
 * <p>A division has three steps: {@link #prepare} for every dropped prime, {@link #extend} for groups of kept ones, and {@link #limb} for each.
 */
final class SpecialPrimeDivision {
    private final RnsBasis data; // of the result
    private final RnsBasis divisor; // the special primes, after the last one of Q if that is divided by, too
    private final BasisExtender extender; // divisor -> data
    private final double[] inverse; // of the divisor's product modulo the data primes
    private final double[] addendFactor; // inverse of the dropped prime modulo them; 1 without one
    private final Modulus dropped; // the last prime of Q if it is divided by, else null
    private final double special; // P modulo the dropped prime
    private final RnsArithmetic arithmetic;
    private final RingKernels kernels = KernelProvider.kernels();

    private SpecialPrimeDivision(
            RnsBasis data, RnsBasis divisor, Modulus dropped, double special, RnsArithmetic arithmetic) {
        this.data = data;
        this.divisor = divisor;
        this.dropped = dropped;
        this.special = special;
        this.arithmetic = arithmetic;
        extender = new BasisExtender(divisor, data);
        inverse = new double[data.size()];
        addendFactor = new double[data.size()];
        for (int i = 0; i < inverse.length; i++) {
            Modulus q = data.modulus(i);
            inverse[i] = q.invert(q.balance(divisor.product()));
            addendFactor[i] = dropped == null ? 1.0 : q.invert(q.balance(dropped.value()));
        }
    }

    /** Division by P. */
    static SpecialPrimeDivision by(RnsBasis special, RnsBasis data, RnsArithmetic arithmetic) {
        return new SpecialPrimeDivision(data, special, null, 0.0, arithmetic);
    }

    /** Division by P and the last prime of data, of which there have to be two or more. */
    static SpecialPrimeDivision byLastAnd(RnsBasis special, RnsBasis data, RnsArithmetic arithmetic) {
        int last = data.size() - 1;
        Modulus q = data.modulus(last);
        RnsBasis divisor = data.range(last, last + 1).concat(special);
        return new SpecialPrimeDivision(data.range(0, last), divisor, q, q.balance(special.product()), arithmetic);
    }

    /** Basis of the result. */
    RnsBasis data() {
        return data;
    }

    /** How many primes are divided by: the last ones of Q and P. */
    int droppedPrimes() {
        return divisor.size();
    }

    /**
     * First step for one dropped prime: both limbs become terms of the base extension, in place.
     *
     * @param i index among the dropped primes
     * @param limbs [2][N] of the polynomials, NTT domain; overwritten
     * @param after what will be added
     */
    void prepare(int i, double[][] limbs, After after) {
        for (int k = 0; k < 2; k++) {
            RnsPolynomial addend = after.addend(k);
            if (dropped != null && i == 0 && addend != null) { // P times the addend, divided by P later
                double[] a = addend.limb(data.size());
                kernels.multiplyScalarAdd(a, dropped.factor(special), limbs[k], dropped);
            }
            extender.prepareTerm(i, limbs[k], limbs[k]);
        }
    }

    /**
     * Second step for a group of kept primes.
     *
     * @param terms [2][dropped prime][N] prepared limbs, only read
     * @param from first prime
     * @param to after the last one
     * @return [2][to - from][N] borrowed limbs, coefficient domain, lazily reduced for the transform of {@link #limb}
     */
    double[][][] extend(double[][][] terms, int from, int to) {
        int[] which = new int[to - from];
        for (int i = from; i < to; i++) {
            which[i - from] = i;
        }
        double[][][] out = new double[2][][];
        for (int k = 0; k < 2; k++) {
            out[k] = arithmetic.buffers().borrow(to - from);
            extender.extendLazy(terms[k], which, out[k]);
        }
        return out;
    }

    /**
     * Third step for one kept prime: the rest of the division for {@link RingKernels#dividedInnerProductPair}.
     *
     * @param i index of the prime
     * @param extended0 extended limb of the first polynomial, coefficient domain; transformed in place and then part of the result
     * @param extended1 of the second one
     * @param after what is added, and the automorphism
     * @return the division
     */
    LimbDivision limb(int i, double[] extended0, double[] extended1, After after) {
        Modulus q = data.modulus(i);
        data.ntt(i).forwardLazyInPlace(extended0);
        data.ntt(i).forwardLazyInPlace(extended1);
        double w = inverse[i];
        double f = addendFactor[i];
        double[][] addends = new double[2][];
        for (int k = 0; k < 2; k++) {
            addends[k] = after.addend(k) == null ? null : after.addend(k).limb(i);
        }
        int[] index = after.automorphism() == null ? null : after.automorphism().index();
        double[][] extended = {extended0, extended1};
        return new LimbDivision(extended, q.factor(w), addends, q.factor(f), index);
    }

    /**
     * The whole division of two polynomials; gives their limbs back to the buffers.
     *
     * @param acc [2][limbs of Q, then special ones][N] borrowed limbs, NTT domain
     * @param results where the quotients are put
     * @return the two quotients, NTT domain
     */
    RnsPolynomial[] divide(double[][][] acc, ResultLimbs results) {
        int n = data.size();
        int p = divisor.size();
        double[][][] terms = new double[2][p][];
        for (int k = 0; k < 2; k++) {
            System.arraycopy(acc[k], n, terms[k], 0, p);
        }
        arithmetic.workers().forEach(p, i -> prepare(i, new double[][] {terms[0][i], terms[1][i]}, After.NOTHING));
        double[][][] out = new double[2][n][];
        TargetGroups.forEach(arithmetic.workers(), 0, n, (from, to) -> {
            double[][][] extended = extend(terms, from, to);
            for (int i = from; i < to; i++) {
                Modulus q = data.modulus(i);
                double w = inverse[i];
                for (int k = 0; k < 2; k++) {
                    double[] b = extended[k][i - from];
                    data.ntt(i).forwardLazyInPlace(b);
                    // Allocated late: the JVM writes zeros first, and they should be in the cache still when they are
                    // replaced.
                    out[k][i] = results.limb(k, i);
                    kernels.subtractMultiplyScalar(acc[k][i], b, q.factor(w), out[k][i], q);
                }
            }
            arithmetic.buffers().release(extended[0]);
            arithmetic.buffers().release(extended[1]);
        });
        arithmetic.buffers().release(acc[0]);
        arithmetic.buffers().release(acc[1]);
        return results.wrap(data, Domain.NTT, out);
    }

    /**
     * The whole division of one polynomial.
     *
     * @param limbs [limbs of Q, then special ones][N], NTT domain, only read
     * @return the quotient in borrowed limbs, NTT domain
     */
    RnsPolynomial quotient(double[][] limbs) {
        int n = data.size();
        LimbBuffers buffers = arithmetic.buffers();
        double[][] terms = buffers.borrow(divisor.size());
        arithmetic.workers().forEach(terms.length, i -> extender.prepareTerm(i, limbs[n + i], terms[i]));
        double[][] out = new double[n][];
        TargetGroups.forEach(arithmetic.workers(), 0, n, (from, to) -> {
            int[] which = new int[to - from];
            double[][] some = buffers.borrow(to - from);
            for (int i = from; i < to; i++) {
                which[i - from] = i;
                out[i] = some[i - from];
            }
            extender.extendLazy(terms, which, some);
            for (int i = from; i < to; i++) {
                Modulus q = data.modulus(i);
                double w = inverse[i];
                data.ntt(i).forwardLazyInPlace(out[i]);
                kernels.subtractMultiplyScalar(limbs[i], out[i], q.factor(w), out[i], q);
            }
        });
        buffers.release(terms);
        return RnsPolynomial.wrap(data, Domain.NTT, out);
    }
}
