package io.github.hecnn.mlr.transfer.network.onnx;

import io.github.hecnn.mlr.transfer.network.Layer;

/**
 * A layer that was read.
 *
 * @param layer the layer
 * @param shape sizes of its output without the batch's
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MadeLayer(Layer layer, int... shape) {}
