package io.github.hecnn.mlr.serving;

import io.github.hecnn.ckks.scheme.Ciphertext;
import java.util.List;
import java.util.Objects;

/**
 * Encrypted scores, at level 0 and its canonical scale. Immutable and thread-safe.
 *
 * @param modelId the model that answered
 * @param floodingDeviation deviation of the noise that was added to the real part of every slot at level 0; 0 for {@link AnswerKind#PLAIN}
 * @param batches [batches][groups of classes] ciphertexts, in the order of the queries
 */
public record EncryptedAnswers(String modelId, double floodingDeviation, List<List<Ciphertext>> batches) {
    /**
     * Copies the lists.
     *
     * @param modelId the model that answered
     * @param floodingDeviation deviation of the noise that was added to the real part of every slot at level 0; 0 for {@link AnswerKind#PLAIN}
     * @param batches [batches][groups of classes] ciphertexts, in the order of the queries
     * @throws IllegalArgumentException if the deviation is negative or not finite
     */
    public EncryptedAnswers {
        Objects.requireNonNull(modelId, "modelId");
        if (!(floodingDeviation >= 0 && floodingDeviation < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("answers: expected a deviation of the flooding of 0 or more, found "
                    + floodingDeviation + "; have the cloud answer again (CloudPredictor.answer)");
        }
        batches = batches.stream().map(List::copyOf).toList();
    }

    @Override
    public String toString() {
        return batches.size() + " batches of answers of model " + modelId;
    }
}
