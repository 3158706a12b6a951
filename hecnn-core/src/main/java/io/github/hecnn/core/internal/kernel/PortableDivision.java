package io.github.hecnn.core.internal.kernel;

import static io.github.hecnn.core.internal.kernel.Residues.ROUND;
import static io.github.hecnn.core.internal.kernel.Residues.multiply;
import static io.github.hecnn.core.internal.kernel.Residues.reduce;

/** The loops of {@link DividedSums} in plain Java. */
final class PortableDivision implements DividedSums.Loops {
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
        PortableSums.pairBlocks(digits, k0, k1, count, s0, s1, from, from + size, from, q, qInv);
    }

    @Override
    public void divide(
            LimbDivision d, int half, double[] s, int from, int size, double[] out, int at, double q, double qInv) {
        subtractMultiply(s, d.subtrahends[half], from, size, d.inverse, d.inverseOverQ, q);
        double[] a = d.addends[half];
        if (a != null) {
            addMultiple(s, a, from, size, d.addendFactor, d.addendFactorOverQ, q);
        }
        for (int j = 0; j < size; j++) {
            out[at + j] = reduce(s[j], q, qInv);
        }
    }

    private static void subtractMultiply(
            double[] s, double[] b, int from, int size, double w, double wOverQ, double q) {
        double roundQ = ROUND * q;
        double minusQ = -q;
        for (int j = 0; j < size; j++) {
            s[j] = multiply(s[j] - b[from + j], w, wOverQ, roundQ, minusQ);
        }
    }

    private static void addMultiple(double[] s, double[] a, int from, int size, double f, double fOverQ, double q) {
        double roundQ = ROUND * q;
        double minusQ = -q;
        for (int j = 0; j < size; j++) {
            s[j] += multiply(a[from + j], f, fOverQ, roundQ, minusQ);
        }
    }
}
