package io.github.hecnn.mlr.transfer.network;

import java.util.Arrays;

/**
 * A dense layer: out = weights * in + bias.
 *
 * @param weights [outputs][inputs], rectangular and finite, at least one of each
 * @param bias [outputs], finite
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record Dense(double[][] weights, double[] bias) implements Layer {
    /**
     * Checks and copies the components.
     *
     * @param weights [outputs][inputs], rectangular and finite, at least one of each
     * @param bias [outputs], finite
     * @throws IllegalArgumentException if the shapes do not match or a number is not finite
     */
    public Dense {
        if (weights.length == 0 || weights[0].length == 0 || weights.length != bias.length) {
            throw new IllegalArgumentException("Dense: expected as many biases as rows of weights, at least one, found "
                    + weights.length + " rows and " + bias.length + " biases; pass matching arrays");
        }
        double[][] copy = new double[weights.length][];
        for (int i = 0; i < copy.length; i++) {
            if (weights[i].length != weights[0].length) {
                throw new IllegalArgumentException("Dense: expected rows of " + weights[0].length + " weights, found "
                        + weights[i].length + " in row " + i + "; make rows equally long");
            }
            copy[i] = weights[i].clone();
            LayerChecks.finite("Dense weights, row " + i, copy[i]);
        }
        weights = copy;
        bias = bias.clone();
        LayerChecks.finite("Dense bias", bias);
    }

    /** {@return the weights; a deep copy} */
    @Override
    public double[][] weights() {
        double[][] copy = new double[weights.length][];
        Arrays.setAll(copy, i -> weights[i].clone());
        return copy;
    }

    /** {@return the bias; a copy} */
    @Override
    public double[] bias() {
        return bias.clone();
    }

    /** {@return length of the input} */
    public int inputs() {
        return weights[0].length;
    }

    /** One weight, without copying them all. */
    double weight(int output, int input) {
        return weights[output][input];
    }

    @Override
    public int outputs(int inputs) {
        LayerChecks.length("Dense", inputs(), inputs);
        return weights.length;
    }

    @Override
    public double[] apply(double[] input) {
        double[] out = new double[outputs(input.length)];
        for (int i = 0; i < out.length; i++) {
            double[] row = weights[i];
            double sum = 0;
            for (int k = 0; k < row.length; k++) {
                sum += row[k] * input[k];
            }
            out[i] = sum + bias[i];
        }
        return out;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Dense d && Arrays.deepEquals(weights, d.weights) && Arrays.equals(bias, d.bias);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.deepHashCode(weights) + Arrays.hashCode(bias);
    }

    @Override
    public String toString() {
        return "Dense " + weights[0].length + " -> " + weights.length;
    }
}
