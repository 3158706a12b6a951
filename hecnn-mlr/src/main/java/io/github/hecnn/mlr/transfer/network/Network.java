package io.github.hecnn.mlr.transfer.network;

import io.github.hecnn.core.parallel.WorkerPool;
import java.util.List;

/**
 * A chain of layers. Immutable and thread-safe.
 *
 * @param inputs length of the input, at least 1
 * @param layers at least one, each taking what the one before gives
 */
public record Network(int inputs, List<Layer> layers) {
    /**
     * Checks and copies the components.
     *
     * @param inputs length of the input, at least 1
     * @param layers at least one, each taking what the one before gives
     * @throws IllegalArgumentException if there is no layer, no input, or a layer does not take what comes to it
     */
    public Network {
        layers = List.copyOf(layers);
        if (inputs < 1 || layers.isEmpty()) {
            throw new IllegalArgumentException("network: expected at least 1 input and 1 layer, found " + inputs
                    + " inputs and " + layers.size() + " layers; add what is missing");
        }
        int width = inputs;
        for (int i = 0; i < layers.size(); i++) {
            try {
                width = layers.get(i).outputs(width);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("network, layer " + i + ": " + e.getMessage(), e);
            }
        }
    }

    /** {@return length of the output} */
    public int outputs() {
        int width = inputs;
        for (Layer layer : layers) {
            width = layer.outputs(width);
        }
        return width;
    }

    /**
     * Evaluates in the clear.
     *
     * @param input [inputs]
     * @return [outputs]
     * @throws IllegalArgumentException if the input has another length
     */
    public double[] apply(double[] input) {
        LayerChecks.length("network", inputs, input.length);
        double[] x = input;
        for (Layer layer : layers) {
            x = layer.apply(x);
        }
        return x;
    }

    /**
     * Evaluates several inputs in the clear, on the common workers.
     *
     * @param samples [samples][inputs]
     * @return [samples][outputs]
     * @throws IllegalArgumentException if an input has another length
     */
    public double[][] applyAll(double[][] samples) {
        double[][] outputs = new double[samples.length][];
        WorkerPool.common().forEach(samples.length, i -> outputs[i] = apply(samples[i]));
        return outputs;
    }
}
