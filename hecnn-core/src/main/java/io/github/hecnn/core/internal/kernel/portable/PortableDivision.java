package io.github.hecnn.core.internal.kernel.portable;

import static io.github.hecnn.core.internal.kernel.Residues.ROUND;
import static io.github.hecnn.core.internal.kernel.Residues.multiply;

import io.github.hecnn.core.internal.kernel.DividedSums;
import io.github.hecnn.core.internal.kernel.LimbDivision;
import io.github.hecnn.core.internal.kernel.Residues;

/** The loops of {@link DividedSums} in plain Java, on copies of the blocks, so that a loop has one index for all arrays (rule 7). */
final class PortableDivision implements DividedSums.Loops {
    private static final ThreadLocal<double[]> SCRATCH = ThreadLocal.withInitial(() -> new double[DividedSums.BLOCK]);

    @Override
    public void sums(
            double[][] digits,
            double[][] k0,
            double[][] k1,
            int count,
            int from,
            int size,
            double[] s0,
            double[] s1,
            double q,
            double qInv) {
        PortableSums.pairBlocks(digits, k0, k1, count, s0, s1, from, from + size, from, q, qInv, true);
    }

    @Override
    public void divide(
            LimbDivision d, int half, double[] s, int from, int size, double[] out, int at, double q, double qInv) {
        double[] block = SCRATCH.get();
        System.arraycopy(d.subtrahends[half], from, block, 0, size);
        subtractMultiply(s, block, d.inverse, d.inverseOverQ, q);
        double[] a = d.addends[half];
        if (a != null) {
            System.arraycopy(a, from, block, 0, size);
            addMultiple(s, block, d.addendFactor, d.addendFactorOverQ, q);
        }
        reduce(s, q, qInv);
        if (out != s) {
            System.arraycopy(s, 0, out, at, size);
        }
    }

    private static void subtractMultiply(double[] s, double[] b, double w, double wOverQ, double q) {
        double roundQ = ROUND * q;
        double minusQ = -q;
        for (int j = 0; j < DividedSums.BLOCK; j++) {
            s[j] = multiply(s[j] - b[j], w, wOverQ, roundQ, minusQ);
        }
    }

    private static void addMultiple(double[] s, double[] a, double f, double fOverQ, double q) {
        double roundQ = ROUND * q;
        double minusQ = -q;
        for (int j = 0; j < DividedSums.BLOCK; j++) {
            s[j] += multiply(a[j], f, fOverQ, roundQ, minusQ);
        }
    }

    private static void reduce(double[] s, double q, double qInv) {
        for (int j = 0; j < DividedSums.BLOCK; j++) {
            s[j] = Residues.reduce(s[j], q, qInv);
        }
    }
}
