package io.github.hecnn.mlr.transfer.network;

/**
 * Average pooling of stride 1 without padding: out[i] = mean of in[i .. i + width - 1].
 *
 * @param width at least 1
 */
public record AveragePooling(int width) implements Layer {
    /**
     * Checks the components.
     *
     * @param width at least 1
     * @throws IllegalArgumentException if the width is less than 1
     */
    public AveragePooling {
        if (width < 1) {
            throw new IllegalArgumentException(
                    "AveragePooling: expected a width of at least 1, found " + width + "; 3 is CryptoTL's");
        }
    }

    @Override
    public int outputs(int inputs) {
        if (inputs < width) {
            throw new IllegalArgumentException("AveragePooling: expected an input of at least " + width + ", found "
                    + inputs + "; use a smaller width");
        }
        return inputs - width + 1;
    }

    @Override
    public double[] apply(double[] input) {
        double[] out = new double[outputs(input.length)];
        for (int i = 0; i < out.length; i++) {
            double sum = 0;
            for (int t = 0; t < width; t++) {
                sum += input[i + t];
            }
            out[i] = sum / width;
        }
        return out;
    }
}
