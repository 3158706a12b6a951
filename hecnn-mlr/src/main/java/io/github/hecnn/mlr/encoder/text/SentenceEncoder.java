package io.github.hecnn.mlr.encoder.text;

import java.util.List;

/** Turns a text into a vector of fixed length. Implementations are deterministic and thread-safe. */
public interface SentenceEncoder {
    /**
     * Length of every vector.
     *
     * @return at least 1
     */
    int dimension();

    /**
     * Embeds a text.
     *
     * @param text any text, also an empty one
     * @return [dimension], finite, of Euclidean norm 1; all zeros if the encoder finds nothing in the text
     */
    double[] encode(String text);

    /**
     * Embeds several texts, in parallel.
     *
     * @param texts any number of texts
     * @return [texts][dimension]
     */
    default double[][] encodeAll(List<String> texts) {
        return texts.parallelStream().map(this::encode).toArray(double[][]::new);
    }
}
