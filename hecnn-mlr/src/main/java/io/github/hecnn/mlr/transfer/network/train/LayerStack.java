package io.github.hecnn.mlr.transfer.network.train;

import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.transfer.network.Layer;
import io.github.hecnn.mlr.transfer.network.Network;
import java.util.ArrayList;
import java.util.List;

/** The layers of a {@link TrainableNetwork}, one after the other, forwards and backwards. */
final class LayerStack {
    private static final int BATCH = 256;

    private final List<Trainable> layers;

    LayerStack(List<Trainable> layers) {
        this.layers = List.copyOf(layers);
    }

    int size() {
        return layers.size();
    }

    /** The first layers as a description; an IllegalArgumentException names one that has no counterpart. */
    Network export(int count) {
        List<Layer> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = i;
            out.add(layers.get(i)
                    .export()
                    .orElseThrow(
                            () -> new IllegalArgumentException("export: expected linear and polynomial layers, found "
                                    + layers.get(at).getClass().getSimpleName() + " as layer " + at
                                    + "; export fewer")));
        }
        return new Network(inputs(), out);
    }

    /** Outputs of the last layer, [samples][outputs]. */
    double[][] scores(double[][] x) {
        int width = outputs();
        double[][] out = new double[x.length][width];
        for (int from = 0; from < x.length; from += BATCH) {
            int n = Math.min(BATCH, x.length - from);
            float[] some = forward(batch(x, null, from, n), n, null);
            for (int i = 0; i < n * width; i++) {
                out[from + i / width][i % width] = some[i];
            }
        }
        return out;
    }

    int inputs() {
        return layers.get(0).inputs;
    }

    int outputs() {
        return layers.get(layers.size() - 1).outputs;
    }

    List<Parameters> parameters() {
        return layers.stream().flatMap(l -> l.parameters().stream()).toList();
    }

    float[] forward(float[] batch, int samples, RandomSource random) {
        float[] v = batch;
        for (Trainable layer : layers) {
            v = layer.forward(v, samples, random);
        }
        return v;
    }

    void backward(float[] gradient, int samples) {
        float[] g = gradient;
        for (int i = layers.size() - 1; i > 0; i--) {
            g = layers.get(i).backward(g, samples);
        }
        layers.get(0).backwardAtInput(g, samples);
    }

    /** Rows order[from], ... (or from, ... without an order) as one array. */
    float[] batch(double[][] x, int[] order, int from, int samples) {
        int width = inputs();
        float[] out = new float[samples * width];
        for (int s = 0; s < samples; s++) {
            int row = order == null ? from + s : order[from + s];
            if (x[row].length != width) {
                throw new IllegalArgumentException("network: expected inputs of length " + width + ", found "
                        + x[row].length + " for sample " + row + "; pass what it was made for");
            }
            for (int k = 0; k < width; k++) {
                float v = (float) x[row][k];
                if (!Float.isFinite(v)) {
                    throw new IllegalArgumentException("network: expected finite inputs, found " + x[row][k]
                            + " for sample " + row + ", input " + k + "; correct it");
                }
                out[s * width + k] = v;
            }
        }
        return out;
    }
}
