package io.github.hecnn.mlr.roles;

import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.exchange.FolderLocks;
import io.github.hecnn.mlr.plan.PlanRole;
import io.github.hecnn.mlr.recipe.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The cloud: trains a job that holds evaluation keys and ciphertexts only. Nothing that it is made of names a secret key. Immutable and
 * thread-safe.
 */
public final class CloudTrainer {
    private final WorkerPool workers;
    /** Null without checkpoints. */
    private final Path checkpoints;

    private CloudTrainer(WorkerPool workers, Path checkpoints) {
        this.workers = workers;
        this.checkpoints = checkpoints;
    }

    /**
     * {@return a cloud that works there}
     *
     * @param workers threads; the pool is the caller's to close
     */
    public static CloudTrainer on(WorkerPool workers) {
        return new CloudTrainer(Objects.requireNonNull(workers, "workers"), null);
    }

    /**
     * {@return this cloud with a checkpoint after each iteration: a training that was stopped at any moment goes on after its last complete
     * iteration, in another process too, and gives the same bits} When the result is written, its checkpoint is deleted.
     *
     * @param folder for the training of one job at a time, made if need be; nothing secret comes into it
     */
    public CloudTrainer checkpointsIn(Path folder) {
        return new CloudTrainer(workers, Objects.requireNonNull(folder, "folder"));
    }

    /**
     * Reads the job in a folder; see {@link TrainingJob#read(Path, WorkerPool)}.
     *
     * @param folder where it lies
     * @return the job
     */
    public TrainingJob read(Path folder) {
        return TrainingJob.read(folder, workers);
    }

    /**
     * Trains without telling how it comes along; see {@link #train(TrainingJob, TrainingListener)}.
     *
     * @param job what is asked for
     * @return the encrypted weights
     */
    public TrainingResult train(TrainingJob job) {
        return train(job, TrainingListener.NONE);
    }

    /**
     * Trains; with checkpoints from the last one of the job, if there is one.
     *
     * @param job what to train
     * @param listener told after each iteration, by the calling thread, and not of those that a checkpoint has
     * @return the encrypted weights
     * @throws IllegalArgumentException if it does not fit into this virtual machine
     * @throws io.github.hecnn.ckks.error.HeException if keys and uploads do not belong together, or something is missing
     * @throws io.github.hecnn.mlr.data.DataFormatException if the checkpoint is damaged, or of another job
     * @throws UncheckedIOException if a checkpoint cannot be read or written, or another training has its folder
     */
    @SuppressWarnings("try") // the lock is only held
    public TrainingResult train(TrainingJob job, TrainingListener listener) {
        RoleMemory.require("cloud: train", job.plan().memoryBytes(PlanRole.TRAIN));
        if (checkpoints == null) {
            return new CloudRun(job, workers, listener, null).train(null);
        }
        try (FolderLocks lock = new FolderLocks("cloud-train").write(checkpoints)) {
            TrainingCheckpoints kept = new TrainingCheckpoints(checkpoints, new CkksSerializer(job.context(workers)));
            return new CloudRun(job, workers, listener, kept).train(kept.read(job.runId()));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "cloud on " + workers;
    }
}
