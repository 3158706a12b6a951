package io.github.hecnn.mlr.serving;

import io.github.hecnn.ckks.scheme.Ciphertext;
import java.util.List;
import java.util.Objects;

/**
 * Queries as the cloud sees them: ciphertexts, and how they are laid out. Immutable and thread-safe.
 *
 * @param modelId the model that is asked
 * @param rowsPerQuery rows of slots that each query takes, a power of two
 * @param batches [batches][complex features / rowsPerQuery] ciphertexts, at the level of serving and its canonical scale
 */
public record EncryptedQueries(String modelId, int rowsPerQuery, List<List<Ciphertext>> batches) {
    /**
     * Copies the lists.
     *
     * @param modelId the model that is asked
     * @param rowsPerQuery rows of slots that each query takes, a power of two
     * @param batches [batches][complex features / rowsPerQuery] ciphertexts
     */
    public EncryptedQueries {
        Objects.requireNonNull(modelId, "modelId");
        batches = batches.stream().map(List::copyOf).toList();
    }

    @Override
    public String toString() {
        return batches.size() + " batches of queries to model " + modelId;
    }
}
