package io.github.hecnn.core.sampling;

/**
 * Uniform residues, exactly uniform and in a fixed order: a seed in a file stands for what this class expands it to.
 *
 * <p>Every residue takes one 64-bit word w of the source, or more with probability below 2^-15: words with (w * q mod 2^64)
 * &lt; (2^64 mod q) are skipped, and the first other word gives the residue floor(w * q / 2^64) - (q-1)/2 (Lemire, "Fast
 * random integer generation in an interval"). The time depends on the skipped words only, never on the residues.
 *
 * <p>Stateless; thread-safe as long as threads do not share a source.
 */
public final class UniformSampler {
    private static final int BLOCK = 1024;

    private UniformSampler() {}

    /**
     * Fills an array with independent uniform residues, in the order of the source.
     *
     * @param r where the bits come from; advanced by 8 bytes a residue, plus the skipped words
     * @param q the modulus, odd and below 2^49
     * @param out [coefficients], gets canonical residues; may have any length
     */
    public static void fill(RandomSource r, long q, double[] out) {
        long[] words = new long[Math.min(BLOCK, out.length)];
        long skipBelow = RandomSource.skipBelow(q);
        int done = 0;
        while (done < out.length) {
            int count = Math.min(words.length, out.length - done);
            r.nextLongs(words, count);
            done = convert(words, count, q, skipBelow, out, done);
        }
    }

    private static int convert(long[] words, int count, long bound, long skipBelow, double[] out, int from) {
        long half = (bound - 1) / 2;
        int next = from;
        for (int i = 0; i < count; i++) {
            out[next] = (double) (RandomSource.highProduct(words[i], bound) - half);
            // A skipped word leaves the place to the next one. With the top bits flipped this compares as unsigned.
            if (words[i] * bound + Long.MIN_VALUE >= skipBelow + Long.MIN_VALUE) {
                next++;
            }
        }
        return next;
    }
}
