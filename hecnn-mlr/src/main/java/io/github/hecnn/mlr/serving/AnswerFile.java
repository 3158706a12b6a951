package io.github.hecnn.mlr.serving;

import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.RunFile;
import java.util.List;
import java.util.Objects;

/**
 * What the cloud says about its answers, {@code answer.json}.
 *
 * @param runId of the question
 * @param modelId the model that answered
 * @param floodingDeviation {@link EncryptedAnswers#floodingDeviation}
 * @param secondsPerBatch from the ciphertexts of a batch to its answer
 * @param kernels arithmetic kernels that ran
 * @param threads worker threads
 * @param peakMemoryBytes the most memory its process has held
 * @param files the answers
 */
record AnswerFile(
        String runId,
        String modelId,
        double floodingDeviation,
        List<Double> secondsPerBatch,
        String kernels,
        int threads,
        long peakMemoryBytes,
        List<FileSeal> files)
        implements RunFile {
    AnswerFile {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(modelId, "modelId");
        Objects.requireNonNull(kernels, "kernels");
        secondsPerBatch = List.copyOf(secondsPerBatch);
        files = List.copyOf(files);
    }
}
