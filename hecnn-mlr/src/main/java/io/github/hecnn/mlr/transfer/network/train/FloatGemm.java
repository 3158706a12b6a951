package io.github.hecnn.mlr.transfer.network.train;

/**
 * Products of row-major float matrices. The rows at work are copied to arrays of their own, since C2 vectorises a loop over several
 * arrays only if all are indexed by the plain loop variable; a block of the right factor stays in the cache meanwhile.
 */
final class FloatGemm {
    private static final int BLOCK = 64;

    private FloatGemm() {}

    /** c += a * b, with a [m][k], b [k][n], c [m][n]. */
    static void multiplyAdd(int m, int k, int n, float[] a, float[] b, float[] c) {
        float[][] rows = new float[BLOCK][n];
        float[] row = new float[n];
        for (int from = 0; from < k; from += BLOCK) {
            int count = Math.min(k - from, BLOCK);
            for (int l = 0; l < count; l++) {
                System.arraycopy(b, (from + l) * n, rows[l], 0, n);
            }
            for (int i = 0; i < m; i++) {
                System.arraycopy(c, i * n, row, 0, n);
                strip(count, a, i * k + from, rows, row);
                System.arraycopy(row, 0, c, i * n, n);
            }
        }
    }

    private static void strip(int count, float[] a, int at, float[][] rows, float[] out) {
        int l = 0;
        for (; l + 4 <= count; l += 4) {
            float[] p = rows[l];
            float[] q = rows[l + 1];
            float[] r = rows[l + 2];
            float[] s = rows[l + 3];
            four(a[at + l], a[at + l + 1], a[at + l + 2], a[at + l + 3], p, q, r, s, out);
        }
        for (; l < count; l++) {
            one(a[at + l], rows[l], out);
        }
    }

    private static void four(
            float a0, float a1, float a2, float a3, float[] b0, float[] b1, float[] b2, float[] b3, float[] c) {
        for (int j = 0; j < c.length; j++) {
            c[j] += (a0 * b0[j] + a1 * b1[j]) + (a2 * b2[j] + a3 * b3[j]);
        }
    }

    private static void one(float p, float[] b, float[] c) {
        for (int j = 0; j < c.length; j++) {
            c[j] += p * b[j];
        }
    }

    /** The transpose of a [rows][columns], in square blocks that fit the cache. */
    static float[] transpose(int rows, int columns, float[] a) {
        float[] out = new float[a.length];
        int block = 16;
        for (int i0 = 0; i0 < rows; i0 += block) {
            for (int j0 = 0; j0 < columns; j0 += block) {
                for (int i = i0; i < Math.min(rows, i0 + block); i++) {
                    for (int j = j0; j < Math.min(columns, j0 + block); j++) {
                        out[j * rows + i] = a[i * columns + j];
                    }
                }
            }
        }
        return out;
    }
}
