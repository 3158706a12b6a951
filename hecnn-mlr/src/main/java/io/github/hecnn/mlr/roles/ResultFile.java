package io.github.hecnn.mlr.roles;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.exchange.RunFile;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the cloud says about its work, {@code cloud-report.json}.
 *
 * @param runId of the job
 * @param trainingSeconds from the uploads to the last encrypted weights, in memory
 * @param elapsedSeconds of the whole role, reading and writing included
 * @param iterationSeconds training time of each iteration; the first includes the preparation of the uploads
 * @param iterationLevels level of the encrypted weights of each iteration
 * @param keySwitches rotations, conjugations and relinearisations of the whole training
 * @param levelsUsed levels from the uploads down to the lowest result
 * @param secondsByOperation what the operations of the training took, as {@link io.github.hecnn.ckks.slots.OperationTimes} measures it in the process that
 *     ended it
 * @param machine what the cloud ran on
 * @param files the encrypted weights
 */
public record ResultFile(
        String runId,
        double trainingSeconds,
        double elapsedSeconds,
        List<Double> iterationSeconds,
        List<Integer> iterationLevels,
        long keySwitches,
        int levelsUsed,
        Map<Operation, Double> secondsByOperation,
        Machine.Used machine,
        List<FileSeal> files)
        implements RunFile {
    /**
     * Copies the lists; as it comes from a file, nothing may be missing.
     *
     * @param runId of the job
     * @param trainingSeconds from the uploads to the last encrypted weights, in memory
     * @param elapsedSeconds of the whole role, reading and writing included
     * @param iterationSeconds training time of each iteration; the first includes the preparation of the uploads
     * @param iterationLevels level of the encrypted weights of each iteration
     * @param keySwitches rotations, conjugations and relinearisations of the whole training
     * @param levelsUsed levels from the uploads down to the lowest result
     * @param secondsByOperation what its operations took
     * @param machine what it ran on
     * @param files the encrypted weights
     */
    public ResultFile {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(machine, "machine");
        iterationSeconds = List.copyOf(iterationSeconds);
        iterationLevels = List.copyOf(iterationLevels);
        secondsByOperation = Map.copyOf(secondsByOperation);
        files = List.copyOf(files);
    }

    /** The same with what is said about its files, and the time that took. */
    ResultFile with(List<FileSeal> seals, double seconds) {
        return new ResultFile(
                runId,
                trainingSeconds,
                seconds,
                iterationSeconds,
                iterationLevels,
                keySwitches,
                levelsUsed,
                secondsByOperation,
                machine,
                seals);
    }

    /**
     * This account, if it tells of every iteration.
     *
     * @param iterations of the job
     * @param fix said at the end of an error
     * @throws DataFormatException if it tells of more or fewer
     */
    ResultFile ofIterations(int iterations, String fix) {
        if (iterationSeconds.size() != iterations || iterationLevels.size() != iterations) {
            throw new DataFormatException("cloud report: expected times and levels of " + iterations
                    + " iterations, found " + iterationSeconds.size() + " and " + iterationLevels.size() + "; " + fix);
        }
        return this;
    }
}
