package io.github.hecnn.mlr.roles;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.files.FileSet;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.FolderLocks;
import io.github.hecnn.mlr.exchange.SealedFiles;
import io.github.hecnn.mlr.plan.PlanRole;
import io.github.hecnn.mlr.plan.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the cloud is given: the public settings of a training, parameters, evaluation keys and encrypted uploads, which are at the top level and its
 * canonical scale. No secret is in it, by
 * type. {@link DataOwner#job} makes it; {@link #read(Path, WorkerPool)} reads it from the folder that {@link DataOwner#write} wrote.
 *
 * <p>Immutable and thread-safe.
 */
public final class TrainingJob {
    private final JobFile description;
    private final TrainingPlan plan;
    private final CkksContext context;
    private final WorkerPool workers;
    private final EvaluationKeys keys;
    private final List<Ciphertext> uploads;
    private final double readSeconds;

    TrainingJob(
            JobFile description,
            TrainingPlan plan,
            CkksContext context,
            WorkerPool workers,
            EvaluationKeys keys,
            List<Ciphertext> uploads,
            double readSeconds) {
        this.description = description;
        this.plan = plan;
        this.context = context;
        this.workers = workers;
        this.keys = keys;
        this.uploads = List.copyOf(uploads);
        this.readSeconds = readSeconds;
    }

    /**
     * Reads a job, 128-bit secure.
     *
     * @param folder that owner and cloud share
     * @param workers where it will be trained
     * @return the job
     * @throws DataFormatException if a file is missing, damaged or foreign
     * @throws IllegalArgumentException if there is no such training, it does not fit into this virtual machine, or its parameters are not
     *     those of its plan
     * @throws io.github.hecnn.ckks.error.HeException if parameters are not secure, or keys or ciphertexts do not fit
     * @throws UncheckedIOException if a file cannot be read, or another run works in the folder
     */
    public static TrainingJob read(Path folder, WorkerPool workers) {
        return locked(folder, workers, SecurityLevel.CLASSICAL_128);
    }

    /**
     * {@return the same for tests, whatever the security of its parameters; see {@link #read(Path, WorkerPool)}}
     *
     * @param folder where it lies
     * @param workers threads; the pool is the caller's to close
     * @throws DataFormatException as there
     * @throws io.github.hecnn.ckks.error.HeException as there, except for security
     * @throws UncheckedIOException as there
     */
    public static TrainingJob readOfAnySecurity(Path folder, WorkerPool workers) {
        return locked(folder, workers, SecurityLevel.NONE);
    }

    @SuppressWarnings("try") // the lock is only held
    private static TrainingJob locked(Path folder, WorkerPool workers, SecurityLevel minimum) {
        try (FolderLocks lock = new FolderLocks("cloud-train").read(folder)) {
            return read(TrainingExchange.in(folder), workers, minimum, RoleListener.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * Reads a job from a folder whose lock the caller has.
     *
     * @param exchange that owner and cloud share
     * @param workers where it will be trained
     * @param minimum security that the parameters must have
     * @param listener hears of reading the evaluation keys, which takes longest
     * @return the job
     * @throws IOException if a file cannot be read
     * @throws DataFormatException if a file is missing, damaged or of another run, or its sizes are not those of the plan
     * @throws UncheckedIOException if keys or uploads cannot be read
     * @throws io.github.hecnn.ckks.error.HeException if parameters are not secure, or keys or ciphertexts do not fit
     */
    public static TrainingJob read(
            ExchangeFolder<JobFile, ResultFile> exchange,
            WorkerPool workers,
            SecurityLevel minimum,
            RoleListener listener)
            throws IOException {
        long start = System.nanoTime();
        String fix = exchange.protocol().askAgain();
        JobFile job = exchange.job();
        SealedFiles files = exchange.jobFiles(job).checkAll();
        TrainingPlan plan = job.plan(minimum, fix, PlanRole.TRAIN, config -> config);
        FileSet.requireRoom(exchange.path(), plan.downloadBytes());
        CkksParameters parameters = parameters(files.get(TrainingExchange.PARAMETERS), plan, minimum, fix);
        CkksContext context = CkksContext.create(parameters, workers);
        CkksSerializer serializer = new CkksSerializer(context);
        List<Ciphertext> uploads = new ArrayList<>();
        for (int k = 1; k <= plan.recipe().uploads(); k++) {
            uploads.add(serializer.readCiphertext(files.get(TrainingExchange.input(k))));
        }
        Path keyFile = files.get(TrainingExchange.EVALUATION_KEYS);
        EvaluationKeys keys = listener.during("cloud: read evaluation keys", () -> keys(serializer, keyFile));
        return new TrainingJob(job, plan, context, workers, keys, uploads, (System.nanoTime() - start) * 1e-9);
    }

    private static EvaluationKeys keys(CkksSerializer serializer, Path file) {
        try {
            return serializer.readEvaluationKeys(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Parameters from a file, held against the plan of the job. */
    static CkksParameters parameters(Path file, TrainingPlan plan, SecurityLevel minimum, String fix)
            throws IOException {
        CkksParameters found = CkksSerializer.readParameters(file, minimum);
        CkksParameters expected = plan.parameters();
        if (!found.equals(expected)) {
            throw new DataFormatException("read " + file + ": expected " + expected
                    + " as in the plan of the job, found " + found + "; " + fix);
        }
        return found;
    }

    /** {@return names the job; its result carries it, too} */
    public String runId() {
        return description.runId();
    }

    /** {@return what is asked for, in words and numbers} */
    public JobFile description() {
        return description;
    }

    /** {@return what it takes} */
    public TrainingPlan plan() {
        return plan;
    }

    /** {@return the scheme's parameters} */
    public CkksParameters parameters() {
        return context.parameters();
    }

    /** {@return relinearisation, rotation and conjugation keys} */
    public EvaluationKeys keys() {
        return keys;
    }

    /** {@return the encrypted inputs} */
    public List<Ciphertext> uploads() {
        return uploads;
    }

    /** A context on given workers; the one it was made with if they are the same. */
    CkksContext context(WorkerPool wanted) {
        return wanted == workers ? context : CkksContext.create(parameters(), wanted);
    }

    double readSeconds() {
        return readSeconds;
    }

    @Override
    public String toString() {
        return "job " + runId() + ": " + plan.recipe() + ", " + parameters();
    }
}
