package io.github.hecnn.core.rns;

import io.github.hecnn.core.internal.kernel.KernelProvider;
import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Arithmetic on {@link RnsPolynomial}s, spread limb by limb over a {@link WorkerPool}. Every method returns a new
 * polynomial with canonical residues unless its name ends in InPlace; results do not depend on the number of threads or
 * the kernels in use. Thread-safe.
 *
 * <p>Binary operations need equal bases and domains; products need the NTT domain. Violations are
 * {@link IllegalArgumentException}s.
 */
public final class RnsArithmetic {
    /**
     * Targets of a base extension that share a pass, which reads the terms once: for 25 targets at N = 2^16 a rotation took 4 % longer with two passes, and 10 % with
     * 8 targets each. There has to be some limit, as the results of a pass wait in scratch.
     */
    private static final int MOST_TARGETS = 32;

    private final WorkerPool workers;
    private final LimbBuffers buffers;
    private final int logRingDegree;
    private final ConcurrentHashMap<Integer, Automorphism> automorphisms = new ConcurrentHashMap<>();
    private final RingKernels kernels = KernelProvider.kernels();

    /**
     * Creates the arithmetic of one ring degree.
     *
     * @param logRingDegree log2 N
     * @param workers where limbs are spread
     */
    public RnsArithmetic(int logRingDegree, WorkerPool workers) {
        this.logRingDegree = logRingDegree;
        this.workers = workers;
        this.buffers = new LimbBuffers(1 << logRingDegree, 512);
    }

    /**
     * The pool in use.
     *
     * @return where limbs are spread
     */
    public WorkerPool workers() {
        return workers;
    }

    /**
     * The scratch limbs.
     *
     * @return buffers of the ring degree's length
     */
    public LimbBuffers buffers() {
        return buffers;
    }

    private interface LimbTask {
        void run(int i, Modulus q, double[] out);
    }

    private RnsPolynomial perLimb(RnsBasis basis, Domain domain, LimbTask task) {
        double[][] limbs = new double[basis.size()][];
        workers.forEach(limbs.length, i -> {
            double[] out = new double[basis.degree()];
            task.run(i, basis.modulus(i), out);
            limbs[i] = out;
        });
        return RnsPolynomial.wrap(basis, domain, limbs);
    }

    private static void requireSame(RnsPolynomial a, RnsPolynomial b, String operation) {
        if (a.domain() != b.domain()) {
            throw new IllegalArgumentException(
                    operation + ": expected equal domains, found " + a.domain() + " and " + b.domain());
        }
        if (!a.basis().equals(b.basis())) {
            throw new IllegalArgumentException(
                    operation + ": expected equal bases, found " + a.basis() + " and " + b.basis());
        }
    }

    /**
     * a + b.
     *
     * @param a a polynomial
     * @param b one on the same basis and domain
     * @return the sum
     */
    public RnsPolynomial add(RnsPolynomial a, RnsPolynomial b) {
        requireSame(a, b, "add");
        return perLimb(a.basis(), a.domain(), (i, q, out) -> kernels.add(a.limb(i), b.limb(i), out, q.asDouble()));
    }

    /**
     * a = a + b.
     *
     * @param a changed
     * @param b on the same basis and domain
     */
    public void addInPlace(RnsPolynomial a, RnsPolynomial b) {
        requireSame(a, b, "addInPlace");
        workers.forEach(
                a.size(),
                i -> kernels.add(
                        a.limb(i), b.limb(i), a.limb(i), a.basis().modulus(i).asDouble()));
    }

    /**
     * a - b.
     *
     * @param a a polynomial
     * @param b one on the same basis and domain
     * @return the difference
     */
    public RnsPolynomial subtract(RnsPolynomial a, RnsPolynomial b) {
        requireSame(a, b, "subtract");
        return perLimb(a.basis(), a.domain(), (i, q, out) -> kernels.subtract(a.limb(i), b.limb(i), out, q.asDouble()));
    }

    /**
     * -a.
     *
     * @param a a polynomial
     * @return its negative
     */
    public RnsPolynomial negate(RnsPolynomial a) {
        return perLimb(a.basis(), a.domain(), (i, q, out) -> kernels.negate(a.limb(i), out));
    }

    /**
     * Product of two polynomials.
     *
     * @param a in the NTT domain
     * @param b in the NTT domain, on the same basis
     * @return a*b in the NTT domain
     */
    public RnsPolynomial multiply(RnsPolynomial a, RnsPolynomial b) {
        requireSame(a, b, "multiply");
        a.requireDomain(Domain.NTT, "multiply");
        return perLimb(
                a.basis(),
                Domain.NTT,
                (i, q, out) -> kernels.multiply(a.limb(i), b.limb(i), out, q.asDouble(), q.inverse()));
    }

    /**
     * acc = acc + a*b.
     *
     * @param acc changed; NTT domain
     * @param a NTT domain, same basis
     * @param b NTT domain, same basis
     */
    public void multiplyAddInPlace(RnsPolynomial acc, RnsPolynomial a, RnsPolynomial b) {
        requireSame(a, b, "multiplyAddInPlace");
        requireSame(acc, a, "multiplyAddInPlace");
        a.requireDomain(Domain.NTT, "multiplyAddInPlace");
        workers.forEach(a.size(), i -> {
            Modulus q = a.basis().modulus(i);
            kernels.multiplyAdd(a.limb(i), b.limb(i), acc.limb(i), q.asDouble(), q.inverse());
        });
    }

    /**
     * The three components of a product of two ciphertexts: a0*b0, a0*b1 + a1*b0, a1*b1.
     *
     * @param a two polynomials in the NTT domain
     * @param b two polynomials in the NTT domain on the same basis
     * @return three polynomials
     */
    public RnsPolynomial[] tensor(RnsPolynomial[] a, RnsPolynomial[] b) {
        return sumOfTensors(new RnsPolynomial[][] {a}, new RnsPolynomial[][] {b});
    }

    /**
     * Sum over t of the {@link #tensor} products, accumulated limb by limb while the sums stay in the cache.
     *
     * @param a [terms][2] polynomials in the NTT domain
     * @param b [terms][2] polynomials in the NTT domain
     * @return three polynomials
     */
    public RnsPolynomial[] sumOfTensors(RnsPolynomial[][] a, RnsPolynomial[][] b) {
        for (int t = 0; t < a.length; t++) {
            for (int k = 0; k < 2; k++) {
                requireSame(a[0][0], a[t][k], "tensor");
                requireSame(a[0][0], b[t][k], "tensor");
            }
        }
        a[0][0].requireDomain(Domain.NTT, "tensor");
        RnsBasis basis = a[0][0].basis();
        double[][][] out = new double[3][basis.size()][];
        workers.forEach(basis.size(), i -> {
            Modulus q = basis.modulus(i);
            double[] d0 = new double[basis.degree()];
            double[] d1 = new double[basis.degree()];
            double[] d2 = new double[basis.degree()];
            for (int t = 0; t < a.length; t++) {
                double[] a0 = a[t][0].limb(i);
                double[] a1 = a[t][1].limb(i);
                double[] b0 = b[t][0].limb(i);
                double[] b1 = b[t][1].limb(i);
                if (t == 0) {
                    kernels.tensor(a0, a1, b0, b1, d0, d1, d2, q.asDouble(), q.inverse());
                } else {
                    kernels.tensorAdd(a0, a1, b0, b1, d0, d1, d2, q.asDouble(), q.inverse());
                }
            }
            out[0][i] = d0;
            out[1][i] = d1;
            out[2][i] = d2;
        });
        return wrapAll(basis, out);
    }

    /**
     * sum over t of a[t]*b[t], limb by limb.
     *
     * @param a [terms] polynomials in the NTT domain
     * @param b [terms] polynomials in the NTT domain, on a's basis or one that a's is a prefix of
     * @return the sum of products
     */
    public RnsPolynomial sumOfProducts(RnsPolynomial[] a, RnsPolynomial[] b) {
        return perLimb(a[0].basis(), Domain.NTT, (i, q, out) -> {
            kernels.multiply(a[0].limb(i), b[0].limb(i), out, q.asDouble(), q.inverse());
            for (int t = 1; t < a.length; t++) {
                kernels.multiplyAdd(a[t].limb(i), b[t].limb(i), out, q.asDouble(), q.inverse());
            }
        });
    }

    /**
     * sum over t of a[t]*b[t] and of a[t]*c[t], in one pass over a, limb by limb; sums of up to 64 terms are reduced only once.
     *
     * @param a [terms] polynomials in the NTT domain, on b's basis or one that b's is a prefix of
     * @param b [terms] polynomials in the NTT domain
     * @param c [terms] polynomials in the NTT domain on the same basis as b
     * @return both sums on b's basis, NTT domain, exact and canonical
     */
    public RnsPolynomial[] sumsOfProducts(RnsPolynomial[] a, RnsPolynomial[] b, RnsPolynomial[] c) {
        RnsBasis basis = b[0].basis();
        double[][][] out = new double[2][basis.size()][];
        workers.forEach(basis.size(), i -> {
            Modulus q = basis.modulus(i);
            double[][] terms = limbs(a, i);
            double[][] first = limbs(b, i);
            double[][] second = limbs(c, i);
            double[] sum0 = new double[basis.degree()];
            double[] sum1 = new double[basis.degree()];
            int count = Math.min(terms.length, RingKernels.MAX_TERMS);
            kernels.innerProductPair(terms, first, second, count, sum0, sum1, q.asDouble(), q.inverse());
            for (int t = count; t < terms.length; t++) {
                kernels.multiplyAdd(terms[t], first[t], sum0, q.asDouble(), q.inverse());
                kernels.multiplyAdd(terms[t], second[t], sum1, q.asDouble(), q.inverse());
            }
            out[0][i] = sum0;
            out[1][i] = sum1;
        });
        return wrapAll(basis, out);
    }

    private static double[][] limbs(RnsPolynomial[] a, int i) {
        double[][] out = new double[a.length][];
        for (int t = 0; t < out.length; t++) {
            out[t] = a[t].limb(i);
        }
        return out;
    }

    static RnsPolynomial[] wrapAll(RnsBasis basis, double[][][] limbs) {
        RnsPolynomial[] out = new RnsPolynomial[limbs.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = RnsPolynomial.wrap(basis, Domain.NTT, limbs[k]);
        }
        return out;
    }

    /**
     * a times an integer given modulo every prime.
     *
     * @param a a polynomial in either domain
     * @param scalar canonical residue for every limb
     * @return the product
     */
    public RnsPolynomial multiplyScalar(RnsPolynomial a, double[] scalar) {
        return perLimb(
                a.basis(),
                a.domain(),
                (i, q, out) -> kernels.multiplyScalar(
                        a.limb(i), scalar[i], q.overQ(scalar[i]), out, q.asDouble(), q.inverse()));
    }

    /**
     * a plus an integer constant, given modulo every prime. In the NTT domain the constant is added to every value (the
     * constant polynomial), in the coefficient domain to the constant coefficient alone.
     *
     * @param a a polynomial
     * @param scalar canonical residue for every limb
     * @return the sum
     */
    public RnsPolynomial addScalar(RnsPolynomial a, double[] scalar) {
        return perLimb(a.basis(), a.domain(), (i, q, out) -> {
            if (a.domain() == Domain.NTT) {
                kernels.addScalar(a.limb(i), scalar[i], out, q.asDouble());
            } else {
                System.arraycopy(a.limb(i), 0, out, 0, out.length);
                out[0] = q.add(out[0], scalar[i]);
            }
        });
    }

    /**
     * To the NTT domain.
     *
     * @param a a polynomial; not changed
     * @return the same polynomial in the NTT domain; a itself if it already is
     */
    public RnsPolynomial toNtt(RnsPolynomial a) {
        if (a.domain() == Domain.NTT) {
            return a;
        }
        return perLimb(a.basis(), Domain.NTT, (i, q, out) -> {
            System.arraycopy(a.limb(i), 0, out, 0, out.length);
            a.basis().ntt(i).forwardInPlace(out);
        });
    }

    /**
     * To the coefficient domain.
     *
     * @param a a polynomial; not changed
     * @return the same polynomial in the coefficient domain; a itself if it already is
     */
    public RnsPolynomial toCoefficients(RnsPolynomial a) {
        if (a.domain() == Domain.COEFFICIENT) {
            return a;
        }
        return perLimb(a.basis(), Domain.COEFFICIENT, (i, q, out) -> {
            a.basis().ntt(i).inverse(a.limb(i), out);
        });
    }

    /**
     * The automorphism X -> X^g, prepared once and kept.
     *
     * @param galoisElement odd g below 2N
     * @return its permutation
     */
    public Automorphism automorphism(int galoisElement) {
        return automorphisms.computeIfAbsent(galoisElement, g -> Automorphism.of(logRingDegree, g));
    }

    /**
     * Applies X -> X^g.
     *
     * @param a a polynomial in either domain; not changed
     * @param galoisElement odd g below 2N
     * @return the image
     */
    public RnsPolynomial applyAutomorphism(RnsPolynomial a, int galoisElement) {
        Automorphism map = automorphism(galoisElement);
        return perLimb(a.basis(), a.domain(), (i, q, out) -> {
            if (a.domain() == Domain.NTT) {
                map.permuteNtt(a.limb(i), out);
            } else {
                map.permuteCoefficients(a.limb(i), out);
            }
        });
    }

    /**
     * One limb of a switching key: b = b - a*target + p*source.
     *
     * @param b error limb on the way in, key limb on the way out; NTT domain
     * @param a uniform limb
     * @param target limb of the secret switched to
     * @param source limb of the secret switched from
     * @param p canonical residue of the special modulus, or 0 outside the digit
     * @param q modulus of the limb
     */
    public void keyLimbInPlace(double[] b, double[] a, double[] target, double[] source, double p, Modulus q) {
        double[] scratch = buffers.borrow();
        kernels.multiply(a, target, scratch, q.asDouble(), q.inverse());
        kernels.subtract(b, scratch, b, q.asDouble());
        if (p != 0.0) {
            kernels.multiplyScalarAdd(source, p, q.overQ(p), b, q.asDouble(), q.inverse());
        }
        buffers.release(scratch);
    }

    /**
     * The limbs of a symmetric encryption (m + e - a*s, a), a expanded from a public stream.
     *
     * @param error N small integers
     * @param uniform stream of a; not advanced
     * @param secret secret key, NTT domain
     * @param message plaintext, NTT domain, on the same basis
     * @return two polynomials in the NTT domain
     */
    public RnsPolynomial[] encryptSymmetric(
            double[] error, RandomSource uniform, RnsPolynomial secret, RnsPolynomial message) {
        requireSame(secret, message, "encryptSymmetric");
        RnsBasis basis = message.basis();
        double[][][] out = new double[2][basis.size()][];
        workers.forEach(basis.size(), i -> {
            Modulus q = basis.modulus(i);
            double[] a = new double[basis.degree()];
            RnsPolynomial.fillUniform(q, uniform, a);
            double[] b = error.clone();
            basis.ntt(i).forwardInPlace(b);
            keyLimbInPlace(b, a, secret.limb(i), message.limb(i), 0.0, q);
            kernels.add(b, message.limb(i), b, q.asDouble());
            out[0][i] = b;
            out[1][i] = a;
        });
        return wrapAll(basis, out);
    }

    /** The targets of a base extension in groups, see {@link #forEachGroup}. */
    interface GroupTask {
        void run(int from, int to);
    }

    /** Runs a task for groups of targets, the threads sharing them. */
    void forEachGroup(int from, int to, GroupTask task) {
        int targets = to - from;
        int groups = targetGroups(targets);
        workers.forEach(groups, g -> task.run(from + g * targets / groups, from + (g + 1) * targets / groups));
    }

    /** Into how many groups, equal up to one, the targets of a base extension go: a multiple of the threads. */
    int targetGroups(int targets) {
        int threads = workers().threads();
        int each = MOST_TARGETS * threads;
        return Math.min(targets, threads * ((targets + each - 1) / each));
    }
}
