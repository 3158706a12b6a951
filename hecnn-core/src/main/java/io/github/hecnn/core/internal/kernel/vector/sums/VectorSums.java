package io.github.hecnn.core.internal.kernel.vector.sums;

import static io.github.hecnn.core.internal.kernel.Residues.TERMS_PER_SUM;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.L;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.all;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.finish;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.load;

import io.github.hecnn.core.internal.kernel.Residues;
import jdk.incubator.vector.DoubleVector;

/**
 * Exact sums of products with the Vector API; how they are exact says {@link Residues}. Here both parts of a sum stay in
 * registers for up to eight terms. Further terms are added in further passes over a block, which start from what out holds.
 * In a long run {@link VectorPairSums} takes over small numbers of terms; see {@link SpecialLoop}.
 */
public final class VectorSums {
    /** Coefficients at a time: where there are more than eight terms, the next pass finds the results in the L1 cache. */
    private static final int BLOCK = 512;

    /** The terms from first to last for the coefficients from from to to, written shift places lower. */
    private interface Loop {
        void run(
                double[][] digits,
                double[][] k0,
                double[][] k1,
                int first,
                int last,
                double[] out0,
                double[] out1,
                int from,
                int to,
                int shift,
                double q,
                double qInv);
    }

    /** Two loops that do nothing, and the one that is wanted (rule 2). */
    private static final Loop[] LOOPS = {
        (digits, k0, k1, first, last, out0, out1, from, to, shift, q, qInv) -> {},
        (digits, k0, k1, first, last, out0, out1, from, to, shift, q, qInv) -> {},
        VectorSums::pairBlock
    };

    /** By the number of products. */
    private static final SpecialLoop[] SPECIAL = SpecialLoop.after(48 << 20, VectorPairSums.MOST_TERMS + 1);

    private VectorSums() {}

    public static void innerProductPair(
            double[][] digits,
            double[][] k0,
            double[][] k1,
            int count,
            double[] out0,
            double[] out1,
            int n,
            double q,
            double qInv) {
        for (int from = 0; from < n; from += BLOCK) {
            block(digits, k0, k1, count, out0, out1, from, Math.min(from + BLOCK, n), 0, q, qInv, false);
        }
    }

    /** The sums of the coefficients from from to to, written shift places lower; they need not be canonical if lazy. */
    static void block(
            double[][] digits,
            double[][] k0,
            double[][] k1,
            int count,
            double[] out0,
            double[] out1,
            int from,
            int to,
            int shift,
            double q,
            double qInv,
            boolean lazy) {
        int head = count > VectorPairSums.MOST_TERMS ? 0 : SPECIAL[count].share(to - from, 1);
        if (head > 0) {
            VectorPairSums.run(digits, k0, k1, count, out0, out1, from, from + head, shift, q, qInv, lazy);
            if (head == to - from) {
                return;
            }
        }
        for (int first = 0; first < count; first += TERMS_PER_SUM) {
            int last = Math.min(first + TERMS_PER_SUM, count);
            for (Loop loop : LOOPS) {
                loop.run(digits, k0, k1, first, last, out0, out1, from + head, to, shift, q, qInv);
            }
        }
    }

    private static void pairBlock(
            double[][] digits,
            double[][] k0,
            double[][] k1,
            int first,
            int last,
            double[] out0,
            double[] out1,
            int from,
            int to,
            int shift,
            double q,
            double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        DoubleVector zero = all(0.0);
        for (int j = from; j < to; j += L) {
            DoubleVector acc0 = roundQ;
            DoubleVector acc1 = roundQ;
            DoubleVector low0 = first == 0 ? zero : load(out0, j - shift);
            DoubleVector low1 = first == 0 ? zero : load(out1, j - shift);
            for (int i = first; i < last; i++) {
                DoubleVector v = load(digits[i], j);
                DoubleVector w0 = load(k0[i], j);
                DoubleVector w1 = load(k1[i], j);
                DoubleVector next0 = v.fma(w0, acc0);
                DoubleVector next1 = v.fma(w1, acc1);
                low0 = low0.add(v.fma(w0, acc0.sub(next0)));
                low1 = low1.add(v.fma(w1, acc1.sub(next1)));
                acc0 = next0;
                acc1 = next1;
            }
            finish(acc0, low0, plusQ, minusQ, inverse, round).intoArray(out0, j - shift);
            finish(acc1, low1, plusQ, minusQ, inverse, round).intoArray(out1, j - shift);
        }
    }
}
