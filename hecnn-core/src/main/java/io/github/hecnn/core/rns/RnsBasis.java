package io.github.hecnn.core.rns;

import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.ntt.NegacyclicNtt;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An ordered list of distinct NTT primes for one ring degree N: the residue number system in which the coefficients of
 * polynomials modulo X^N + 1 are held, one limb a prime. Immutable and thread-safe. Sub-bases share the NTT tables.
 */
public final class RnsBasis {
    private final int logRingDegree;
    private final Modulus[] moduli;
    private final NegacyclicNtt[] ntts;
    private final BigInteger product;

    private RnsBasis(int logRingDegree, Modulus[] moduli, NegacyclicNtt[] ntts) {
        this.logRingDegree = logRingDegree;
        this.moduli = moduli;
        this.ntts = ntts;
        BigInteger p = BigInteger.ONE;
        for (Modulus m : moduli) {
            p = p.multiply(BigInteger.valueOf(m.value()));
        }
        this.product = p;
    }

    /**
     * Builds the basis and the NTT tables of every prime.
     *
     * @param logRingDegree log2 of the ring degree, 10..17
     * @param primes distinct primes, each 1 modulo 2N and below 2^49; at least one
     * @return the basis, in the given order
     * @throws IllegalArgumentException if there is no prime, a prime repeats, or a prime does not fit the ring degree
     */
    public static RnsBasis of(int logRingDegree, List<Long> primes) {
        if (primes.isEmpty()) {
            throw new IllegalArgumentException("RnsBasis: expected at least one prime, found none");
        }
        Set<Long> seen = new HashSet<>();
        Modulus[] moduli = new Modulus[primes.size()];
        NegacyclicNtt[] ntts = new NegacyclicNtt[primes.size()];
        for (int i = 0; i < moduli.length; i++) {
            if (!seen.add(primes.get(i))) {
                throw new IllegalArgumentException(
                        "RnsBasis: expected distinct primes, found " + primes.get(i) + " twice");
            }
            moduli[i] = Modulus.of(primes.get(i));
            ntts[i] = NegacyclicNtt.of(logRingDegree, moduli[i]);
        }
        return new RnsBasis(logRingDegree, moduli, ntts);
    }

    /**
     * The primes from {@code from} (inclusive) to {@code to} (exclusive).
     *
     * @param from first index
     * @param to index after the last
     * @return the sub-basis, sharing this basis's tables
     * @throws IllegalArgumentException if the range is empty or outside 0..size
     */
    public RnsBasis range(int from, int to) {
        if (from < 0 || to > moduli.length || from >= to) {
            throw new IllegalArgumentException("RnsBasis.range: expected 0 <= from < to <= " + moduli.length
                    + ", found from " + from + ", to " + to);
        }
        return new RnsBasis(
                logRingDegree,
                java.util.Arrays.copyOfRange(moduli, from, to),
                java.util.Arrays.copyOfRange(ntts, from, to));
    }

    /**
     * The first {@code count} primes.
     *
     * @param count number of primes, 1..size
     * @return the sub-basis
     * @throws IllegalArgumentException if count is outside 1..size
     */
    public RnsBasis prefix(int count) {
        return range(0, count);
    }

    /**
     * This basis followed by another.
     *
     * @param other a basis of the same ring degree with no prime in common
     * @return the concatenation, sharing both bases' tables
     * @throws IllegalArgumentException if the ring degrees differ or a prime repeats
     */
    public RnsBasis concat(RnsBasis other) {
        if (other.logRingDegree != logRingDegree) {
            throw new IllegalArgumentException(
                    "RnsBasis.concat: expected ring degree 2^" + logRingDegree + ", found 2^" + other.logRingDegree);
        }
        List<Modulus> all = new ArrayList<>(List.of(moduli));
        for (Modulus m : other.moduli) {
            if (all.contains(m)) {
                throw new IllegalArgumentException("RnsBasis.concat: expected distinct primes, found " + m + " twice");
            }
            all.add(m);
        }
        NegacyclicNtt[] n = java.util.Arrays.copyOf(ntts, ntts.length + other.ntts.length);
        System.arraycopy(other.ntts, 0, n, ntts.length, other.ntts.length);
        return new RnsBasis(logRingDegree, all.toArray(new Modulus[0]), n);
    }

    /**
     * The same primes for a smaller ring, with tables of its own. Its transform of p(X) has the values that the one of this ring has of
     * p(X^gap), gap the quotient of the degrees.
     *
     * @param smaller log2 of the degree, 10..logRingDegree
     * @return the basis; this one for the same degree
     * @throws IllegalArgumentException if the degree is larger than this one's, or below 2^10
     */
    public RnsBasis withLogRingDegree(int smaller) {
        if (smaller > logRingDegree) {
            throw new IllegalArgumentException(
                    "RnsBasis: expected a ring degree of at most 2^" + logRingDegree + ", found 2^" + smaller);
        }
        return smaller == logRingDegree ? this : of(smaller, primes());
    }

    /** {@return number of primes, that of the limbs of a polynomial on this basis} */
    public int size() {
        return moduli.length;
    }

    /** {@return the ring degree N, the number of coefficients of a polynomial} */
    public int degree() {
        return 1 << logRingDegree;
    }

    /** {@return log2 of the ring degree N} */
    public int logRingDegree() {
        return logRingDegree;
    }

    /**
     * One prime.
     *
     * @param i index of the limb
     * @return its modulus
     */
    public Modulus modulus(int i) {
        return moduli[i];
    }

    /**
     * The transform of one prime.
     *
     * @param i index of the limb
     * @return its NTT
     */
    public NegacyclicNtt ntt(int i) {
        return ntts[i];
    }

    /** {@return product of all primes, the modulus of the whole basis} */
    public BigInteger product() {
        return product;
    }

    /** {@return log2 of the product of all primes} */
    public double log2Product() {
        double sum = 0;
        for (Modulus m : moduli) {
            sum += m.log2();
        }
        return sum;
    }

    /** {@return the primes as plain numbers in basis order, immutable} */
    public List<Long> primes() {
        List<Long> out = new ArrayList<>(moduli.length);
        for (Modulus m : moduli) {
            out.add(m.value());
        }
        return List.copyOf(out);
    }

    /**
     * Whether the first primes of this basis are those of another.
     *
     * @param other a basis of at most this size
     * @return true if other is a prefix of this basis
     */
    @SuppressWarnings("ReferenceEquality") // the usual case, before comparing prime by prime
    public boolean startsWith(RnsBasis other) {
        if (other == this) {
            return true;
        }
        if (other.logRingDegree != logRingDegree || other.moduli.length > moduli.length) {
            return false;
        }
        for (int i = 0; i < other.moduli.length; i++) {
            if (moduli[i].value() != other.moduli[i].value()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof RnsBasis other && other.moduli.length == moduli.length && startsWith(other);
    }

    @Override
    public int hashCode() {
        return 31 * logRingDegree + product.hashCode();
    }

    @Override
    public String toString() {
        return "RnsBasis[N = 2^" + logRingDegree + ", " + moduli.length + " primes, "
                + String.format(java.util.Locale.ROOT, "%.1f", log2Product()) + " bits]";
    }
}
