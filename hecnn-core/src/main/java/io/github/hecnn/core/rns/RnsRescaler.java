package io.github.hecnn.core.rns;

import io.github.hecnn.core.internal.kernel.KernelProvider;
import io.github.hecnn.core.internal.kernel.RingKernels;
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

    private RnsPolynomial[] divide(double[] factor, RnsPolynomial... x) {
        int last = smaller.size();
        LimbBuffers buffers = arithmetic.buffers();
        for (RnsPolynomial p : x) {
            p.requireDomain(Domain.NTT, "rescale");
            if (!p.basis().equals(basis)) {
                throw new IllegalArgumentException("rescale: expected " + basis + ", found " + p.basis());
            }
        }
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
                double[] r = new double[basis.degree()];
                kernels.reduce(dropped[k], r, q.asDouble(), q.inverse());
                double w = inverse[i];
                if (factor == null) {
                    smaller.ntt(i).forwardLazyInPlace(r);
                    kernels.subtractMultiplyScalar(x[k].limb(i), r, w, q.overQ(w), r, q.asDouble(), q.inverse());
                } else {
                    smaller.ntt(i).forwardInPlace(r);
                    kernels.multiplyScalar(r, -w, -q.overQ(w), r, q.asDouble(), q.inverse());
                    double f = q.multiply(factor[i], w);
                    kernels.multiplyScalarAdd(x[k].limb(i), f, q.overQ(f), r, q.asDouble(), q.inverse());
                }
                out[k][i] = r;
            });
        } finally {
            buffers.release(dropped);
        }
        return RnsArithmetic.wrapAll(smaller, out);
    }
}
