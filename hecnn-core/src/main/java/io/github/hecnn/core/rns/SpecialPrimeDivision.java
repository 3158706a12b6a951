package io.github.hecnn.core.rns;

import io.github.hecnn.core.internal.kernel.KernelProvider;
import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.modular.Modulus;

/**
 * The end of a key switch: division of a pair of polynomials on Q and P by the product of P, rounded to the nearest integer, as P's
 * residues are extended centred and exactly. The last prime of Q can be divided by at the same time: that is a rescale for the price of
 * a longer base extension, with one rounding instead of two. Immutable and thread-safe.
 */
final class SpecialPrimeDivision {
    private final RnsBasis data; // of the result
    private final RnsBasis divisor; // the special primes, after the last one of Q if that is divided by, too
    private final BasisExtender extender; // divisor -> data
    private final double[] inverse; // of the divisor's product modulo the data primes
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
        for (int i = 0; i < inverse.length; i++) {
            Modulus q = data.modulus(i);
            inverse[i] = q.invert(q.balance(divisor.product()));
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

    /**
     * Divides both accumulators and gives them back to the buffers.
     *
     * @param acc0 [limbs of Q, then special ones][N] borrowed limbs, NTT domain
     * @param acc1 the second one
     * @param addTo0 on Q, NTT domain: added to the first quotient by P, before that by the last prime; or null
     * @param addTo1 the same for the second quotient
     * @param automorphism applied to both results after the additions, or null
     * @return two polynomials on Q, without its last prime if that is divided by; NTT domain
     */
    RnsPolynomial[] divide(
            double[][] acc0, double[][] acc1, RnsPolynomial addTo0, RnsPolynomial addTo1, Automorphism automorphism) {
        int n = data.size();
        int p = divisor.size();
        LimbBuffers buffers = arithmetic.buffers();
        double[][][] acc = {acc0, acc1};
        RnsPolynomial[] addend = {addTo0, addTo1};
        double[][][] terms = new double[2][p][];
        for (int k = 0; k < 2; k++) {
            System.arraycopy(acc[k], n, terms[k], 0, p);
        }
        if (dropped != null) {
            for (int k = 0; k < 2; k++) {
                if (addend[k] != null) { // P times the addend, divided by P later
                    kernels.multiplyScalarAdd(
                            addend[k].limb(n),
                            special,
                            dropped.overQ(special),
                            terms[k][0],
                            dropped.asDouble(),
                            dropped.inverse());
                }
            }
        }
        // Both halves of a limb one after the other: they share the tables of a transform, which are as large as the
        // limb.
        arithmetic.workers().forEach(2 * p, task -> {
            double[] limb = terms[task % 2][task / 2];
            extender.prepareTerm(task / 2, limb, limb);
        });
        double[][][] out = new double[2][n][];
        int groups = Math.min(n, arithmetic.targetGroups(2 * n));
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
        // Results are allocated late: the JVM writes zeros to them first, and they should be in the cache still when
        // they are filled.
        double[] quotient = automorphism == null ? new double[b.length] : b;
        kernels.subtractMultiplyScalar(acc, b, w, q.overQ(w), quotient, q.asDouble(), q.inverse());
        if (addend != null && dropped == null) {
            kernels.add(quotient, addend.limb(i), quotient, q.asDouble());
        } else if (addend != null) {
            double f = q.invert(q.balance(dropped.value()));
            kernels.multiplyScalarAdd(addend.limb(i), f, q.overQ(f), quotient, q.asDouble(), q.inverse());
        }
        if (automorphism == null) {
            return quotient;
        }
        double[] out = new double[b.length];
        automorphism.permuteNtt(quotient, out);
        return out;
    }
}
