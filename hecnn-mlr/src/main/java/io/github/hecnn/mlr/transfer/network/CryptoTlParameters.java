package io.github.hecnn.mlr.transfer.network;

import io.github.hecnn.ckks.params.CkksParameters;

/** Encryption parameters for CryptoTL's encoder: 4 levels in the smallest ring that allows them at 128 bits. */
public final class CryptoTlParameters {
    /** Factor on embeddings of norm 1 and length 768 that brings their entries to about 1. */
    public static final double INPUT_FACTOR = 32;

    private static final int SCALE_BITS = 27;
    private static final int FIRST_PRIME_BITS = 35;

    private CryptoTlParameters() {}

    /** What a client and a server choose between. */
    public enum Choice {
        /** {@link #circuitPrivate}: answers hide the encoder's weights but for what outputs say; the usual choice. */
        CIRCUIT_PRIVATE,
        /** {@link #standard}: half of the time and a third of the bytes for half as many texts, and no bound on what the noise of answers says of the weights. */
        FAST;

        /** {@return the parameters} */
        public CkksParameters parameters() {
            return this == FAST ? standard() : circuitPrivate();
        }
    }

    /**
     * N = 2^13, 4 levels at scale 2^27, 211 of the 214 bits that 128-bit security allows. Outputs must stay below 128.
     *
     * <p>With {@link OutputSanitizer#DEVIATION} the noise that hides the circuit's is only 4 to 5 times as large: the client learns
     * outputs, blurred, but there is no bound on what else it could learn from their noise.
     *
     * @return the parameters
     */
    public static CkksParameters standard() {
        return CkksParameters.builder()
                .logRingDegree(13)
                .levels(4)
                .scaleBits(SCALE_BITS)
                .firstPrimeBits(FIRST_PRIME_BITS)
                .digits(3)
                .build();
    }

    /**
     * N = 2^14, 4 levels at scale 2^40, one digit, 423 of the 430 bits that 128-bit security allows. Outputs must stay below 128.
     *
     * <p>The circuit's own noise is so small that {@link OutputSanitizer#DEVIATION} is more than 10,000 times as large for networks
     * whose activations and outputs are of moderate size (rows of weights of norm about 1), measured on random ones. What a client
     * gets then differs from the plain outputs plus independent noise by at most 1e-4 nats of Kullback-Leibler divergence a query,
     * so 1,000 queries are told apart from such an ideal server with an advantage of at most sqrt(1000 * 1e-4 / 2) = 0.22. It is no
     * statement about what the outputs themselves say of the network. The server has to be honest; a client that sends anything but a
     * fresh encryption made with the right parameters is outside of it. Evaluation takes about 2.5 times as long as with
     * {@link #standard()}, and queries are three times as long.
     *
     * @return the parameters
     */
    public static CkksParameters circuitPrivate() {
        return CkksParameters.builder()
                .logRingDegree(14)
                .levels(4)
                .scaleBits(40)
                .firstPrimeBits(48)
                .digits(1)
                .build();
    }
}
