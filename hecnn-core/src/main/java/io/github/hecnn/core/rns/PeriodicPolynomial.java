package io.github.hecnn.core.rns;

import io.github.hecnn.core.ntt.NegacyclicNtt;
import java.util.Arrays;

/**
 * A polynomial in X^gap, as the encoding of a vector of slots that repeats itself is: in the NTT domain every value occurs gap times, and is
 * kept once. Gap 1 is any polynomial. Immutable and thread-safe.
 *
 * <p>Equal values lie next to each other but for the order inside blocks of 64: a limb is expanded by filling for gaps of 64 and more, block by
 * block with one table of 64 places for smaller ones.
 */
public final class PeriodicPolynomial {
    private static final int BLOCK = 64; // positions whose order is not the bit-reversed one

    private final RnsBasis basis;
    private final int gap;
    private final double[][] values; // [limb][N/gap]
    private final int[] places; // of the first block; null where no table is needed

    private PeriodicPolynomial(RnsBasis basis, int gap, double[][] values) {
        this.basis = basis;
        this.gap = gap;
        this.values = values;
        this.places = gap == 1 || gap >= BLOCK ? null : new int[BLOCK];
        for (int k = 0; places != null && k < BLOCK; k++) {
            places[k] = place(basis.logRingDegree(), gap, k);
        }
    }

    /**
     * Any polynomial, without copying it.
     *
     * @param p a polynomial in the NTT domain
     * @return the same, of gap 1
     * @throws IllegalArgumentException if p is in the coefficient domain
     */
    public static PeriodicPolynomial of(RnsPolynomial p) {
        return of(p, 1);
    }

    /**
     * A polynomial in X^gap.
     *
     * @param p the polynomial in the NTT domain
     * @param gap a power of two, 1..N
     * @return the same, with one of gap values kept
     * @throws IllegalArgumentException if p is in the coefficient domain, or not a polynomial in X^gap
     */
    public static PeriodicPolynomial of(RnsPolynomial p, int gap) {
        return of(p.basis(), p, gap);
    }

    /**
     * A polynomial in X^gap, from a polynomial of a smaller ring.
     *
     * @param basis basis of the result
     * @param small a polynomial p in the NTT domain on {@link RnsBasis#withLogRingDegree basis.withLogRingDegree}, a polynomial in X^(gap M/N), M
     *     being its degree
     * @param gap a power of two, N/M to N
     * @return p(X^(N/M)), with one of gap values kept
     * @throws IllegalArgumentException if p is in the coefficient domain, on other primes, or not a polynomial in that power
     */
    public static PeriodicPolynomial of(RnsBasis basis, RnsPolynomial small, int gap) {
        small.requireDomain(Domain.NTT, "PeriodicPolynomial");
        int n = basis.degree();
        int m = small.basis().degree();
        if (gap < 1 || gap > n || Integer.bitCount(gap) != 1 || gap * (long) m < n) {
            throw new IllegalArgumentException("PeriodicPolynomial: expected a power of two from " + n / m + " to " + n
                    + " as the gap, found " + gap);
        }
        if (!small.basis().primes().equals(basis.primes())) {
            throw new IllegalArgumentException(
                    "PeriodicPolynomial: expected the primes of " + basis + ", found " + small.basis());
        }
        double[][] values = new double[small.size()][];
        if (gap == 1) {
            for (int t = 0; t < values.length; t++) {
                values[t] = small.limb(t);
            }
            return new PeriodicPolynomial(basis, 1, values);
        }
        int logM = small.basis().logRingDegree();
        int[] place = new int[m];
        for (int i = 0; i < m; i++) {
            place[i] = place(logM, (int) (gap * (long) m / n), i);
        }
        for (int t = 0; t < values.length; t++) {
            double[] limb = small.limb(t);
            double[] v = new double[n / gap];
            for (int i = 0; i < m; i++) {
                v[place[i]] = limb[i];
            }
            for (int i = 0; i < m; i++) {
                if (v[place[i]] != limb[i]) {
                    throw new IllegalArgumentException("PeriodicPolynomial: expected a polynomial in X^" + gap
                            + ", found values at positions that should agree and do not");
                }
            }
            values[t] = v;
        }
        return new PeriodicPolynomial(basis, gap, values);
    }

    /** Where the value of a position is kept: exponents that agree modulo 2N/gap have the same one, in the order of their first positions. */
    private static int place(int logRingDegree, int gap, int position) {
        int bits = logRingDegree - Integer.numberOfTrailingZeros(gap);
        int residue = NegacyclicNtt.exponentAt(logRingDegree, position) >> 1 & ((1 << bits) - 1);
        return bits == 0 ? 0 : Integer.reverse(residue) >>> (32 - bits);
    }

    /** {@return the basis of the limbs} */
    public RnsBasis basis() {
        return basis;
    }

    /** {@return the gap between coefficients that may be other than zero, a power of two} */
    public int gap() {
        return gap;
    }

    /**
     * One limb in full.
     *
     * @param i index of the prime
     * @param scratch N numbers, overwritten if the limb is not kept in full
     * @return N canonical residues in the NTT domain, only to be read: scratch, or the limb itself
     */
    public double[] limb(int i, double[] scratch) {
        double[] v = values[i];
        if (gap == 1) {
            return v;
        }
        if (gap >= BLOCK) {
            for (int k = 0; k < v.length; k++) {
                Arrays.fill(scratch, k * gap, (k + 1) * gap, v[k]);
            }
        } else {
            int each = BLOCK / gap;
            for (int from = 0, base = 0; from < scratch.length; from += BLOCK, base += each) {
                for (int k = 0; k < BLOCK; k++) {
                    scratch[from + k] = v[base + places[k]];
                }
            }
        }
        return scratch;
    }

    /** {@return bytes of the residues in memory} */
    public long memoryBytes() {
        return (long) values.length * values[0].length * Double.BYTES;
    }
}
