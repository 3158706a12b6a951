package io.github.hecnn.core.rns;

import io.github.hecnn.core.internal.kernel.choice.KernelProvider;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.core.sampling.UniformSampler;

/**
 * A polynomial modulo X^N + 1 and modulo the product of an {@link RnsBasis}: one limb of N canonical balanced residues
 * (exact integers in doubles, |r| at most (q-1)/2) for every prime, in a stated {@link Domain}.
 *
 * <p>The limbs are not copied on the way in or out: whoever holds a polynomial decides whether it may still change. The
 * scheme layer above never changes a polynomial that it has handed out. Not thread-safe while being written.
 */
public final class RnsPolynomial {
    private final RnsBasis basis;
    private final Domain domain;
    private final double[][] limbs;
    private final Lease lease; // of borrowed limbs, shared by all views on them; null for limbs of its own

    private RnsPolynomial(RnsBasis basis, Domain domain, double[][] limbs, Lease lease) {
        this.basis = basis;
        this.domain = domain;
        this.limbs = limbs;
        this.lease = lease;
    }

    /**
     * The zero polynomial, ready to be written.
     *
     * @param basis basis of the limbs
     * @param domain domain the limbs will be in
     * @return a polynomial of zeros
     */
    public static RnsPolynomial zero(RnsBasis basis, Domain domain) {
        return new RnsPolynomial(basis, domain, new double[basis.size()][basis.degree()], null);
    }

    /**
     * Wraps limbs without copying them.
     *
     * @param basis basis of the limbs
     * @param domain domain the limbs are in
     * @param limbs [basis size][N] canonical residues
     * @return the polynomial
     * @throws IllegalArgumentException if the shape does not fit the basis
     */
    public static RnsPolynomial wrap(RnsBasis basis, Domain domain, double[][] limbs) {
        return wrap(basis, domain, limbs, null);
    }

    static RnsPolynomial wrap(RnsBasis basis, Domain domain, double[][] limbs, Lease lease) {
        if (limbs.length != basis.size()) {
            throw new IllegalArgumentException(
                    "RnsPolynomial: expected " + basis.size() + " limbs, found " + limbs.length);
        }
        for (double[] limb : limbs) {
            if (limb.length != basis.degree()) {
                throw new IllegalArgumentException(
                        "RnsPolynomial: expected limbs of " + basis.degree() + " residues, found " + limb.length);
            }
        }
        return new RnsPolynomial(basis, domain, limbs, lease);
    }

    /**
     * Small integer coefficients in every limb.
     *
     * @param basis basis of the limbs
     * @param coefficients N integers, each smaller than half of every prime in magnitude
     * @return the polynomial in the coefficient domain
     */
    public static RnsPolynomial ofSmall(RnsBasis basis, double[] coefficients) {
        double[][] limbs = new double[basis.size()][];
        for (int i = 0; i < limbs.length; i++) {
            limbs[i] = coefficients.clone();
        }
        return wrap(basis, Domain.COEFFICIENT, limbs);
    }

    /**
     * A uniformly random polynomial: limb i is drawn from the stream forked off under the label "limb q_i", so that a
     * prefix of the basis gets the same limbs and limbs can be drawn in any order.
     *
     * @param basis basis of the limbs
     * @param domain the domain the residues are declared to be in (uniform in both)
     * @param source randomness; not advanced
     * @return the polynomial
     */
    public static RnsPolynomial uniform(RnsBasis basis, Domain domain, RandomSource source) {
        double[][] limbs = new double[basis.size()][basis.degree()];
        for (int i = 0; i < limbs.length; i++) {
            fillUniform(basis.modulus(i), source, limbs[i]);
        }
        return new RnsPolynomial(basis, domain, limbs, null);
    }

    /**
     * Draws one limb of {@link #uniform}.
     *
     * @param modulus prime of the limb
     * @param source randomness; not advanced
     * @param out N residues, overwritten
     */
    public static void fillUniform(Modulus modulus, RandomSource source, double[] out) {
        UniformSampler.fill(source.fork("limb " + modulus.value()), modulus.value(), out);
    }

    /**
     * Reduces integers below 2^50 in magnitude modulo a prime.
     *
     * @param integers N integers
     * @param modulus the prime
     * @param out N canonical residues; may be the same array
     */
    public static void reduce(double[] integers, Modulus modulus, double[] out) {
        KernelProvider.kernels().reduce(integers, out, modulus);
    }

    /** {@return the basis of the limbs} */
    public RnsBasis basis() {
        return basis;
    }

    /** {@return the domain of the limbs} */
    public Domain domain() {
        return domain;
    }

    /**
     * One limb, not a copy.
     *
     * @param i index of the prime
     * @return N canonical residues
     * @throws IllegalStateException if the limbs were {@link #release released}
     */
    public double[] limb(int i) {
        if (lease != null && !lease.isOpen()) {
            throw Lease.released("limb");
        }
        return limbs[i];
    }

    /** {@return number of limbs, the size of the basis} */
    public int size() {
        return limbs.length;
    }

    /**
     * The same polynomial modulo the first primes only; limbs are shared.
     *
     * @param smaller a prefix of this polynomial's basis
     * @return a view on the first limbs
     * @throws IllegalArgumentException if smaller is not a prefix of the basis
     */
    public RnsPolynomial restrict(RnsBasis smaller) {
        if (smaller.size() == limbs.length && basis.startsWith(smaller)) {
            return this;
        }
        if (!basis.startsWith(smaller)) {
            throw new IllegalArgumentException(
                    "RnsPolynomial.restrict: expected a prefix of " + basis + ", found " + smaller);
        }
        return new RnsPolynomial(smaller, domain, java.util.Arrays.copyOf(limbs, smaller.size()), lease);
    }

    /**
     * The same polynomial modulo some of the primes, in another order if need be; limbs are shared.
     *
     * @param some primes of this polynomial's basis
     * @return a view on their limbs
     * @throws IllegalArgumentException if a prime is not in the basis
     */
    public RnsPolynomial select(RnsBasis some) {
        if (basis.startsWith(some)) {
            return restrict(some);
        }
        double[][] selected = new double[some.size()][];
        java.util.List<Long> primes = basis.primes();
        for (int i = 0; i < selected.length; i++) {
            int at = primes.indexOf(some.modulus(i).value());
            if (at < 0) {
                throw new IllegalArgumentException("RnsPolynomial.select: expected primes of " + basis + ", found "
                        + some.modulus(i).value());
            }
            selected[i] = limbs[at];
        }
        return wrap(some, domain, selected, lease);
    }

    /**
     * A deep copy.
     *
     * @return a polynomial with limbs of its own
     * @throws IllegalStateException if the limbs were {@link #release released}
     */
    public RnsPolynomial copy() {
        double[][] c = new double[limbs.length][];
        for (int i = 0; i < c.length; i++) {
            c[i] = limb(i).clone();
        }
        return new RnsPolynomial(basis, domain, c, null);
    }

    /** One holder more of limbs that a {@link RnsArithmetic#recycling recycling} operation borrowed; each gives them back by {@link #release}. */
    public void retain() {
        if (lease != null) {
            lease.retain();
        }
    }

    /**
     * Gives the limbs back that a {@link RnsArithmetic#recycling recycling} operation borrowed for this polynomial, unless others hold them
     * still ({@link #retain}). Then it and all views on it refuse to be read. Nothing happens to a polynomial with limbs of its own, nor once
     * they went back. No operation may be using it.
     */
    public void release() {
        if (lease != null) {
            lease.release();
        }
    }

    /**
     * Refuses a polynomial in the wrong domain.
     *
     * @param expected the domain an operation needs
     * @param operation name of the operation, for the message
     * @throws IllegalArgumentException if this polynomial is in the other domain
     */
    public void requireDomain(Domain expected, String operation) {
        if (domain != expected) {
            throw new IllegalArgumentException(
                    operation + ": expected a polynomial in domain " + expected + ", found " + domain);
        }
    }
}
