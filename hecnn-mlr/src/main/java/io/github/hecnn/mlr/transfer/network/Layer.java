package io.github.hecnn.mlr.transfer.network;

/** One layer of a {@link Network}: a map of vectors. Immutable and thread-safe. */
public sealed interface Layer permits Conv1d, Dense, AveragePooling, PolynomialActivation {
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
