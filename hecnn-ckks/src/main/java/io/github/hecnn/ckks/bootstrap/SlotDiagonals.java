package io.github.hecnn.ckks.bootstrap;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Some butterflies of the transform between coefficients and slots as one matrix of slots, by its diagonals: entry i of diagonal d is the factor
 * of slot i + d in slot i. The transform is the one of the encoder (the special FFT of ia.cr/2018/153) without its bit reversal: butterfly s
 * combines slots that are 2^s apart, and its factors have period 2^(s+1).
 */
final class SlotDiagonals {
    private final int period;
    private final boolean wraps;
    private final NavigableMap<Integer, double[][]> diagonals = new TreeMap<>();

    private SlotDiagonals(int period, boolean wraps) {
        this.period = period;
        this.wraps = wraps;
    }

    /**
     * Butterflies from one to another.
     *
     * @param low first of them
     * @param count how many
     * @param logSlots log2 of the number of slots
     * @param inverse from slots to coefficients: the inverse of each, the highest applied first; otherwise the lowest is applied first
     * @return distance -> [2][period] real and imaginary parts; distances are multiples of 2^low, modulo the slots where they go around all of them
     */
    static NavigableMap<Integer, double[][]> of(int low, int count, int logSlots, boolean inverse) {
        int high = low + count - 1;
        int period = 2 << high;
        boolean wraps = high == logSlots - 1;
        SlotDiagonals product = butterfly(inverse ? high : low, period, wraps, inverse);
        for (int k = 1; k < count; k++) {
            product = butterfly(inverse ? high - k : low + k, period, wraps, inverse)
                    .after(product);
        }
        return product.diagonals;
    }

    private static SlotDiagonals butterfly(int s, int period, boolean wraps, boolean inverse) {
        int half = 1 << s;
        double[] wr = new double[half];
        double[] wi = new double[half];
        int order = 8 * half;
        int power = 1;
        for (int j = 0; j < half; j++) {
            wr[j] = StrictMath.cos(2 * Math.PI * power / order);
            wi[j] = StrictMath.sin(2 * Math.PI * power / order);
            power = power * 5 & (order - 1);
        }
        double[][] own = new double[2][period];
        double[][] right = new double[2][period];
        double[][] left = new double[2][period];
        for (int i = 0; i < period; i++) {
            int j = i & (half - 1);
            boolean first = (i & half) == 0;
            if (!inverse) { // (x, y) -> (x + w y, x - w y)
                own[0][i] = first ? 1 : -wr[j];
                own[1][i] = first ? 0 : -wi[j];
                right[0][i] = first ? wr[j] : 0;
                right[1][i] = first ? wi[j] : 0;
                left[0][i] = first ? 0 : 1;
            } else { // (x, y) -> ((x + y)/2, (x - y)/(2w))
                own[0][i] = first ? 0.5 : -wr[j] / 2;
                own[1][i] = first ? 0 : wi[j] / 2;
                right[0][i] = first ? 0.5 : 0;
                left[0][i] = first ? 0 : wr[j] / 2;
                left[1][i] = first ? 0 : -wi[j] / 2;
            }
        }
        SlotDiagonals b = new SlotDiagonals(period, wraps);
        b.add(0, own);
        b.add(half, right);
        b.add(-half, left);
        return b;
    }

    private void add(int distance, double[][] v) {
        int d = wraps ? Math.floorMod(distance, period) : distance;
        double[][] old = diagonals.putIfAbsent(d, v);
        for (int i = 0; old != null && i < period; i++) {
            old[0][i] += v[0][i];
            old[1][i] += v[1][i];
        }
    }

    /** This matrix times another: (a b)[d + e][i] = a[d][i] b[e][i + d]. */
    private SlotDiagonals after(SlotDiagonals other) {
        SlotDiagonals out = new SlotDiagonals(period, wraps);
        for (Map.Entry<Integer, double[][]> a : diagonals.entrySet()) {
            int d = a.getKey();
            double[][] x = a.getValue();
            for (Map.Entry<Integer, double[][]> b : other.diagonals.entrySet()) {
                double[][] y = b.getValue();
                double[][] v = new double[2][period];
                for (int i = 0; i < period; i++) {
                    int j = i + d & (period - 1);
                    v[0][i] = x[0][i] * y[0][j] - x[1][i] * y[1][j];
                    v[1][i] = x[0][i] * y[1][j] + x[1][i] * y[0][j];
                }
                out.add(d + b.getKey(), v);
            }
        }
        return out;
    }
}
