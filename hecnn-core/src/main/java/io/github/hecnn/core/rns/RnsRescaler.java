package io.github.hecnn.core.rns;

import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.internal.kernel.choice.KernelProvider;
import io.github.hecnn.core.modular.Modulus;

/**
 * Division by the last prime of a basis, rounded to the nearest integer: the centred residue of the dropped prime is the
 * value to subtract, so out_i = (x_i - [x]_last) * q_last^-1 mod q_i. The rounding error of every coefficient is at most
 * 1/2. Immutable and thread-safe.
 */
public final class RnsRescaler {
    private final RnsBasis basis;
    private final RnsBasis smaller;
    private final double[] inverse;
    private final RnsArithmetic arithmetic;
    private final RingKernels kernels = KernelProvider.kernels();

    /**
     * Precomputes the inverses of the last prime.
     *
     * @param basis a basis of at least two primes
     * @param smaller the same without the last prime
     * @param arithmetic workers and buffers
     * @throws IllegalArgumentException if smaller is not basis without its last prime
     */
    public RnsRescaler(RnsBasis basis, RnsBasis smaller, RnsArithmetic arithmetic) {
        if (basis.size() < 2 || smaller.size() != basis.size() - 1 || !basis.startsWith(smaller)) {
            throw new IllegalArgumentException(
                    "RnsRescaler: expected a basis and its prefix without the last prime, found " + basis + " and "
                            + smaller);
        }
        this.basis = basis;
        this.smaller = smaller;
        this.arithmetic = arithmetic;
        inverse = new double[smaller.size()];
        long last = basis.modulus(smaller.size()).value();
        for (int i = 0; i < inverse.length; i++) {
            Modulus q = smaller.modulus(i);
            inverse[i] = q.invert(q.balance(last));
        }
    }

    private RnsRescaler(RnsRescaler other, RnsArithmetic arithmetic) {
        basis = other.basis;
        smaller = other.smaller;
        inverse = other.inverse;
        this.arithmetic = arithmetic;
    }

    /**
     * The same rescaler with results in recycled limbs, see {@link RnsArithmetic#recycling}.
     *
     * @return a rescaler on the same workers and buffers
     */
    public RnsRescaler recycling() {
        return new RnsRescaler(this, arithmetic.recycling());
    }

    /** {@return the basis that is divided on, with the prime that is dropped} */
    public RnsBasis basis() {
        return basis;
    }

    /**
     * Divides polynomials by the last prime, all in one go.
     *
     * @param x polynomials on the basis, NTT domain; not changed
     * @return the quotients on the smaller basis, NTT domain
     * @throws IllegalArgumentException if a polynomial is on another basis or in the coefficient domain
     */
    public RnsPolynomial[] rescale(RnsPolynomial... x) {
        return divide(null, x);
    }

    /**
     * Multiplies polynomials by an integer and divides them by the last prime, without an intermediate polynomial.
     *
     * @param factor the integer as a canonical residue for every limb
     * @param x polynomials on the basis, NTT domain; not changed
     * @return the rounded quotients factor*x/q_last on the smaller basis, NTT domain
     * @throws IllegalArgumentException if a polynomial is on another basis or in the coefficient domain
     */
    public RnsPolynomial[] multiplyAndRescale(double[] factor, RnsPolynomial... x) {
        return divide(factor, x);
    }

    /**
     * Small multiples of polynomials, with small errors added, divided by the last prime: round((x[k]*u + e[k]) / q_last). The errors go through
     * the same transforms as the rounding, so there are no more of those than without the division.
     *
     * @param u N integers, each smaller than half of every prime in magnitude
     * @param e [polynomials][N] integers of at most 2^16 in magnitude
     * @param addTo0 what is added to the first quotient; NTT domain, smaller basis
     * @param x polynomials on the basis, NTT domain; not changed
     * @return the rounded quotients on the smaller basis, NTT domain
     * @throws IllegalArgumentException if a polynomial is on another basis or in the coefficient domain
     */
    public RnsPolynomial[] multiplySmallAndRescale(double[] u, double[][] e, RnsPolynomial addTo0, RnsPolynomial... x) {
        require(basis, x);
        require(smaller, addTo0);
        int last = smaller.size();
        LimbBuffers buffers = arithmetic.buffers();
        double[][] dropped = buffers.borrow(x.length);
        double[] small = buffers.borrow();
        double[][][] out = new double[x.length][last][];
        try {
            System.arraycopy(u, 0, small, 0, u.length);
            basis.ntt(last).forwardInPlace(small);
            arithmetic.workers().forEach(x.length, k -> {
                Modulus p = basis.modulus(last);
                double[] r = dropped[k];
                kernels.multiply(x[k].limb(last), small, r, p);
                basis.ntt(last).inverse(r, r);
                kernels.add(r, e[k], r, p);
                for (int j = 0; j < r.length; j++) {
                    r[j] -= e[k][j]; // what is subtracted from x*u: the residue without the error
                }
            });
            arithmetic.workers().forEach(last, i -> {
                Modulus q = smaller.modulus(i);
                double w = inverse[i];
                double[] factor = buffers.borrow();
                double[] r = buffers.borrow();
                System.arraycopy(u, 0, factor, 0, u.length);
                smaller.ntt(i).forwardInPlace(factor);
                for (int k = 0; k < x.length; k++) {
                    kernels.reduce(dropped[k], r, q);
                    smaller.ntt(i).forwardLazyInPlace(r);
                    double[] o = arithmetic.results().limb(k, i);
                    kernels.multiply(x[k].limb(i), factor, o, q);
                    kernels.subtractMultiplyScalar(o, r, q.factor(w), o, q);
                    if (k == 0) {
                        kernels.add(o, addTo0.limb(i), o, q);
                    }
                    out[k][i] = o;
                }
                buffers.release(factor);
                buffers.release(r);
            });
        } finally {
            buffers.release(dropped);
            buffers.release(small);
        }
        return arithmetic.results().wrap(smaller, Domain.NTT, out);
    }

    private static void require(RnsBasis basis, RnsPolynomial... x) {
        for (RnsPolynomial p : x) {
            p.requireDomain(Domain.NTT, "rescale");
            if (!p.basis().equals(basis)) {
                throw new IllegalArgumentException("rescale: expected " + basis + ", found " + p.basis());
            }
        }
    }

    private RnsPolynomial[] divide(double[] factor, RnsPolynomial... x) {
        int last = smaller.size();
        LimbBuffers buffers = arithmetic.buffers();
        require(basis, x);
        double[][] dropped = buffers.borrow(x.length);
        double[][][] out = new double[x.length][last][];
        try {
            arithmetic.workers().forEach(x.length, k -> {
                if (factor == null) {
                    basis.ntt(last).inverse(x[k].limb(last), dropped[k]);
                } else {
                    basis.ntt(last).withInverseFactor(factor[last]).inverse(x[k].limb(last), dropped[k]);
                }
            });
            arithmetic.workers().forEach(x.length * last, task -> {
                // The polynomials of a limb one after the other, as they share the transform's tables.
                int k = task % x.length;
                int i = task / x.length;
                Modulus q = smaller.modulus(i);
                double[] r = arithmetic.results().limb(k, i);
                kernels.reduce(dropped[k], r, q);
                double w = inverse[i];
                if (factor == null) {
                    smaller.ntt(i).forwardLazyInPlace(r);
                    kernels.subtractMultiplyScalar(x[k].limb(i), r, q.factor(w), r, q);
                } else {
                    smaller.ntt(i).forwardInPlace(r);
                    kernels.multiplyScalar(r, q.factor(-w), r, q);
                    double f = q.multiply(factor[i], w);
                    kernels.multiplyScalarAdd(x[k].limb(i), q.factor(f), r, q);
                }
                out[k][i] = r;
            });
        } finally {
            buffers.release(dropped);
        }
        return arithmetic.results().wrap(smaller, Domain.NTT, out);
    }
}
