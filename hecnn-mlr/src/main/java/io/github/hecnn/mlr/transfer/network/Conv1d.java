package io.github.hecnn.mlr.transfer.network;

import java.util.Arrays;

/**
 * One-dimensional convolution with one filter, same padding and no bias: out[i] = sum over t of taps[t] * in[i + t - k/2], where
 * places outside the input count as 0 (a correlation, as deep learning libraries have it).
 *
 * @param taps an odd number k of finite weights
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record Conv1d(double[] taps) implements Layer {
    /**
     * Checks and copies the components.
     *
     * @param taps [k] finite weights, k odd
     * @throws IllegalArgumentException if the number of taps is even or a tap is not finite
     */
    public Conv1d {
        if (taps.length % 2 == 0) {
            throw new IllegalArgumentException(
                    "Conv1d: expected an odd number of taps, found " + taps.length + "; pad the filter with a zero");
        }
        taps = taps.clone();
        LayerChecks.finite("Conv1d taps", taps);
    }

    /** {@return the filter; a copy} */
    @Override
    public double[] taps() {
        return taps.clone();
    }

    @Override
    public int outputs(int inputs) {
        return inputs;
    }

    @Override
    public double[] apply(double[] input) {
        int n = input.length;
        int half = taps.length / 2;
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int t = Math.max(0, half - i); t < Math.min(taps.length, n + half - i); t++) {
                sum += taps[t] * input[i + t - half];
            }
            out[i] = sum;
        }
        return out;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Conv1d c && Arrays.equals(taps, c.taps);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(taps);
    }

    @Override
    public String toString() {
        return "Conv1d of " + taps.length + " taps";
    }
}
