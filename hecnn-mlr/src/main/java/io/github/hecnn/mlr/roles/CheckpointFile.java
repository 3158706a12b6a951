package io.github.hecnn.mlr.roles;

import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.RunFile;
import java.util.List;
import java.util.Objects;

/**
 * What a checkpoint says about itself, {@code checkpoint.json}.
 *
 * @param runId of the job
 * @param seconds that the training has taken so far
 * @param iterationSeconds of each iteration so far
 * @param iterationLevels level of the encrypted weights of each iteration so far
 * @param keySwitches so far
 * @param lowestLevel so far
 * @param files the state, and the weights of each iteration
 */
record CheckpointFile(
        String runId,
        double seconds,
        List<Double> iterationSeconds,
        List<Integer> iterationLevels,
        long keySwitches,
        int lowestLevel,
        List<FileSeal> files)
        implements RunFile {
    /** Copies the lists; as it comes from a file, nothing may be missing. */
    CheckpointFile {
        Objects.requireNonNull(runId, "runId");
        iterationSeconds = List.copyOf(iterationSeconds);
        iterationLevels = List.copyOf(iterationLevels);
        files = List.copyOf(files);
    }

    /** Before the first iteration. */
    static CheckpointFile start(String runId, int topLevel) {
        return new CheckpointFile(runId, 0, List.of(), List.of(), 0, topLevel, List.of());
    }

    /** Iterations done. */
    int iterations() {
        return iterationSeconds.size();
    }
}
