package io.github.hecnn.mlr.encoder.image;

import java.util.function.IntUnaryOperator;

/** Weights of one pass of a bilinear resize with antialiasing, for a window of its results. */
final class Resampling {
    private final int[] starts;
    private final double[][] weights;

    /**
     * For results {@code from..from + count - 1} of {@code out} that are made of {@code in} samples.
     */
    Resampling(int in, int out, int from, int count) {
        starts = new int[count];
        weights = new double[count][];
        double scale = (double) in / out;
        double support = Math.max(scale, 1);
        for (int i = 0; i < count; i++) {
            double centre = (from + i + 0.5) * scale;
            int start = Math.max(0, (int) (centre - support + 0.5));
            int end = Math.min(in, (int) (centre + support + 0.5));
            double[] w = new double[end - start];
            double sum = 0;
            for (int k = 0; k < w.length; k++) {
                w[k] = Math.max(0, 1 - Math.abs((start + k - centre + 0.5) / support));
                sum += w[k];
            }
            for (int k = 0; k < w.length; k++) {
                w[k] /= sum;
            }
            starts[i] = start;
            weights[i] = w;
        }
    }

    /** First sample that is needed. */
    int first() {
        return starts[0];
    }

    /** One after the last sample that is needed. */
    int last() {
        return starts[starts.length - 1] + weights[weights.length - 1].length;
    }

    /** A result, rounded to 0..255, of samples 0..255. */
    int at(int result, IntUnaryOperator sample) {
        double sum = 0.5;
        double[] w = weights[result];
        for (int k = 0; k < w.length; k++) {
            sum += w[k] * sample.applyAsInt(starts[result] + k);
        }
        return Math.max(0, Math.min(255, (int) sum));
    }
}
