package io.github.hecnn.mlr.transfer.network;

/** One layer of a {@link Network}: a map of vectors. Immutable and thread-safe. */
public sealed interface Layer permits Conv1d, Dense, AveragePooling, PolynomialActivation, Layer.Affine {
    /**
     * A layer that is defined elsewhere and is a linear map plus a constant, nothing else: x to M x + b. Neighbours are folded into one
     * matrix, which would be wrong for any other map; folding tries one vector and refuses if it does not come out right.
     */
    non-sealed interface Affine extends Layer {}

    /**
     * Length of the output.
     *
     * @param inputs length of the input
     * @return length of the output
     * @throws IllegalArgumentException if the layer does not take inputs of that length
     */
    int outputs(int inputs);

    /**
     * Evaluates in the clear.
     *
     * @param input [inputs]
     * @return [outputs]
     * @throws IllegalArgumentException if the layer does not take inputs of that length
     */
    double[] apply(double[] input);
}
