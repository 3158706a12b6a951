package io.github.hecnn.mlr.roles.row;

import java.util.Objects;

/**
 * The owner's answer to the question whether to go on, {@code answer-00004.json}: one bit, and what it is about.
 *
 * @param runId of the job
 * @param iteration after which the cloud asked
 * @param weightsSha256 checksum of the encrypted weights that the answer is about
 * @param goOn whether to go on
 */
public record ValidationAnswer(String runId, int iteration, String weightsSha256, boolean goOn) {
    /**
     * As it comes from a file, nothing may be missing.
     *
     * @param runId of the job
     * @param iteration after which the cloud asked
     * @param weightsSha256 checksum of the encrypted weights that the answer is about
     * @param goOn whether to go on
     */
    public ValidationAnswer {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(weightsSha256, "weightsSha256");
    }
}
