package io.github.hecnn.mlr.roles;

import io.github.hecnn.ckks.circuit.CkksSlotAlgebra;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.plan.PlanRole;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The cloud: trains a job that holds evaluation keys and ciphertexts only. Nothing that it is made of names a secret key. Immutable and
 * thread-safe.
 */
public final class CloudTrainer {
    private final WorkerPool workers;

    private CloudTrainer(WorkerPool workers) {
        this.workers = workers;
    }

    /**
     * A cloud that works there.
     *
     * @param workers threads; the pool is the caller's to close
     */
    public static CloudTrainer on(WorkerPool workers) {
        return new CloudTrainer(Objects.requireNonNull(workers, "workers"));
    }

    /** Reads the job in a folder; see {@link TrainingJob#read(Path, WorkerPool)}. */
    public TrainingJob read(Path folder) {
        return TrainingJob.read(folder, workers);
    }

    /** Trains without telling how it comes along; see {@link #train(TrainingJob, TrainingListener)}. */
    public TrainingResult train(TrainingJob job) {
        return train(job, TrainingListener.NONE);
    }

    /**
     * Trains.
     *
     * @param job what to train
     * @param listener told after each iteration, by the calling thread
     * @return the encrypted weights
     * @throws IllegalArgumentException if it does not fit into this virtual machine
     * @throws io.github.hecnn.ckks.error.HeException if keys and uploads do not belong together, or something is missing
     */
    public TrainingResult train(TrainingJob job, TrainingListener listener) {
        long start = System.nanoTime();
        RoleMemory.require("cloud: train", job.plan().memoryBytes(PlanRole.TRAIN));
        CkksContext context = job.context(workers);
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, job.keys());
        List<IterationReport> reports = new ArrayList<>();
        TrainingListener both = new TrainingListener() {
            @Override
            public void iterationDone(IterationReport report) {
                reports.add(report);
                listener.iterationDone(report);
            }

            @Override
            public void progress(String phase, double fraction) {
                listener.progress(phase, fraction);
            }
        };
        List<List<Ciphertext>> weights = job.plan().recipe().train(algebra, job.uploads(), both);
        double seconds = (System.nanoTime() - start) * 1e-9;
        ResultFile account = new ResultFile(
                job.runId(),
                seconds,
                job.readSeconds() + seconds,
                reports.stream().map(IterationReport::seconds).toList(),
                reports.stream().map(IterationReport::level).toList(),
                algebra.counts().keySwitches(),
                job.parameters().maxLevel() - algebra.counts().lowestLevel(),
                Machine.kernels(),
                workers.threads(),
                Machine.java(),
                Machine.peakMemoryBytes(),
                List.of());
        return new TrainingResult(account, context, weights, job.readSeconds() + seconds);
    }

    @Override
    public String toString() {
        return "cloud on " + workers;
    }
}
