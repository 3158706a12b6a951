package io.github.hecnn.mlr.encoder.text;

import io.github.hecnn.core.parallel.WorkerPool;
import java.util.List;

/** Turns a text into a vector of fixed length. Implementations are deterministic and thread-safe. */
public interface SentenceEncoder {
    /** {@return length of every vector, at least 1} */
    int dimension();

    /**
     * Embeds a text.
     *
     * @param text any text, also an empty one
     * @return [dimension], finite, of Euclidean norm 1; all zeros if the encoder finds nothing in the text
     */
    double[] encode(String text);

    /**
     * Embeds several texts, on the common workers.
     *
     * @param texts any number of texts
     * @return [texts][dimension]
     */
    default double[][] encodeAll(List<String> texts) {
        double[][] embeddings = new double[texts.size()][];
        WorkerPool.common().forEach(embeddings.length, i -> embeddings[i] = encode(texts.get(i)));
        return embeddings;
    }
}
