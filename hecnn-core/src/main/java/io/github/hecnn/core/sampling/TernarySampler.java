package io.github.hecnn.core.sampling;

/**
 * Coefficients -1, 0 and 1: secret keys and the ephemeral part of public-key encryption.
 *
 * <p>{@link #dense()} takes each of the three with probability 1/3, independently; its time does not depend on the values.
 * {@link #fixedWeight} takes a uniform one of the vectors with exactly h entries other than zero; its memory accesses follow
 * the positions, so it is not constant-time. The order in which bits are used is fixed: a seed always gives the same vector.
 *
 * <p>Immutable; thread-safe as long as threads do not share a source.
 */
public final class TernarySampler {
    private static final int DENSE = 0;
    private static final int TRITS_PER_BYTE = 5;
    private static final int THREE_TO_THE_FIFTH = 243;
    private static final int BLOCK = 1024;

    private final int weight;

    private TernarySampler(int weight) {
        this.weight = weight;
    }

    /**
     * Each coefficient uniform in {-1, 0, 1}.
     *
     * @return the sampler
     */
    public static TernarySampler dense() {
        return new TernarySampler(DENSE);
    }

    /**
     * So many coefficients are 1 or -1, at uniform places and with uniform signs.
     *
     * @param hammingWeight how many, 1 or more
     * @return the sampler
     * @throws IllegalArgumentException if it is less than 1
     */
    public static TernarySampler fixedWeight(int hammingWeight) {
        if (hammingWeight < 1) {
            throw new IllegalArgumentException(
                    "TernarySampler.fixedWeight: expected a Hamming weight of 1 or more, found " + hammingWeight
                            + "; use dense() for no fixed weight");
        }
        return new TernarySampler(hammingWeight);
    }

    /**
     * Fills an array.
     *
     * @param r where the bits come from; advanced
     * @param out [coefficients], gets -1.0, 0.0 or 1.0, which are canonical residues of every modulus
     * @throws IllegalArgumentException if the fixed weight is more than the length of the array
     */
    public void fill(RandomSource r, double[] out) {
        if (weight == DENSE) {
            fillDense(r, out);
        } else {
            fillFixedWeight(r, out);
        }
    }

    // A byte below 3^5 is five uniform digits to base 3. The others, 5 in 100, are skipped. What the last byte gives
    // too
    // much is dropped.
    private static void fillDense(RandomSource r, double[] out) {
        byte[] bytes = new byte[Math.min(BLOCK, out.length / TRITS_PER_BYTE + 1)];
        int done = 0;
        while (done < out.length) {
            r.nextBytes(bytes);
            for (int i = 0; i < bytes.length && done < out.length; i++) {
                int rest = bytes[i] & 0xff;
                if (rest >= THREE_TO_THE_FIFTH) {
                    continue;
                }
                int end = Math.min(out.length, done + TRITS_PER_BYTE);
                while (done < end) {
                    int third = (rest * 171) >> 9; // rest / 3 for every byte, by arithmetic of constant time
                    out[done++] = rest - 3 * third - 1;
                    rest = third;
                }
            }
        }
    }

    // The first h steps of a Fisher-Yates shuffle.
    private void fillFixedWeight(RandomSource r, double[] out) {
        int n = out.length;
        if (weight > n) {
            throw new IllegalArgumentException("TernarySampler.fill: expected at least " + weight
                    + " coefficients for a Hamming weight of " + weight + ", found " + n + "; lower the weight");
        }
        int[] places = new int[n];
        for (int i = 0; i < n; i++) {
            places[i] = i;
            out[i] = 0.0;
        }
        for (int i = 0; i < weight; i++) {
            int j = i + r.nextInt(n - i);
            int place = places[j];
            places[j] = places[i];
            out[place] = 1 - 2 * (r.nextLong() & 1);
        }
    }
}
