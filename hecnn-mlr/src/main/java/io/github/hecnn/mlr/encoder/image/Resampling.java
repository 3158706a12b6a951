package io.github.hecnn.mlr.encoder.image;

import java.util.function.IntUnaryOperator;

/**
 * Weights of one pass of a bilinear resize with antialiasing, for a window of its results. Weights are rounded to 22 binary places, as Pillow
 * does it for samples of 8 bits, so that results are the same to the bit.
 */
final class Resampling {
    private static final int PRECISION_BITS = 32 - 8 - 2;

    private final int[] starts;
    private final int[][] weights;

    /**
     * For results {@code from..from + count - 1} of {@code out} that are made of {@code in} samples.
     */
    Resampling(int in, int out, int from, int count) {
        starts = new int[count];
        weights = new int[count][];
        double scale = (double) in / out;
        double support = Math.max(scale, 1);
        for (int i = 0; i < count; i++) {
            double centre = (from + i + 0.5) * scale;
            int start = Math.max(0, (int) (centre - support + 0.5));
            int end = Math.min(in, (int) (centre + support + 0.5));
            double[] w = new double[end - start];
            double sum = 0;
            for (int k = 0; k < w.length; k++) {
                w[k] = Math.max(0, 1 - Math.abs((start + k - centre + 0.5) * (1 / support)));
                sum += w[k];
            }
            starts[i] = start;
            weights[i] = new int[w.length];
            for (int k = 0; k < w.length; k++) {
                weights[i][k] = (int) (w[k] / sum * (1 << PRECISION_BITS) + 0.5);
            }
        }
    }

    /** A channel of an image, columns first, then rows, [results of rows][results of columns], each 0..255. */
    private static int[] channel(RgbImage image, int channel, Resampling columns, Resampling rows) {
        int width = columns.starts.length;
        int first = rows.starts[0];
        int[] squeezed = new int[(rows.last() - first) * width];
        for (int y = first; y < rows.last(); y++) {
            int line = y;
            for (int x = 0; x < width; x++) {
                squeezed[(y - first) * width + x] = columns.at(x, i -> image.sample(i, line, channel));
            }
        }
        int[] out = new int[rows.starts.length * width];
        for (int i = 0; i < out.length; i++) {
            int x = i % width;
            out[i] = rows.at(i / width, y -> squeezed[(y - first) * width + x]);
        }
        return out;
    }

    /** The window of an image in another size. */
    static RgbImage resize(RgbImage image, Resampling columns, Resampling rows) {
        int width = columns.starts.length;
        int height = rows.starts.length;
        byte[] out = new byte[RgbImage.CHANNELS * width * height];
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
            int[] samples = channel(image, c, columns, rows);
            for (int i = 0; i < samples.length; i++) {
                out[RgbImage.CHANNELS * i + c] = (byte) samples[i];
            }
        }
        return new RgbImage(width, height, out);
    }

    /** One after the last sample that is needed. */
    private int last() {
        return starts[starts.length - 1] + weights[weights.length - 1].length;
    }

    /** A result, rounded to 0..255, of samples 0..255. */
    private int at(int result, IntUnaryOperator sample) {
        int sum = 1 << (PRECISION_BITS - 1);
        int[] w = weights[result];
        for (int k = 0; k < w.length; k++) {
            sum += w[k] * sample.applyAsInt(starts[result] + k);
        }
        return Math.max(0, Math.min(255, sum >> PRECISION_BITS));
    }
}
