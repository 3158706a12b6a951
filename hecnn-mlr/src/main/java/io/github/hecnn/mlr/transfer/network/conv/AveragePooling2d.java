package io.github.hecnn.mlr.transfer.network.conv;

import io.github.hecnn.mlr.transfer.network.Layer;

/**
 * Mean over windows, channel by channel. Immutable and thread-safe.
 *
 * @param input size of the input
 * @param window size, steps and padding
 * @param countsPadding whether zeros around the image count in the mean; if not it is that of the image's own numbers
 */
public record AveragePooling2d(ImageShape input, Window window, boolean countsPadding) implements Layer.Affine {
    /**
     * Checks the components.
     *
     * @param input size of the input
     * @param window size, steps and padding
     * @param countsPadding whether zeros around the image count in the mean; if not it is that of the image's own numbers
     * @throws IllegalArgumentException if the window does not fit into the image
     */
    public AveragePooling2d {
        window.over(input, input.channels());
    }

    /**
     * The mean of every channel.
     *
     * @param input size of the input
     * @return one number for each channel
     */
    public static AveragePooling2d global(ImageShape input) {
        return new AveragePooling2d(input, new Window(input.height(), input.width(), 1, 1, 0, 0, 0, 0), false);
    }

    /** {@return size of the output} */
    public ImageShape output() {
        return window.over(input, input.channels());
    }

    @Override
    public int outputs(int inputs) {
        input.requireLength("AveragePooling2d", inputs);
        return output().length();
    }

    @Override
    public double[] apply(double[] image) {
        double[] out = new double[outputs(image.length)];
        ImageShape to = output();
        for (int channel = 0; channel < to.channels(); channel++) {
            for (int r = 0; r < to.height(); r++) {
                for (int c = 0; c < to.width(); c++) {
                    out[channel * to.area() + r * to.width() + c] = mean(image, channel, r, c);
                }
            }
        }
        return out;
    }

    private double mean(double[] image, int channel, int row, int column) {
        int y = row * window.rowStride() - window.top();
        int x = column * window.columnStride() - window.left();
        int y1 = Math.max(0, y);
        int y2 = Math.min(input.height(), y + window.height());
        int x1 = Math.max(0, x);
        int x2 = Math.min(input.width(), x + window.width());
        double sum = 0;
        for (int i = y1; i < y2; i++) {
            for (int k = x1; k < x2; k++) {
                sum += image[channel * input.area() + i * input.width() + k];
            }
        }
        return sum / (countsPadding ? window.area() : (y2 - y1) * (x2 - x1));
    }

    @Override
    public String toString() {
        return "AveragePooling2d " + input + " -> " + output();
    }
}
