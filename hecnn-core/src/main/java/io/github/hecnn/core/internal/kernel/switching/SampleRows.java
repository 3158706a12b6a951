package io.github.hecnn.core.internal.kernel.switching;

import java.util.Arrays;

/** Arrays for trials, in the range of every operation. */
final class SampleRows {
    private SampleRows() {}

    /** Residues of any prime: 0, 1 and -1. */
    static double[] row(int n) {
        double[] out = new double[n];
        for (int j = 0; j < n; j++) {
            out[j] = j % 3 - 1;
        }
        return out;
    }

    /** One row many times: sums read it as they would read different ones. */
    static double[][] rows(int count, int n) {
        double[][] out = new double[count][];
        Arrays.fill(out, row(n));
        return out;
    }
}
