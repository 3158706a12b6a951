package io.github.hecnn.core.rns;

import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.internal.kernel.choice.KernelProvider;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.parallel.WorkerPool;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Arithmetic on {@link RnsPolynomial}s, spread limb by limb over a {@link WorkerPool}. Every method returns a new
 * polynomial with canonical residues unless its name ends in InPlace, in new arrays or, with {@link #recycling}, in those of
 * {@link #buffers}; results do not depend on the number of threads or
 * the kernels in use. Thread-safe.
 *
 * <p>Binary operations need equal bases and domains; products need the NTT domain. Violations are
 * {@link IllegalArgumentException}s.
 */
public final class RnsArithmetic {
    private final WorkerPool workers;
    private final LimbBuffers buffers;
    private final int logRingDegree;
    private final ResultLimbs results;
    private final ConcurrentHashMap<Integer, Automorphism> automorphisms;
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
        this.buffers = new LimbBuffers(1 << logRingDegree, LimbBuffers.MOST_IDLE);
        this.automorphisms = new ConcurrentHashMap<>();
        this.results = ResultLimbs.allocated(buffers, 1 << logRingDegree);
    }

    private RnsArithmetic(RnsArithmetic other, ResultLimbs results) {
        this.logRingDegree = other.logRingDegree;
        this.workers = other.workers;
        this.buffers = other.buffers;
        this.automorphisms = other.automorphisms;
        this.results = results;
    }

    /**
     * The same arithmetic with results in limbs from {@link #buffers}: whoever is done with one gives it back by {@link RnsPolynomial#release},
     * and nothing is allocated in a steady state. A result that is not given back is merely collected.
     *
     * @return arithmetic on the same workers and buffers
     */
    public RnsArithmetic recycling() {
        return isRecycling() ? this : new RnsArithmetic(this, results.recycling());
    }

    /**
     * The same arithmetic with results in polynomials that exist, which are overwritten and returned. Where a result has the positions of its
     * operands, as in sums, products and multiples, a target may be an operand; not so in {@link #sumOfTensors}, sums of products, transforms and
     * automorphisms.
     *
     * @param results as many as the operation has results, on the basis of the result; their domain is taken for granted
     * @return arithmetic on the same workers and buffers
     */
    public RnsArithmetic into(RnsPolynomial... results) {
        return new RnsArithmetic(this, this.results.into(results));
    }

    /** {@return whether results lie in limbs from {@link #buffers}} */
    public boolean isRecycling() {
        return results.isRecycling();
    }

    /** {@return where limbs are spread} */
    public WorkerPool workers() {
        return workers;
    }

    /** {@return the scratch limbs, of the ring degree's length} */
    public LimbBuffers buffers() {
        return buffers;
    }

    ResultLimbs results() {
        return results;
    }

    private interface LimbTask {
        void run(int i, Modulus q, double[] out);
    }

    private RnsPolynomial perLimb(RnsBasis basis, Domain domain, LimbTask task) {
        results.require(1, basis);
        double[][] limbs = new double[basis.size()][];
        workers.forEach(limbs.length, i -> {
            double[] out = results.limb(0, i);
            task.run(i, basis.modulus(i), out);
            limbs[i] = out;
        });
        return results.wrap(basis, domain, limbs)[0];
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
     * {@return a + b}
     *
     * @param a a polynomial
     * @param b one on the same basis and domain
     */
    public RnsPolynomial add(RnsPolynomial a, RnsPolynomial b) {
        requireSame(a, b, "add");
        return perLimb(a.basis(), a.domain(), (i, q, out) -> kernels.add(a.limb(i), b.limb(i), out, q));
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
                i -> kernels.add(a.limb(i), b.limb(i), a.limb(i), a.basis().modulus(i)));
    }

    /**
     * {@return a - b}
     *
     * @param a a polynomial
     * @param b one on the same basis and domain
     */
    public RnsPolynomial subtract(RnsPolynomial a, RnsPolynomial b) {
        requireSame(a, b, "subtract");
        return perLimb(a.basis(), a.domain(), (i, q, out) -> kernels.subtract(a.limb(i), b.limb(i), out, q));
    }

    /**
     * {@return -a}
     *
     * @param a a polynomial
     */
    public RnsPolynomial negate(RnsPolynomial a) {
        return perLimb(a.basis(), a.domain(), (i, q, out) -> kernels.negate(a.limb(i), out));
    }

    /**
     * {@return a*b in the NTT domain}
     *
     * @param a in the NTT domain
     * @param b in the NTT domain, on the same basis
     */
    public RnsPolynomial multiply(RnsPolynomial a, RnsPolynomial b) {
        requireSame(a, b, "multiply");
        a.requireDomain(Domain.NTT, "multiply");
        return perLimb(a.basis(), Domain.NTT, (i, q, out) -> kernels.multiply(a.limb(i), b.limb(i), out, q));
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
            kernels.multiplyAdd(a.limb(i), b.limb(i), acc.limb(i), q);
        });
    }

    /**
     * {@return three polynomials: the sums over t of the components of products of two ciphertexts, a0*b0, a0*b1 + a1*b0 and a1*b1, accumulated limb by
     * limb while the sums stay in the cache}
     *
     * @param a [terms][2] polynomials in the NTT domain
     * @param b [terms][2] polynomials in the NTT domain
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
        results.require(3, basis);
        double[][][] out = new double[3][basis.size()][];
        workers.forEach(basis.size(), i -> {
            Modulus q = basis.modulus(i);
            double[] d0 = results.limb(0, i);
            double[] d1 = results.limb(1, i);
            double[] d2 = results.limb(2, i);
            for (int t = 0; t < a.length; t++) {
                double[] a0 = a[t][0].limb(i);
                double[] a1 = a[t][1].limb(i);
                double[] b0 = b[t][0].limb(i);
                double[] b1 = b[t][1].limb(i);
                if (t == 0) {
                    kernels.tensor(a0, a1, b0, b1, d0, d1, d2, q);
                } else {
                    kernels.tensorAdd(a0, a1, b0, b1, d0, d1, d2, q);
                }
            }
            out[0][i] = d0;
            out[1][i] = d1;
            out[2][i] = d2;
        });
        return results.wrap(basis, Domain.NTT, out);
    }

    /**
     * {@return sum over t of a[t]*b[t]}
     *
     * @param a [terms] polynomials in the NTT domain
     * @param b [terms] polynomials in the NTT domain, on a's basis or one that a's is a prefix of
     */
    public RnsPolynomial sumOfProducts(RnsPolynomial[] a, RnsPolynomial[] b) {
        return perLimb(a[0].basis(), Domain.NTT, (i, q, out) -> {
            kernels.multiply(a[0].limb(i), b[0].limb(i), out, q);
            for (int t = 1; t < a.length; t++) {
                kernels.multiplyAdd(a[t].limb(i), b[t].limb(i), out, q);
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
        results.require(2, basis);
        double[][][] out = new double[2][basis.size()][];
        workers.forEach(basis.size(), i -> {
            Modulus q = basis.modulus(i);
            double[][] terms = limbs(a, i);
            double[][] first = limbs(b, i);
            double[][] second = limbs(c, i);
            double[] sum0 = results.limb(0, i);
            double[] sum1 = results.limb(1, i);
            int count = Math.min(terms.length, RingKernels.MAX_TERMS);
            kernels.innerProductPair(terms, first, second, count, sum0, sum1, q);
            for (int t = count; t < terms.length; t++) {
                kernels.multiplyAdd(terms[t], first[t], sum0, q);
                kernels.multiplyAdd(terms[t], second[t], sum1, q);
            }
            out[0][i] = sum0;
            out[1][i] = sum1;
        });
        return results.wrap(basis, Domain.NTT, out);
    }

    private static double[][] limbs(RnsPolynomial[] a, int i) {
        double[][] out = new double[a.length][];
        for (int t = 0; t < out.length; t++) {
            out[t] = a[t].limb(i);
        }
        return out;
    }

    /**
     * {@return a times an integer given modulo every prime}
     *
     * @param a a polynomial in either domain
     * @param scalar canonical residue for every limb
     */
    public RnsPolynomial multiplyScalar(RnsPolynomial a, double[] scalar) {
        return perLimb(
                a.basis(), a.domain(), (i, q, out) -> kernels.multiplyScalar(a.limb(i), q.factor(scalar[i]), out, q));
    }

    /**
     * acc = acc + a times an integer given modulo every prime.
     *
     * @param acc changed
     * @param a same domain, on acc's basis or one that it is a prefix of
     * @param scalar canonical residue for every limb of acc
     */
    public void multiplyScalarAddInPlace(RnsPolynomial acc, RnsPolynomial a, double[] scalar) {
        a.requireDomain(acc.domain(), "multiplyScalarAddInPlace");
        workers.forEach(acc.size(), i -> {
            Modulus q = acc.basis().modulus(i);
            kernels.multiplyScalarAdd(a.limb(i), q.factor(scalar[i]), acc.limb(i), q);
        });
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
                kernels.addScalar(a.limb(i), scalar[i], out, q);
            } else {
                System.arraycopy(a.limb(i), 0, out, 0, out.length);
                out[0] = q.add(out[0], scalar[i]);
            }
        });
    }

    /**
     * {@return the same polynomial in the NTT domain; a itself if it already is}
     *
     * @param a a polynomial; not changed
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
     * {@return the same polynomial in the coefficient domain; a itself if it already is}
     *
     * @param a a polynomial; not changed
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
     * {@return the automorphism X -> X^g, prepared once and kept}
     *
     * @param galoisElement odd g below 2N
     */
    public Automorphism automorphism(int galoisElement) {
        return automorphisms.computeIfAbsent(galoisElement, g -> Automorphism.of(logRingDegree, g));
    }

    /**
     * {@return the image of a under X -> X^g}
     *
     * @param a a polynomial in either domain; not changed
     * @param galoisElement odd g below 2N
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
     * One limb of a sample of ring learning with errors, which switching keys and symmetric encryptions consist of: b = b - a*target +
     * p*source.
     *
     * @param b error limb on the way in, limb of the sample on the way out; NTT domain
     * @param a uniform limb
     * @param target limb of the secret that the sample is under
     * @param source limb of what it hides
     * @param p canonical residue of a factor of the source: the special modulus for a switching key, or 0 outside of the digit
     * @param q modulus of the limb
     */
    public void sampleLimbInPlace(double[] b, double[] a, double[] target, double[] source, double p, Modulus q) {
        double[] scratch = buffers.borrow();
        kernels.multiply(a, target, scratch, q);
        kernels.subtract(b, scratch, b, q);
        if (p == 1.0) {
            kernels.add(b, source, b, q);
        } else if (p != 0.0) {
            kernels.multiplyScalarAdd(source, q.factor(p), b, q);
        }
        buffers.release(scratch);
    }
}
