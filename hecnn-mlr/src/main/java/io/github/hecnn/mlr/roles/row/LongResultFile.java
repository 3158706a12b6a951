package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.exchange.RunFile;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the cloud says about its work, {@code cloud-report.json}, and in {@code question.json} when it asks the owner whether to go on.
 *
 * @param runId of the job
 * @param stopped whether the owner said to stop
 * @param iterationSeconds of each iteration, refresh and checkpoint included
 * @param trainingSeconds of this process, from the keys on the disk to the last weights, waiting for answers not counted
 * @param elapsedSeconds of this process
 * @param checkpointBytes of the state on the disk
 * @param secondsByOperation what the operations of the training took, as {@link io.github.hecnn.ckks.slots.OperationTimes} measures it in the process that
 *     ended it
 * @param machine what the cloud ran on
 * @param files the encrypted weights of each iteration, at the lowest level
 */
public record LongResultFile(
        String runId,
        boolean stopped,
        List<Double> iterationSeconds,
        double trainingSeconds,
        double elapsedSeconds,
        long checkpointBytes,
        Map<Operation, Double> secondsByOperation,
        Machine.Used machine,
        List<FileSeal> files)
        implements RunFile {
    /**
     * Copies the lists; as it comes from a file, nothing may be missing.
     *
     * @param runId of the job
     * @param stopped whether the owner said to stop
     * @param iterationSeconds of each iteration, refresh and checkpoint included
     * @param trainingSeconds of this process, from the keys on the disk to the last weights, waiting for answers not counted
     * @param elapsedSeconds of this process
     * @param checkpointBytes of the state on the disk
     * @param secondsByOperation what its operations took
     * @param machine what it ran on
     * @param files the encrypted weights of each iteration, at the lowest level
     */
    public LongResultFile {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(machine, "machine");
        iterationSeconds = List.copyOf(iterationSeconds);
        secondsByOperation = Map.copyOf(secondsByOperation);
        files = List.copyOf(files);
    }

    /** {@return iterations that it tells of} */
    public int iterations() {
        return files.size();
    }
}
