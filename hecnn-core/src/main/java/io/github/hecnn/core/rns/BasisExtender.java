package io.github.hecnn.core.rns;

import io.github.hecnn.core.internal.kernel.KernelProvider;
import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.modular.Modulus;
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
public final class BasisExtender {
    private static final double ROUND = 0x1.8p52;

    private final RnsBasis from;
    private final RnsBasis to;
    private final double[] inverse; // (D/q_i)^-1 mod q_i
    private final double[] inverseOverQ;
    private final double[][] weights; // [target][source + 1]: D/q_i mod p, last -D mod p
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
        inverseOverQ = new double[n];
        weights = new double[to.size()][n + 1];
        BigInteger d = from.product();
        for (int i = 0; i < n; i++) {
            Modulus q = from.modulus(i);
            BigInteger hat = d.divide(BigInteger.valueOf(q.value()));
            inverse[i] = q.invert(q.balance(hat));
            inverseOverQ[i] = q.overQ(inverse[i]);
            for (int t = 0; t < to.size(); t++) {
                weights[t][i] = to.modulus(t).balance(hat);
            }
        }
        for (int t = 0; t < to.size(); t++) {
            weights[t][n] = to.modulus(t).balance(d.negate());
        }
    }

    /**
     * Source basis.
     *
     * @return the basis extended from
     */
    public RnsBasis from() {
        return from;
    }

    /**
     * Target basis.
     *
     * @return the basis extended to
     */
    public RnsBasis to() {
        return to;
    }

    /**
     * Number of arrays {@link #finishTerms} needs: one a source prime, and one for the multiple of D.
     *
     * @return source primes + 1
     */
    public int termCount() {
        return from.size() + 1;
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
            kernels.multiplyScalar(limb, inverse[i], inverseOverQ[i], limb, q.asDouble(), q.inverse());
        }
    }

    /**
     * Second step: fills the last term with e = round(sum y_i/q_i).
     *
     * @param terms {@link #termCount} arrays, the first ones prepared; the last is overwritten
     */
    public void finishTerms(double[][] terms) {
        int n = from.size();
        double[] e = terms[n];
        if (n == 1) {
            return; // |x| < q/2, so e = 0 and extend() never reads it
        }
        first(terms[0], from.modulus(0).inverse(), e);
        for (int i = 1; i < n; i++) {
            accumulate(terms[i], from.modulus(i).inverse(), e);
        }
        round(e);
    }

    private static void first(double[] y, double inverse, double[] e) {
        for (int j = 0; j < e.length; j++) {
            e[j] = y[j] * inverse;
        }
    }

    private static void accumulate(double[] y, double inverse, double[] e) {
        for (int j = 0; j < e.length; j++) {
            e[j] += y[j] * inverse;
        }
    }

    private static void round(double[] e) {
        for (int j = 0; j < e.length; j++) {
            e[j] = (e[j] + ROUND) - ROUND;
        }
    }

    /**
     * Third step, once for every target prime.
     *
     * @param terms the finished terms, only read
     * @param target index of the target prime
     * @param out N canonical residues of the extended polynomial, coefficient domain
     */
    public void extend(double[][] terms, int target, double[] out) {
        Modulus p = to.modulus(target);
        if (from.size() == 1) {
            kernels.reduce(terms[0], out, p.asDouble(), p.inverse());
        } else {
            kernels.sumOfProducts(terms, from.size() + 1, weights[target], out, p.asDouble(), p.inverse());
        }
    }

    /**
     * {@link #extend} for two targets in one pass over the terms.
     *
     * @param terms the finished terms, only read
     * @param target index of the first target prime
     * @param out result for it
     * @param target2 index of the second target prime
     * @param out2 result for it
     */
    public void extendTwo(double[][] terms, int target, double[] out, int target2, double[] out2) {
        if (from.size() == 1) {
            extend(terms, target, out);
            extend(terms, target2, out2);
            return;
        }
        Modulus p = to.modulus(target);
        Modulus p2 = to.modulus(target2);
        kernels.sumOfProducts2(
                terms,
                from.size() + 1,
                weights[target],
                out,
                p.asDouble(),
                p.inverse(),
                weights[target2],
                out2,
                p2.asDouble(),
                p2.inverse());
    }

    /**
     * The whole extension at once.
     *
     * @param x polynomial on the source basis, coefficient domain; not changed
     * @return the same centred polynomial on the target basis, coefficient domain
     * @throws IllegalArgumentException if x is on another basis or in the NTT domain
     */
    public RnsPolynomial extend(RnsPolynomial x) {
        x.requireDomain(Domain.COEFFICIENT, "BasisExtender.extend");
        if (!x.basis().equals(from)) {
            throw new IllegalArgumentException("BasisExtender.extend: expected " + from + ", found " + x.basis());
        }
        double[][] terms = new double[termCount()][];
        for (int i = 0; i < from.size(); i++) {
            terms[i] = x.limb(i).clone();
            prepareTermInPlace(i, terms[i]);
        }
        terms[from.size()] = new double[from.degree()];
        finishTerms(terms);
        RnsPolynomial out = RnsPolynomial.zero(to, Domain.COEFFICIENT);
        for (int t = 0; t < to.size(); t++) {
            extend(terms, t, out.limb(t));
        }
        return out;
    }
}
