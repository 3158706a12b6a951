package io.github.hecnn.mlr.transfer.network.train;

import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.transfer.network.Layer;
import java.util.List;
import java.util.Optional;

/** A layer with forward and backward pass on batches [samples][width], row-major. Remembers its last forward pass. */
abstract class Trainable {
    final int inputs;
    final int outputs;

    Trainable(int inputs, int outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /** Output of a batch; random is null outside training. */
    abstract float[] forward(float[] in, int samples, RandomSource random);

    /** Gradient by the input of the last forward pass from that by its output; adds to the parameters' gradients. */
    abstract float[] backward(float[] gradient, int samples);

    /** The same for the first layer, whose input nobody trains. */
    void backwardAtInput(float[] gradient, int samples) {
        backward(gradient, samples);
    }

    /** What Adam moves. */
    List<Parameters> parameters() {
        return List.of();
    }

    /** The layer of the description, unless it has no counterpart there. */
    Optional<Layer> export() {
        return Optional.empty();
    }
}
