package io.github.hecnn.mlr.transfer.network.conv;

import io.github.hecnn.mlr.transfer.network.Layer;
import java.util.Arrays;

/**
 * A two-dimensional convolution as neural networks have it (kernels are not mirrored): every filter's output is the sum over channels
 * and window of kernel times input, plus its bias. Immutable and thread-safe.
 *
 * @param input size of the input
 * @param window size, steps and padding
 * @param kernels [filters][channels * window height * window width], row-major, finite, at least one
 * @param bias [filters], finite
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record Convolution2d(ImageShape input, Window window, double[][] kernels, double[] bias)
        implements Layer.Affine {
    /**
     * Checks and copies the components.
     *
     * @param input size of the input
     * @param window size, steps and padding
     * @param kernels [filters][channels * window height * window width], row-major, finite, at least one
     * @param bias [filters], finite
     * @throws IllegalArgumentException if shapes do not match or a number is not finite
     */
    public Convolution2d {
        int taps = input.channels() * window.area();
        if (kernels.length == 0 || kernels.length != bias.length) {
            throw new IllegalArgumentException("Convolution2d: expected as many biases as filters, at least one, found "
                    + kernels.length + " filters and " + bias.length + " biases; pass matching arrays");
        }
        double[][] copy = new double[kernels.length][];
        for (int f = 0; f < copy.length; f++) {
            if (kernels[f].length != taps) {
                throw new IllegalArgumentException("Convolution2d: expected " + taps + " weights in a filter ("
                        + input.channels() + " channels of " + window.height() + " x " + window.width() + "), found "
                        + kernels[f].length + " in filter " + f + "; pass a kernel of that size");
            }
            copy[f] = kernels[f].clone();
            Finite.require("Convolution2d kernel " + f, copy[f]);
        }
        kernels = copy;
        bias = bias.clone();
        Finite.require("Convolution2d bias", bias);
        window.over(input, kernels.length);
    }

    /** {@return the kernels; a deep copy} */
    @Override
    public double[][] kernels() {
        double[][] copy = new double[kernels.length][];
        Arrays.setAll(copy, f -> kernels[f].clone());
        return copy;
    }

    /** {@return the biases; a copy} */
    @Override
    public double[] bias() {
        return bias.clone();
    }

    /** {@return size of the output} */
    public ImageShape output() {
        return window.over(input, kernels.length);
    }

    @Override
    public int outputs(int inputs) {
        input.requireLength("Convolution2d", inputs);
        return output().length();
    }

    @Override
    public double[] apply(double[] image) {
        double[] out = new double[outputs(image.length)];
        ImageShape to = output();
        for (int f = 0; f < kernels.length; f++) {
            for (int r = 0; r < to.height(); r++) {
                for (int c = 0; c < to.width(); c++) {
                    out[f * to.area() + r * to.width() + c] = bias[f] + sum(image, kernels[f], r, c);
                }
            }
        }
        return out;
    }

    private double sum(double[] image, double[] kernel, int row, int column) {
        int y0 = row * window.rowStride() - window.top();
        int x0 = column * window.columnStride() - window.left();
        int x1 = Math.max(0, -x0);
        int x2 = Math.min(window.width(), input.width() - x0);
        double sum = 0;
        for (int channel = 0; channel < input.channels(); channel++) {
            for (int a = Math.max(0, -y0); a < Math.min(window.height(), input.height() - y0); a++) {
                int from = channel * input.area() + (y0 + a) * input.width() + x0;
                int tap = channel * window.area() + a * window.width();
                for (int b = x1; b < x2; b++) {
                    sum += kernel[tap + b] * image[from + b];
                }
            }
        }
        return sum;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Convolution2d c
                && input.equals(c.input)
                && window.equals(c.window)
                && Arrays.deepEquals(kernels, c.kernels)
                && Arrays.equals(bias, c.bias);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.deepHashCode(kernels) + window.hashCode();
    }

    @Override
    public String toString() {
        return "Convolution2d " + input + " -> " + output();
    }
}
