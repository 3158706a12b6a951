package io.github.hecnn.core.rns;

import io.github.hecnn.core.internal.kernel.choice.KernelProvider;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.ntt.NegacyclicNtt;

/**
 * The Galois automorphism X -> X^g of the ring, g odd modulo 2N: a signed permutation of coefficients, and a plain
 * permutation in the NTT domain. The ring side of slot rotation (g a power of 5) and conjugation (g = 2N - 1). Immutable
 * and thread-safe.
 */
public final class Automorphism {
    private final int logRingDegree;
    private final int galoisElement;
    private final int[] index;

    private Automorphism(int logRingDegree, int galoisElement, int[] index) {
        this.logRingDegree = logRingDegree;
        this.galoisElement = galoisElement;
        this.index = index;
    }

    /**
     * Prepares the permutation of the NTT domain.
     *
     * @param logRingDegree log2 N
     * @param galoisElement odd g, from 1 to 2N - 1
     * @return the automorphism
     * @throws IllegalArgumentException if g is even or out of range
     */
    public static Automorphism of(int logRingDegree, int galoisElement) {
        int n = 1 << logRingDegree;
        if (galoisElement < 1 || galoisElement >= 2 * n || (galoisElement & 1) == 0) {
            throw new IllegalArgumentException(
                    "Automorphism: expected an odd Galois element in [1, " + 2 * n + "), found " + galoisElement);
        }
        int[] index = new int[n];
        for (int p = 0; p < n; p++) {
            long e = (long) NegacyclicNtt.exponentAt(logRingDegree, p) * galoisElement & (2L * n - 1);
            index[p] = NegacyclicNtt.positionOf(logRingDegree, (int) e);
        }
        return new Automorphism(logRingDegree, galoisElement, index);
    }

    /**
     * The Galois element that rotates slots to the left.
     *
     * @param logRingDegree log2 N
     * @param stepsLeft number of slots, any sign
     * @return 5^stepsLeft mod 2N
     */
    public static int galoisElementOfRotation(int logRingDegree, int stepsLeft) {
        int slots = 1 << (logRingDegree - 1);
        int steps = Math.floorMod(stepsLeft, slots);
        long g = 1;
        long base = 5;
        long mask = (2L << logRingDegree) - 1;
        for (int s = steps; s > 0; s >>= 1) {
            if ((s & 1) == 1) {
                g = g * base & mask;
            }
            base = base * base & mask;
        }
        return (int) g;
    }

    /**
     * The Galois element of complex conjugation.
     *
     * @param logRingDegree log2 N
     * @return 2N - 1
     */
    public static int galoisElementOfConjugation(int logRingDegree) {
        return (2 << logRingDegree) - 1;
    }

    /**
     * The Galois element of a rotation and complex conjugation in one, in either order.
     *
     * @param logRingDegree log2 N
     * @param stepsLeft slots to the left, of any sign
     * @return -5^stepsLeft mod 2N
     */
    public static int galoisElementOfRotationAndConjugation(int logRingDegree, int stepsLeft) {
        return (2 << logRingDegree) - galoisElementOfRotation(logRingDegree, stepsLeft);
    }

    /** {@return the element g, odd, from 1 to 2N - 1} */
    public int galoisElement() {
        return galoisElement;
    }

    /**
     * The inverse automorphism.
     *
     * @return X -> X^(1/g)
     */
    public Automorphism inverse() {
        int mask = (2 << logRingDegree) - 1;
        int x = galoisElement; // Newton iteration modulo a power of two doubles the correct bits each round, from 3
        for (int i = 0; i < 5; i++) {
            x = x * (2 - galoisElement * x);
        }
        return of(logRingDegree, x & mask);
    }

    /** In the NTT domain position j takes the value of position index[j]. The array is shared. */
    int[] index() {
        return index;
    }

    /**
     * Applies the automorphism to one limb in the NTT domain.
     *
     * @param in N residues
     * @param out N residues, not the same array
     */
    public void permuteNtt(double[] in, double[] out) {
        KernelProvider.kernels().permute(in, index, out);
    }

    /**
     * Applies the automorphism to one limb in the coefficient domain: the coefficient of X^i goes to X^(i*g), with a minus
     * sign when i*g mod 2N is N or more.
     *
     * @param in N residues
     * @param out N residues, not the same array
     */
    public void permuteCoefficients(double[] in, double[] out) {
        int n = in.length;
        int mask = 2 * n - 1;
        int e = 0;
        for (int i = 0; i < n; i++, e = e + galoisElement & mask) {
            // 0.0 - x keeps zero positive
            out[e & (n - 1)] = e >= n ? 0.0 - in[i] : in[i];
        }
    }

    /**
     * Applies the automorphism in either domain.
     *
     * @param x polynomial of the same ring degree; not changed
     * @return the image, same basis and domain
     */
    public RnsPolynomial apply(RnsPolynomial x) {
        RnsPolynomial out = RnsPolynomial.zero(x.basis(), x.domain());
        for (int i = 0; i < x.size(); i++) {
            Modulus q = x.basis().modulus(i);
            assert q.value() > 0;
            if (x.domain() == Domain.NTT) {
                permuteNtt(x.limb(i), out.limb(i));
            } else {
                permuteCoefficients(x.limb(i), out.limb(i));
            }
        }
        return out;
    }
}
