package io.github.hecnn.core.internal.kernel.vector.lanes;

import io.github.hecnn.core.internal.kernel.Residues;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector shape of this JVM and the arithmetic of {@link Residues} on it, for the bounds see there.
 *
 * <p>The shape is 512 or 256 bits (rule 8; HotSpot prefers 256 bits on the first Skylake servers although they have AVX-512).
 *
 * <p>Everything here is small and static, so that the JIT inlines it (rule 1).
 */
public final class Lanes {
    private static final String BITS_PROPERTY = "hecnn.vectorBits";

    public static final VectorSpecies<Double> S = choose(System.getProperty(BITS_PROPERTY));
    public static final int L = S.length();

    // In the lanes where bit 1, 2 or 4 of the index is set ...
    public static final VectorMask<Double> K1 = lanesWithBit(1);
    public static final VectorMask<Double> K2 = lanesWithBit(2);
    public static final VectorMask<Double> K4 = lanesWithBit(4);
    // ... the lane with that bit flipped.
    public static final VectorShuffle<Double> X1 = VectorShuffle.fromOp(S, i -> i ^ 1);
    public static final VectorShuffle<Double> X2 = VectorShuffle.fromOp(S, i -> i ^ 2);
    public static final VectorShuffle<Double> X4 = VectorShuffle.fromOp(S, i -> (i ^ 4) & (L - 1));

    private Lanes() {}

    private static VectorSpecies<Double> choose(String bits) {
        if (bits == null) {
            return DoubleVector.SPECIES_PREFERRED.length() >= 8 ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_256;
        }
        if (!bits.equals("256") && !bits.equals("512")) {
            throw new IllegalArgumentException("-D" + BITS_PROPERTY + ": expected 256 or 512, found " + bits
                    + "; leave it out to use what the JVM prefers");
        }
        return bits.equals("256") ? DoubleVector.SPECIES_256 : DoubleVector.SPECIES_512;
    }

    private static VectorMask<Double> lanesWithBit(int bit) {
        boolean[] m = new boolean[L];
        for (int i = 0; i < L; i++) {
            m[i] = (i & bit) != 0;
        }
        return VectorMask.fromArray(S, m, 0);
    }

    /** Doubles in a vector of the size that the JVM prefers. */
    public static int preferredLanes() {
        return DoubleVector.SPECIES_PREFERRED.length();
    }

    public static DoubleVector all(double x) {
        return DoubleVector.broadcast(S, x);
    }

    public static DoubleVector load(double[] a, int i) {
        return DoubleVector.fromArray(S, a, i);
    }

    /** Canonical for |u| &lt; 2^52. */
    public static DoubleVector reduce(DoubleVector u, DoubleVector q, DoubleVector qInv, DoubleVector round) {
        return round.sub(u.fma(qInv, round)).fma(q, u);
    }

    /** v*w mod q by a constant; not canonical. */
    public static DoubleVector multiply(
            DoubleVector v,
            DoubleVector w,
            DoubleVector wOverQ,
            DoubleVector roundQ,
            DoubleVector minusQ,
            DoubleVector round) {
        DoubleVector h = v.fma(w, roundQ);
        DoubleVector t = v.fma(wOverQ, round);
        DoubleVector l = v.fma(w, roundQ.sub(h));
        return t.fma(minusQ, h).add(l);
    }

    /** a*b mod q; not canonical. */
    public static DoubleVector product(
            DoubleVector a, DoubleVector b, DoubleVector roundQ, DoubleVector minusQ, DoubleVector qInv) {
        DoubleVector h = a.fma(b, roundQ);
        DoubleVector l = a.fma(b, roundQ.sub(h));
        return h.mul(qInv).fma(minusQ, h).add(l);
    }

    /** Canonical residue of (acc - round*q) + low. */
    public static DoubleVector finish(
            DoubleVector acc,
            DoubleVector low,
            DoubleVector q,
            DoubleVector minusQ,
            DoubleVector qInv,
            DoubleVector round) {
        return reduce(acc.mul(qInv).fma(minusQ, acc).add(low), q, qInv, round);
    }
}
