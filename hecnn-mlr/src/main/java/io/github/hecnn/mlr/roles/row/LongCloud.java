package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.FolderLocks;
import io.github.hecnn.mlr.recipe.TrainingState;
import io.github.hecnn.mlr.recipe.row.RowAlgebras;
import io.github.hecnn.mlr.recipe.row.RowGradients;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import io.github.hecnn.mlr.serving.CloudPredictor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
     * {@return a cloud that takes jobs of 128-bit security, trains as many iterations as they say, from the start, and waits an hour for an answer}
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

    /** {@return for tests: takes jobs whatever the security of their parameters} */
    public LongCloud ofAnySecurity() {
        return new LongCloud(workers, SecurityLevel.NONE, checkpoints, resuming, iterations, answerTimeout, gradients);
    }

    /**
     * {@return where checkpoints go, a folder for one run; that of the run in the shared folder unless told}
     *
     * @param folder made if need be
     */
    public LongCloud checkpointsIn(Path folder) {
        return new LongCloud(workers, minimum, folder, resuming, iterations, answerTimeout, gradients);
    }

    /**
     * {@return whether to go on from the checkpoint, if there is one} If not, and there is one, training is refused.
     *
     * @param value true to go on
     */
    public LongCloud resuming(boolean value) {
        return new LongCloud(workers, minimum, checkpoints, value, iterations, answerTimeout, gradients);
    }

    /**
     * {@return iterations to do in all, in place of those of the job: fewer, or as many as the owner has rehearsed}
     *
     * @param value from 1
     * @throws IllegalArgumentException if it is below 1
     */
    public LongCloud iterations(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("cloud: train: expected 1 iteration or more, found " + value
                    + "; leave it out for those of the job");
        }
        return new LongCloud(workers, minimum, checkpoints, resuming, value, answerTimeout, gradients);
    }

    /**
     * {@return how long to wait for an answer of the owner}
     *
     * @param value positive
     */
    public LongCloud answerTimeout(Duration value) {
        return new LongCloud(
                workers, minimum, checkpoints, resuming, iterations, Objects.requireNonNull(value), gradients);
    }

    /**
     * {@return who takes the gradients of blocks; this process unless told} Blocks then have to be where they are read, and not in the shared folder.
     *
     * @param value takes them
     */
    public LongCloud gradientsFrom(RowGradients value) {
        return new LongCloud(
                workers, minimum, checkpoints, resuming, iterations, answerTimeout, Objects.requireNonNull(value));
    }

    /**
     * Trains without telling how it comes along; see {@link #train(Path, LongListener)}.
     *
     * @param exchange the folder that both sides share
     * @return the account of the training
     * @throws IOException if a file cannot be read or written
     */
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
        ExchangeFolder<LongJobFile, LongResultFile> shared = LongExchange.in(exchange);
        try (FolderLocks locks = new FolderLocks("cloud-train").write(exchange)) {
            LongJobFile job = shared.job();
            Path run = LongExchange.runFolder(exchange, job);
            Path state = checkpoints == null ? run : checkpoints;
            locks.write(state);
            LongRun training = LongRun.of(job, shared, workers, minimum, wanted(job), gradients);
            return training.train(state, resuming, new LongQuestions(run, job, answerTimeout), listener);
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * The scheme of a job, for {@link #weights}.
     *
     * @param exchange the folder that owner and cloud share
     * @return context of its parameters on the threads of this cloud
     * @throws DataFormatException if the job is missing, damaged, or less secure than this cloud demands
     * @throws IOException if it cannot be read
     */
    public CkksContext context(Path exchange) throws IOException {
        LongJobFile job = LongExchange.in(exchange).job();
        RowParameters parameters = job.parameters(job.recipe(minimum));
        return CkksContext.create(parameters.bootstrap().ckksParameters(), workers);
    }

    /**
     * The weights of the checkpoint, encrypted and with levels left, to be served as they are
     * ({@link io.github.hecnn.mlr.serving.EncryptedModel#ofTraining}).
     *
     * @param exchange the folder that owner and cloud share
     * @param context of {@link #context}
     * @return one ciphertext, at the canonical scale of its level
     * @throws DataFormatException if there is no checkpoint, or it is damaged or not that of the job
     * @throws IOException if a file cannot be read, or another run works in a folder
     */
    public List<Ciphertext> weights(Path exchange, CkksContext context) throws IOException {
        try (FolderLocks locks = new FolderLocks("cloud-predict").read(exchange)) {
            LongJobFile job = LongExchange.in(exchange).job();
            Path state = checkpoints == null ? LongExchange.runFolder(exchange, job) : checkpoints;
            locks.read(state);
            RowRecipe recipe = job.recipe(minimum);
            CheckpointFolder checkpoint = new CheckpointFolder(state, new CkksSerializer(context));
            if (!checkpoint.isThere()) {
                throw new DataFormatException(
                        "cloud: weights: expected a checkpoint in " + state + ", found none; " + LongFiles.TRAIN_AGAIN);
            }
            TrainingState<Ciphertext> last = checkpoint.read(checkpoint.head(job));
            SlotAlgebra<Ciphertext> algebra = new CkksSlotAlgebra(context, EvaluationKeys.none());
            int level = job.parameters(recipe).featureLevel();
            return recipe.training(recipe.design(RowAlgebras.of(algebra), i -> null, level))
                    .weights(last);
        }
    }

    /**
     * Answers the owner's {@link LongOwner#askPredictions} with the weights of the checkpoint, which this cannot read.
     *
     * @param exchange the folder that owner and cloud share
     * @return number of batches that were answered
     * @throws DataFormatException if question, keys, job or checkpoint are missing, damaged, or do not belong together
     * @throws io.github.hecnn.ckks.error.HeException as {@link CloudPredictor#answer(Path)}
     * @throws IOException if a file cannot be read or written, or another run works in a folder
     */
    public int answerPredictions(Path exchange) throws IOException {
        CkksContext context = context(exchange);
        try {
            return CloudPredictor.ofTraining(context, weights(exchange, context), LongFiles.served(exchange))
                    .answer(LongFiles.questions(exchange));
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private int wanted(LongJobFile job) {
        if (iterations > job.mostIterations()) {
            throw new IllegalArgumentException("cloud: train: expected at most " + job.mostIterations()
                    + " iterations as the owner has rehearsed, found " + iterations
                    + "; have the owner prepare a job that is extendableTo more");
        }
        return iterations == 0 ? job.iterations() : iterations;
    }

    @Override
    public String toString() {
        return "cloud on " + workers;
    }
}
