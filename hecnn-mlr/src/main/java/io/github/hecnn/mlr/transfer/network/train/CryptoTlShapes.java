package io.github.hecnn.mlr.transfer.network.train;

import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.PolynomialActivation;

/** The networks of CryptoTL (arXiv 2205.11935): the server's encoder and the client's head. */
public final class CryptoTlShapes {
    /** Taps of the convolution. */
    public static final int TAPS = 9;
    /** Width of both poolings. */
    public static final int POOLING = 3;
    /** Heads that decide together, see {@link Committee}. */
    public static final int HEADS = 5;
    /** Layers of the encoder: convolution, dense, cubic, average pooling, dense. */
    public static final int ENCODER_LAYERS = 5;

    private static final double PENALTY_FROM = 4.5;
    private static final double PENALTY = 0.01;
    private static final double HEAD_DROPOUT = 0.3;

    private CryptoTlShapes() {}

    /**
     * The encoder with a head of the client's shape on top, to be trained on the source task; the head is thrown away afterwards by
     * {@code export(ENCODER_LAYERS)}.
     *
     * <p>Inputs of the cubic are pulled back from {@value #PENALTY_FROM} on, since beyond about 6 it no longer follows ReLU.
     *
     * @param inputs length n of the embedding, at least {@value #POOLING}; the encoder gives n - 2 numbers
     * @param seed of the initial weights
     * @return an untrained network
     */
    public static TrainableNetwork encoderWithHead(int inputs, long seed) {
        TrainableNetwork.Builder b = TrainableNetwork.builder(inputs, seed)
                .conv(TAPS, Math.sqrt(inputs))
                .dense(inputs)
                .polynomial(PolynomialActivation.CUBIC_RELU, PENALTY_FROM, PENALTY)
                .averagePooling(POOLING)
                .dense(inputs - POOLING + 1);
        return addHead(b, inputs - POOLING + 1);
    }

    /**
     * A trained encoder with a new head on top, all of it trainable.
     *
     * @param encoder the encoder
     * @param seed of the head's initial weights
     * @return a network
     */
    public static TrainableNetwork fineTuning(Network encoder, long seed) {
        return addHead(
                TrainableNetwork.builder(encoder.inputs(), seed).network(encoder, PENALTY_FROM, PENALTY),
                encoder.outputs());
    }

    /**
     * The client's head: dense, ReLU, maximum of 3, dropout, dense 1, sigmoid.
     *
     * @param inputs length of the encoder's output
     * @param seed of the initial weights
     * @return an untrained network
     */
    public static TrainableNetwork head(int inputs, long seed) {
        return addHead(TrainableNetwork.builder(inputs, seed), inputs);
    }

    /**
     * Trains the client's heads: {@value #HEADS} of them, which decide together.
     *
     * @param x [samples][inputs], outputs of the encoder
     * @param labels [samples], 0 or 1
     * @param settings how; {@link NetworkTrainingSettings#head} is usual
     * @return the trained heads
     * @throws IllegalArgumentException without samples, or as {@link TrainableNetwork#fit}
     */
    public static Committee heads(double[][] x, int[] labels, NetworkTrainingSettings settings) {
        if (x.length == 0) {
            throw new IllegalArgumentException("heads: expected at least 1 sample, found none; pass labelled ones");
        }
        return Committee.train(HEADS, seed -> head(x[0].length, seed), x, labels, settings);
    }

    private static TrainableNetwork addHead(TrainableNetwork.Builder b, int inputs) {
        return b.dense(inputs)
                .relu()
                .maxPooling(POOLING)
                .dropout(HEAD_DROPOUT)
                .dense(1)
                .build();
    }
}
