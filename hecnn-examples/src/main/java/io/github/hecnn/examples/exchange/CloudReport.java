package io.github.hecnn.examples.exchange;

import io.github.hecnn.examples.cli.UserError;
import io.github.hecnn.mlr.exchange.FileSeal;
import java.util.List;
import java.util.Objects;

/**
 * What the cloud says about its work.
 *
 * @param runId of the job
 * @param trainingSeconds from the uploads to the last encrypted weights, in memory
 * @param elapsedSeconds of the whole role, reading and writing included
 * @param iterationSeconds training time of each iteration; the first includes the preparation of the uploads
 * @param iterationLevels level of the encrypted weights of each iteration
 * @param keySwitches rotations, conjugations and relinearisations of the whole training
 * @param levelsUsed levels from the uploads down to the lowest result
 * @param files the encrypted weights
 */
public record CloudReport(
        String runId,
        double trainingSeconds,
        double elapsedSeconds,
        List<Double> iterationSeconds,
        List<Integer> iterationLevels,
        long keySwitches,
        int levelsUsed,
        String kernels,
        int threads,
        String javaVersion,
        long peakMemoryBytes,
        List<FileSeal> files) {
    /** Copies the lists; as it comes from a file, nothing may be missing. */
    public CloudReport {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(kernels, "kernels");
        Objects.requireNonNull(javaVersion, "javaVersion");
        iterationSeconds = List.copyOf(iterationSeconds);
        iterationLevels = List.copyOf(iterationLevels);
        files = List.copyOf(files);
    }

    /**
     * This report, if it tells of every iteration.
     *
     * @param iterations of the job
     * @throws UserError if it tells of more or fewer
     */
    public CloudReport ofIterations(int iterations) {
        if (iterationSeconds.size() != iterations || iterationLevels.size() != iterations) {
            throw new UserError("cloud report: expected times and levels of " + iterations + " iterations, found "
                    + iterationSeconds.size() + " and " + iterationLevels.size() + "; " + ExchangeFolder.AGAIN_TRAIN);
        }
        return this;
    }
}
