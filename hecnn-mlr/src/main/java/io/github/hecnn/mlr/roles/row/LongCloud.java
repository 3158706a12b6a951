package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.FolderLocks;
import io.github.hecnn.mlr.recipe.row.RowGradients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * The cloud of a long training: it reads job, keys and data from the folder that it shares with the owner, trains, and writes a checkpoint after every
 * refresh. Stopped at any moment, it goes on from there and ends with the same bits; a run that is done can be extended. Nothing that it is made
 * of names a secret key.
 *
 * <p>Immutable and thread-safe; the methods that begin with a setting return a cloud with it.
 */
public final class LongCloud {
    private final WorkerPool workers;
    private final SecurityLevel minimum;
    private final Path checkpoints;
    private final boolean resuming;
    private final int iterations;
    private final Duration answerTimeout;
    /** Null for this process. */
    private final RowGradients gradients;

    private LongCloud(
            WorkerPool workers,
            SecurityLevel minimum,
            Path checkpoints,
            boolean resuming,
            int iterations,
            Duration answerTimeout,
            RowGradients gradients) {
        this.workers = workers;
        this.minimum = minimum;
        this.checkpoints = checkpoints;
        this.resuming = resuming;
        this.iterations = iterations;
        this.answerTimeout = answerTimeout;
        this.gradients = gradients;
    }

    /**
     * A cloud that takes jobs of 128-bit security, trains as many iterations as they say, from the start, and waits an hour for an answer.
     *
     * @param workers threads; the pool is the caller's to close
     */
    public static LongCloud on(WorkerPool workers) {
        return new LongCloud(
                Objects.requireNonNull(workers, "workers"),
                SecurityLevel.CLASSICAL_128,
                null,
                false,
                0,
                Duration.ofHours(1),
                null);
    }

    /** For tests: takes jobs whatever the security of their parameters. */
    public LongCloud ofAnySecurity() {
        return new LongCloud(workers, SecurityLevel.NONE, checkpoints, resuming, iterations, answerTimeout, gradients);
    }

    /** Where checkpoints go, a folder for one run; {@code checkpoint} in the shared folder unless told. */
    public LongCloud checkpointsIn(Path folder) {
        return new LongCloud(workers, minimum, folder, resuming, iterations, answerTimeout, gradients);
    }

    /** Whether to go on from the checkpoint, if there is one. If not, and there is one, training is refused. */
    public LongCloud resuming(boolean value) {
        return new LongCloud(workers, minimum, checkpoints, value, iterations, answerTimeout, gradients);
    }

    /** Iterations to do in all, in place of those of the job: fewer, or as many as the owner has rehearsed. */
    public LongCloud iterations(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("cloud: train: expected 1 iteration or more, found " + value
                    + "; leave it out for those of the job");
        }
        return new LongCloud(workers, minimum, checkpoints, resuming, value, answerTimeout, gradients);
    }

    /** How long to wait for an answer of the owner. */
    public LongCloud answerTimeout(Duration value) {
        return new LongCloud(
                workers, minimum, checkpoints, resuming, iterations, Objects.requireNonNull(value), gradients);
    }

    /** Who takes the gradients of blocks; this process unless told. Blocks then have to be where they are read, and not in the shared folder. */
    public LongCloud gradientsFrom(RowGradients value) {
        return new LongCloud(
                workers, minimum, checkpoints, resuming, iterations, answerTimeout, Objects.requireNonNull(value));
    }

    /** Trains without telling how it comes along; see {@link #train(Path, LongListener)}. */
    public LongResultFile train(Path exchange) throws IOException {
        return train(exchange, LongListener.QUIET);
    }

    /**
     * Trains.
     *
     * @param exchange the folder that owner and cloud share
     * @param listener hears of phases and iterations
     * @return the account, which lies beside the job with the encrypted weights of every iteration
     * @throws DataFormatException if job, keys, data set or checkpoint are missing, damaged or do not belong together; if there is a
     *     checkpoint and this cloud is not {@link #resuming}
     * @throws IllegalArgumentException if it does not fit into this virtual machine, or more iterations are asked for than were rehearsed
     * @throws IOException if there is no room, a file cannot be read or written, another run works in a folder, this thread is interrupted, or the
     *     owner does not answer in time: the checkpoint is kept
     * @throws io.github.hecnn.ckks.error.HeException if parameters are not secure, or keys or ciphertexts do not fit
     */
    @SuppressWarnings("try") // the locks are only held
    public LongResultFile train(Path exchange, LongListener listener) throws IOException {
        Path state = checkpoints == null ? exchange.resolve("checkpoint") : checkpoints;
        try (FolderLocks locks = new FolderLocks("cloud-train").write(exchange).write(state)) {
            ExchangeFolder<LongJobFile, LongResultFile> shared = LongExchange.in(exchange);
            LongJobFile job = shared.job();
            LongRun run = LongRun.of(job, shared, workers, minimum, wanted(job), gradients);
            LongQuestions questions = new LongQuestions(LongExchange.runFolder(exchange, job), job, answerTimeout);
            return run.train(state, resuming, questions, listener);
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private int wanted(LongJobFile job) {
        int wanted = iterations == 0 ? job.iterations() : iterations;
        if (wanted > job.mostIterations()) {
            throw new IllegalArgumentException("cloud: train: expected at most " + job.mostIterations()
                    + " iterations as the owner has rehearsed, found " + wanted
                    + "; have the owner prepare a job that is extendableTo more");
        }
        return wanted;
    }

    @Override
    public String toString() {
        return "cloud on " + workers;
    }
}
