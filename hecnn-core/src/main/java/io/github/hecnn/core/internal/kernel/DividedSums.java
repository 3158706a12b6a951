package io.github.hecnn.core.internal.kernel;

/**
 * The end of a key switch in one pass over a limb: sums of digits times key, division and permutation block by block, so that
 * the sums never leave the L1 cache.
 */
public final class DividedSums {
    /** Coefficients at a time. */
    public static final int BLOCK = 512; // a power of two, for permute

    private static final ThreadLocal<double[][]> SCRATCH = ThreadLocal.withInitial(() -> new double[2][BLOCK]);

    /** The loops over a block, of size coefficients from from on. */
    public interface Loops {
        /** The sums of count products, written to the start of s0 and s1, below 2^51.5 in magnitude and congruent. */
        void sums(
                double[][] digits,
                double[][] k0,
                double[][] k1,
                int count,
                int from,
                int size,
                double[] s0,
                double[] s1,
                double q,
                double qInv);

        /** The division of one half, 0 or 1, of such a block: from the start of s to out at at; out may be s. */
        void divide(
                LimbDivision d, int half, double[] s, int from, int size, double[] out, int at, double q, double qInv);
    }

    private DividedSums() {}

    /** Both halves of the limb of N coefficients; for the arguments see {@link RingKernels#dividedInnerProductPair}. */
    public static void run(
            Loops loops,
            double[][] digits,
            double[][] k0,
            double[][] k1,
            int count,
            LimbDivision d,
            double[] out0,
            double[] out1,
            int n,
            double q,
            double qInv) {
        double[][] s = SCRATCH.get();
        double[][] out = {out0, out1};
        int[] targets = d.index == null ? null : targets(d.index, n);
        for (int from = 0; from < n; from += BLOCK) {
            int size = Math.min(BLOCK, n - from);
            int at = targets == null ? from : targets[from / BLOCK];
            loops.sums(digits, k0, k1, count, from, size, s[0], s[1], q, qInv);
            for (int half = 0; half < 2; half++) {
                if (d.index == null) {
                    loops.divide(d, half, s[half], from, size, out[half], at, q, qInv);
                } else {
                    loops.divide(d, half, s[half], from, size, s[half], 0, q, qInv);
                    permute(s[half], d.index, out[half], at, size);
                }
            }
        }
    }

    /** Where each block goes. Blocks are taken in the order of what is read, which is five times what is written: so the CPU can fetch ahead. */
    private static int[] targets(int[] index, int n) {
        int[] targets = new int[(n + BLOCK - 1) / BLOCK];
        for (int at = 0; at < n; at += BLOCK) {
            targets[index[at] / BLOCK] = at;
        }
        return targets;
    }

    /** From the start of s; the mask, of a power of two, tells the JIT that the index is in range. */
    private static void permute(double[] s, int[] index, double[] out, int at, int size) {
        for (int j = at; j < at + size; j++) {
            out[j] = s[index[j] & s.length - 1];
        }
    }
}
