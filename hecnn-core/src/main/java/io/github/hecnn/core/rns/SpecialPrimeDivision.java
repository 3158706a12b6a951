package io.github.hecnn.core.rns;

import io.github.hecnn.core.internal.kernel.KernelProvider;
import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.modular.Modulus;

/**
 * The end of a key switch: division of a pair of polynomials on Q and P by the product of P, rounded to the nearest integer, as P's
 * residues are extended centred and exactly. Immutable and thread-safe.
 */
final class SpecialPrimeDivision {
    private final RnsBasis data;
    private final RnsBasis special;
    private final BasisExtender extender; // special -> data
    private final double[] inverse; // P^-1 modulo the data primes
    private final RnsArithmetic arithmetic;
    private final RingKernels kernels = KernelProvider.kernels();

    SpecialPrimeDivision(RnsBasis data, RnsBasis special, RnsArithmetic arithmetic) {
        this.data = data;
        this.special = special;
        this.arithmetic = arithmetic;
        extender = new BasisExtender(special, data);
        inverse = new double[data.size()];
        for (int i = 0; i < inverse.length; i++) {
            Modulus q = data.modulus(i);
            inverse[i] = q.invert(q.balance(special.product()));
        }
    }

    /**
     * Divides both accumulators and gives them back to the buffers.
     *
     * @param acc0 [data limbs, then special ones][N] borrowed limbs, NTT domain
     * @param acc1 the second one
     * @param addTo0 added to the first quotient, or null
     * @param addTo1 added to the second quotient, or null
     * @param automorphism applied to both results after the additions, or null
     * @return two polynomials on the data basis, NTT domain
     */
    RnsPolynomial[] divide(
            double[][] acc0, double[][] acc1, RnsPolynomial addTo0, RnsPolynomial addTo1, Automorphism automorphism) {
        int n = data.size();
        int p = special.size();
        LimbBuffers buffers = arithmetic.buffers();
        double[][][] acc = {acc0, acc1};
        RnsPolynomial[] addend = {addTo0, addTo1};
        double[][][] terms = new double[2][p][];
        for (int k = 0; k < 2; k++) {
            System.arraycopy(acc[k], n, terms[k], 0, p);
        }
        arithmetic.workers().forEach(2 * p, task -> {
            double[] limb = terms[task / p][task % p];
            special.ntt(task % p).inverseInPlace(limb);
            extender.prepareTermInPlace(task % p, limb);
        });
        double[][][] out = new double[2][n][];
        int groups = arithmetic.targetGroups(n);
        arithmetic.workers().forEach(2 * groups, task -> {
            int k = task / groups;
            int from = task % groups * n / groups;
            int to = (task % groups + 1) * n / groups;
            int[] which = new int[to - from];
            double[][] extended = buffers.borrow(to - from);
            for (int i = from; i < to; i++) {
                which[i - from] = i;
            }
            extender.extend(terms[k], which, extended);
            for (int i = from; i < to; i++) {
                out[k][i] = finish(acc[k][i], i, extended[i - from], addend[k], automorphism);
            }
            buffers.release(extended);
        });
        buffers.release(acc0);
        buffers.release(acc1);
        return RnsArithmetic.wrapAll(data, out);
    }

    /** Last steps of one limb: transform, subtract, divide, add, permute. */
    private double[] finish(double[] acc, int i, double[] b, RnsPolynomial addend, Automorphism automorphism) {
        Modulus q = data.modulus(i);
        double w = inverse[i];
        double[] out = new double[data.degree()];
        double[] quotient = automorphism == null ? out : b;
        data.ntt(i).forwardInPlace(b);
        kernels.subtractMultiplyScalar(acc, b, w, q.overQ(w), quotient, q.asDouble(), q.inverse());
        if (addend != null) {
            kernels.add(quotient, addend.limb(i), quotient, q.asDouble());
        }
        if (automorphism != null) {
            automorphism.permuteNtt(quotient, out);
        }
        return out;
    }
}
