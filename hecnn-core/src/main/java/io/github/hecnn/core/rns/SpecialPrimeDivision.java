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
        // Both halves of a limb one after the other: they share the tables of a transform, which are as large as the
        // limb.
        arithmetic.workers().forEach(2 * p, task -> {
            double[] limb = terms[task % 2][task / 2];
            extender.prepareTerm(task / 2, limb, limb);
        });
        double[][][] out = new double[2][n][];
        int groups = arithmetic.targetGroups(2 * n);
        arithmetic.workers().forEach(groups, group -> {
            int from = group * n / groups;
            int to = (group + 1) * n / groups;
            int[] which = new int[to - from];
            for (int i = from; i < to; i++) {
                which[i - from] = i;
            }
            double[][][] extended = new double[2][][];
            for (int k = 0; k < 2; k++) {
                extended[k] = buffers.borrow(to - from);
                extender.extend(terms[k], which, extended[k]);
            }
            for (int i = from; i < to; i++) {
                for (int k = 0; k < 2; k++) {
                    out[k][i] = finish(acc[k][i], i, extended[k][i - from], addend[k], automorphism);
                }
            }
            buffers.release(extended[0]);
            buffers.release(extended[1]);
        });
        buffers.release(acc0);
        buffers.release(acc1);
        return RnsArithmetic.wrapAll(data, out);
    }

    /** Last steps of one limb: transform, subtract, divide, add, permute. */
    private double[] finish(double[] acc, int i, double[] b, RnsPolynomial addend, Automorphism automorphism) {
        Modulus q = data.modulus(i);
        double w = inverse[i];
        data.ntt(i).forwardInPlace(b);
        kernels.subtractMultiplyScalar(acc, b, w, q.overQ(w), b, q.asDouble(), q.inverse());
        // The result is allocated last: the JVM writes zeros to it first, and should find them in the cache still.
        double[] out = new double[data.degree()];
        if (automorphism != null) {
            if (addend != null) {
                kernels.add(b, addend.limb(i), b, q.asDouble());
            }
            automorphism.permuteNtt(b, out);
        } else if (addend != null) {
            kernels.add(b, addend.limb(i), out, q.asDouble());
        } else {
            System.arraycopy(b, 0, out, 0, out.length);
        }
        return out;
    }
}
