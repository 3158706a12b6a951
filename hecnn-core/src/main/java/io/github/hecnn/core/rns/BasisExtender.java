package io.github.hecnn.core.rns;

import io.github.hecnn.core.internal.kernel.BaseTarget;
import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.internal.kernel.choice.KernelProvider;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.ntt.NegacyclicNtt;
import java.math.BigInteger;

/**
 * Base extension: the centred value x (|x| at most D/2) of a polynomial held modulo the primes of one basis with product
 * D, computed modulo primes of another, coefficient by coefficient.
 *
 * <p>With y_i = x_i * (D/q_i)^-1 mod q_i, x = sum y_i * (D/q_i) - e*D, where e = round(sum y_i/q_i) (Halevi, Polyakov,
 * Shoup, ia.cr/2018/117, section 2.2, with balanced residues). e is computed in doubles: it is exact unless |x| is within
 * about 2^-45 of D/2 relative to D, in which case the result may be x - D or x + D instead of x. For a source of one
 * prime the extension is a plain reduction and always exact. Immutable and thread-safe.
 */
final class BasisExtender {
    private final RnsBasis from;
    private final RnsBasis to;
    private final double[] inverse; // (D/q_i)^-1 mod q_i
    private final NegacyclicNtt[] termTransforms; // with this factor
    private final double[] reciprocals; // 1/q_i
    private final BaseTarget[] targets; // weights: D/q_i mod p, last -D mod p
    private final BaseTarget[] lazyTargets; // the same, lazy where the transform takes it
    private final RingKernels kernels = KernelProvider.kernels();

    /**
     * Precomputes the constants.
     *
     * @param from source basis, at most 63 primes
     * @param to target basis of the same ring degree
     * @throws IllegalArgumentException if the ring degrees differ or the source has more than 63 primes
     */
    public BasisExtender(RnsBasis from, RnsBasis to) {
        if (from.degree() != to.degree()) {
            throw new IllegalArgumentException(
                    "BasisExtender: expected one ring degree, found " + from.degree() + " and " + to.degree());
        }
        if (from.size() > 63) {
            throw new IllegalArgumentException(
                    "BasisExtender: expected at most 63 source primes, found " + from.size());
        }
        this.from = from;
        this.to = to;
        int n = from.size();
        inverse = new double[n];
        termTransforms = new NegacyclicNtt[n];
        reciprocals = new double[n];
        double[][] weights = new double[to.size()][n + 1];
        targets = new BaseTarget[to.size()];
        lazyTargets = new BaseTarget[to.size()];
        BigInteger d = from.product();
        for (int i = 0; i < n; i++) {
            Modulus q = from.modulus(i);
            BigInteger hat = d.divide(BigInteger.valueOf(q.value()));
            reciprocals[i] = q.inverse();
            inverse[i] = q.invert(q.balance(hat));
            termTransforms[i] = from.ntt(i).withInverseFactor(inverse[i]);
            for (int t = 0; t < to.size(); t++) {
                weights[t][i] = to.modulus(t).balance(hat);
            }
        }
        for (int t = 0; t < to.size(); t++) {
            Modulus p = to.modulus(t);
            weights[t][n] = p.balance(d.negate());
            targets[t] = new BaseTarget(weights[t], p);
            lazyTargets[t] = to.ntt(t).takesLazySums() ? targets[t].lazy() : targets[t];
        }
    }

    /** {@return the source basis} */
    public RnsBasis from() {
        return from;
    }

    /**
     * First step for source limb i, in place: y_i = x_i * (D/q_i)^-1 mod q_i.
     *
     * @param i index of the source prime
     * @param limb N canonical residues in the coefficient domain, overwritten
     */
    public void prepareTermInPlace(int i, double[] limb) {
        if (from.size() > 1) {
            Modulus q = from.modulus(i);
            kernels.multiplyScalar(limb, q.factor(inverse[i]), limb, q);
        }
    }

    /**
     * First step for source limb i in the NTT domain: the transform to coefficients and {@link #prepareTermInPlace} in one.
     *
     * @param i index of the source prime
     * @param limb N canonical residues in the NTT domain; not changed unless it is term
     * @param term N residues, overwritten; may be limb
     */
    public void prepareTerm(int i, double[] limb, double[] term) {
        termTransforms[i].inverse(limb, term);
    }

    /**
     * Second step: the extension to some of the targets. All in one call read the terms once.
     *
     * @param terms [source][N] prepared terms, only read
     * @param which indices of target primes
     * @param out [which.length][N] canonical residues of the extended polynomial, coefficient domain; none may be a term
     */
    public void extend(double[][] terms, int[] which, double[][] out) {
        extend(terms, targets, which, out);
    }

    /**
     * {@link #extend(double[][], int[], double[][])} with lazy reduction, for {@link NegacyclicNtt#forwardLazyInPlace} and nothing else.
     *
     * @param terms [source][N] prepared terms, only read
     * @param which indices of target primes
     * @param out [which.length][N] integers congruent to the residues, such as that transform takes; none may be a term. The polynomial is the
     *     exact one under the condition that the class states
     * @throws IllegalArgumentException if limbs differ in length
     */
    public void extendLazy(double[][] terms, int[] which, double[][] out) {
        extend(terms, lazyTargets, which, out);
    }

    private void extend(double[][] terms, BaseTarget[] targets, int[] which, double[][] out) {
        if (from.size() == 1) {
            for (int i = 0; i < which.length; i++) {
                Modulus p = to.modulus(which[i]);
                kernels.reduce(terms[0], out[i], p);
            }
            return;
        }
        BaseTarget[] some = new BaseTarget[which.length];
        for (int i = 0; i < some.length; i++) {
            some[i] = targets[which[i]];
        }
        kernels.extendBase(terms, from.size(), reciprocals, some, out);
    }

    /**
     * The whole extension at once.
     *
     * @param x polynomial on the source basis, coefficient domain; not changed
     * @return the same centred polynomial on the target basis, coefficient domain
     * @throws IllegalArgumentException if x is on another basis or in the NTT domain
     */
    public RnsPolynomial extend(RnsPolynomial x) {
        x.requireDomain(Domain.COEFFICIENT, "base extension");
        if (!x.basis().equals(from)) {
            throw new IllegalArgumentException("base extension: expected " + from + ", found " + x.basis());
        }
        double[][] terms = new double[from.size()][];
        for (int i = 0; i < from.size(); i++) {
            terms[i] = x.limb(i).clone();
            prepareTermInPlace(i, terms[i]);
        }
        RnsPolynomial out = RnsPolynomial.zero(to, Domain.COEFFICIENT);
        int[] all = new int[to.size()];
        double[][] limbs = new double[to.size()][];
        for (int t = 0; t < all.length; t++) {
            all[t] = t;
            limbs[t] = out.limb(t);
        }
        extend(terms, all, limbs);
        return out;
    }
}
