package io.github.hecnn.mlr.roles;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.core.files.AtomicFile;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.FolderLocks;
import io.github.hecnn.mlr.exchange.JobWriter;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.exchange.OwnFolder;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.plan.PlanRole;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import io.github.hecnn.mlr.roles.secret.OwnerSecret;
import io.github.hecnn.mlr.training.PreparedTraining;
import io.github.hecnn.mlr.training.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The owner of the data: plans a training, makes keys, encrypts, and opens the result. In one process:
 *
 * <pre>{@code
 * DataOwner owner = DataOwner.prepare(dataset, settings);
 * TrainingResult result = CloudTrainer.on(workers).train(owner.job());
 * MlrModel model = owner.open(result);
 * }</pre>
 *
 * <p>In three: {@link #write} puts the secrets into the owner's own folder and the job into one that is shared; the cloud reads the job
 * there and writes its result beside it; {@link #read(Path, Path)} and {@link #open(Path)} need these two folders and no data: the owner keeps its
 * scaling and a factor for each feature, not the data.
 *
 * <p>Thread-safe. {@link #close} ends its worker threads, if the settings asked for a number of its own; otherwise it does nothing.
 */
public final class DataOwner implements AutoCloseable {
    private final OwnerSecret secret;
    private final WorkerPool workers;
    private final CkksContext context;
    private final OwnerWeights weights;
    private final OwnerFile state;
    /** Null for an owner that was read from files. */
    private final TrainingJob job;

    private DataOwner(
            OwnerSecret secret,
            WorkerPool workers,
            CkksContext context,
            OwnerWeights weights,
            OwnerFile state,
            TrainingJob job) {
        this.secret = secret;
        this.workers = workers;
        this.context = context;
        this.weights = weights;
        this.state = state;
        this.job = job;
    }

    /**
     * Prepares a training: scales, plans, makes keys and encrypts.
     *
     * @param dataset features as they come, and labels
     * @param settings how to train
     * @return the owner with its job
     * @throws IllegalArgumentException if the data cannot be learned from or scaled, a score leaves the interval of the sigmoid
     *     polynomial and the settings do not say to go on, or this role does not fit into this virtual machine
     * @throws io.github.hecnn.mlr.plan.NoPlanException if the training does not fit into the limits of the settings
     */
    public static DataOwner prepare(LabeledDataset dataset, TrainingSettings settings) {
        PreparedTraining training = PreparedTraining.of(dataset, settings);
        // Scores outside of the interval are the better reason than that there is no plan.
        PlainTrainer.rehearse(training.design(), training.labels(), training.config());
        TrainingPlan plan = training.plan();
        WorkerPool workers = settings.threads() == 0 ? WorkerPool.common() : WorkerPool.ofThreads(settings.threads());
        try {
            return prepare(training, plan, workers, RandomSource.secure(), RoleListener.NONE);
        } catch (RuntimeException | Error e) {
            workers.close();
            throw e;
        }
    }

    /**
     * {@return the same, step by step}
     *
     * @param training what is done in the clear
     * @param plan of that training
     * @param workers threads; the pool is the caller's to close, or is closed with this owner
     * @param random of keys and encryption; whoever can repeat it can repeat the secret key
     * @param listener hears of the phases
     * @throws IllegalArgumentException as {@link #prepare(LabeledDataset, TrainingSettings)}
     */
    public static DataOwner prepare(
            PreparedTraining training,
            TrainingPlan plan,
            WorkerPool workers,
            RandomSource random,
            RoleListener listener) {
        long start = System.nanoTime();
        RoleMemory.require("owner: encrypt", plan.memoryBytes(PlanRole.ENCRYPT));
        OwnerWeights weights = OwnerWeights.of(training, plan);
        CkksContext context = CkksContext.create(plan.parameters(), workers);
        long keysStart = System.nanoTime();
        OwnerSecret secret = OwnerSecret.make(context, random);
        EvaluationKeys evaluationKeys = listener.during(
                "owner: make keys",
                () -> secret.evaluationKeys(
                        context,
                        RotationSteps.of(plan.rotationSteps()),
                        plan.needsConjugation(),
                        random.fork("evaluation-keys"),
                        made -> listener.counted("key", made, plan.keys())));
        long encryptStart = System.nanoTime();
        List<Ciphertext> uploads = listener.during(
                "owner: encrypt",
                () -> encrypted(
                        plan.recipe().encodeInputs(training.design(), training.labels(), weights.columns()),
                        secret.encryption(random),
                        plan.parameters().maxLevel(),
                        listener));
        long end = System.nanoTime();
        JobFile description = JobFile.of(
                ExchangeFolder.newRun(),
                training.settings().recipe(),
                plan,
                training.settings().limits());
        OwnerFile state = weights.state(description, training.settings())
                .took((encryptStart - keysStart) * 1e-9, (end - encryptStart) * 1e-9, (end - start) * 1e-9);
        return new DataOwner(
                secret,
                workers,
                context,
                weights,
                state,
                new TrainingJob(description, plan, context, workers, evaluationKeys, uploads, 0));
    }

    private static List<Ciphertext> encrypted(
            List<PlainVector> inputs,
            BiFunction<PlainVector, Integer, Ciphertext> encryption,
            int level,
            RoleListener listener) {
        List<Ciphertext> out = new ArrayList<>(inputs.size());
        for (PlainVector input : inputs) {
            out.add(encryption.apply(input, level));
            listener.counted("ciphertext", out.size(), inputs.size());
        }
        return List.copyOf(out);
    }

    /**
     * {@return what the cloud is given}
     *
     * @throws IllegalStateException if this owner was read from files, which do not keep the job's keys for it
     */
    public TrainingJob job() {
        if (job == null) {
            throw new IllegalStateException(
                    "DataOwner.job: expected an owner that prepared its job in this process, found"
                            + " one that was read from files; read the job with CloudTrainer.read");
        }
        return job;
    }

    /** {@return what it takes} */
    public TrainingPlan plan() {
        return weights.plan();
    }

    /** {@return the scheme's parameters} */
    public CkksParameters parameters() {
        return context.parameters();
    }

    /** {@return what the owner remembers; private} */
    public OwnerFile state() {
        return state;
    }

    /**
     * Writes secrets and job, for other processes to go on. An earlier run in these folders stands until the new one is complete, and is
     * then deleted.
     *
     * @param own the owner's folder, which the cloud must not see; made if need be, its files readable by this user only
     * @param exchange the folder that owner and cloud share; made if need be
     * @throws UncheckedIOException if they cannot be written, or another run works in one of them
     * @throws IllegalStateException as {@link #job}
     */
    @SuppressWarnings("try") // the locks are only held
    public void write(Path own, Path exchange) {
        try (FolderLocks locks = new FolderLocks("owner-encrypt").write(own).write(exchange)) {
            write(OwnerFile.in(own), TrainingExchange.in(exchange), "", RoleListener.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * The same in folders whose locks the caller has.
     *
     * @param own the owner's folder
     * @param exchange the folder that owner and cloud share
     * @param note to be found in {@link #state} later; private
     * @param listener hears of the phase
     * @throws IOException if they cannot be written
     * @throws UncheckedIOException if a ciphertext or key cannot be written
     */
    public void write(
            OwnFolder<OwnerFile> own, ExchangeFolder<JobFile, ResultFile> exchange, String note, RoleListener listener)
            throws IOException {
        long start = System.nanoTime();
        TrainingJob sent = job();
        CkksSerializer serializer = new CkksSerializer(context);
        long keyBytes = serializer.wireBytes(sent.keys());
        long uploadBytes =
                sent.uploads().stream().mapToLong(serializer::wireBytes).sum();
        try (JobWriter<JobFile, OwnerFile> files =
                new JobWriter<>(exchange, own, sent.runId(), keyBytes + uploadBytes)) {
            CkksParameters parameters = context.parameters();
            files.share(
                    TrainingExchange.PARAMETERS,
                    CkksSerializer.wireBytes(parameters),
                    out -> CkksSerializer.write(out, parameters));
            secret.keep(files);
            files.keep(OwnerFile.UNTRAINED, AtomicFile.UNKNOWN_BYTES, weights::writeUntrained);
            listener.during("owner: write keys", () -> {
                try {
                    files.share(TrainingExchange.EVALUATION_KEYS, keyBytes, out -> serializer.write(out, sent.keys()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return null;
            });
            for (int k = 1; k <= sent.uploads().size(); k++) {
                Ciphertext upload = sent.uploads().get(k - 1);
                files.share(
                        TrainingExchange.input(k), serializer.wireBytes(upload), out -> serializer.write(out, upload));
            }
            double seconds = state.elapsedSeconds() + (System.nanoTime() - start) * 1e-9;
            files.commit(
                    sent.description()::withFiles,
                    (described, seals) -> state.written(
                            described, seals, uploadBytes, keyBytes, seconds, Machine.peakMemoryBytes(), note));
        }
    }

    /**
     * {@return an owner from the folders it wrote; it can open the result}
     *
     * @param own the owner's folder
     * @param exchange the folder that owner and cloud share
     * @throws io.github.hecnn.mlr.data.DataFormatException if a file is missing, damaged or foreign, or the job is not this owner's
     * @throws IllegalArgumentException if this role does not fit into this virtual machine
     * @throws UncheckedIOException if a file cannot be read, or another run works in one of the folders
     */
    @SuppressWarnings("try") // the locks are only held
    public static DataOwner read(Path own, Path exchange) {
        try (FolderLocks locks = new FolderLocks("owner-decrypt").read(own).read(exchange)) {
            return read(OwnerFile.in(own), TrainingExchange.in(exchange), WorkerPool.common());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * {@return the same from folders whose locks the caller has}
     *
     * @param own the owner's folder
     * @param exchange the folder that both sides share
     * @param workers threads; the pool is the caller's to close
     * @throws IOException if a file cannot be read
     * @throws io.github.hecnn.mlr.data.DataFormatException if a file is missing, damaged or of another run
     * @throws io.github.hecnn.ckks.error.HeException if the secret key does not fit the parameters
     */
    public static DataOwner read(
            OwnFolder<OwnerFile> own, ExchangeFolder<JobFile, ResultFile> exchange, WorkerPool workers)
            throws IOException {
        JobFile job = exchange.job();
        OwnerFile state = own.state(job.runId());
        state.requireJob(exchange.jobFile(), job, exchange.protocol().askAgain());
        Path secretKeyFile = own.files(state).get(OwnerFile.SECRET_KEY);
        MlrModel untrained = MlrModel.read(own.files(state).get(OwnerFile.UNTRAINED));
        SecurityLevel security = SecurityLevel.reachedBy(state.securityBits());
        TrainingPlan plan = job.plan(
                security,
                exchange.protocol().askAgain(),
                PlanRole.DECRYPT,
                config -> state.complete(config, untrained));
        CkksParameters parameters = TrainingJob.parameters(
                exchange.jobFiles(job).get(TrainingExchange.PARAMETERS),
                plan,
                security,
                exchange.protocol().askAgain());
        CkksContext context = CkksContext.create(parameters, workers);
        OwnerWeights weights = OwnerWeights.of(plan, state, untrained);
        return new DataOwner(OwnerSecret.read(context, secretKeyFile), workers, context, weights, state, null);
    }

    /**
     * Decrypts a result.
     *
     * @param result of this owner's job
     * @return the model after the last iteration
     * @throws IllegalArgumentException if it is the result of another job, or decrypts to weights that are not those of this training
     * @throws io.github.hecnn.ckks.error.HeException if its ciphertexts are of other parameters or keys
     */
    public MlrModel open(TrainingResult result) {
        if (!result.runId().equals(state.runId()) || result.weights().size() != weights.iterations()) {
            throw new IllegalArgumentException("open: expected the result of run " + state.runId() + " with "
                    + weights.iterations() + " iterations, found that of run " + result.runId() + " with "
                    + result.weights().size() + "; give the result of this owner's job");
        }
        int last = weights.iterations();
        return weights.model(
                last,
                result.weights().get(last - 1).stream().map(secret::decrypt).toList());
    }

    /**
     * Decrypts the result in a folder.
     *
     * @param exchange the folder that owner and cloud share
     * @return the model after the last iteration
     * @throws io.github.hecnn.mlr.data.DataFormatException if a file is missing, damaged or foreign
     * @throws IllegalArgumentException as {@link #open(TrainingResult)}
     * @throws UncheckedIOException if a file cannot be read, or another run works in the folder
     */
    @SuppressWarnings("try") // the lock is only held
    public MlrModel open(Path exchange) {
        try (FolderLocks lock = new FolderLocks("owner-decrypt").read(exchange)) {
            return result(TrainingExchange.in(exchange)).model(weights.iterations());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * {@return the result in a folder whose lock the caller has; all its files are checked}
     *
     * @param exchange the folder that both sides share
     * @throws IOException if a file cannot be read
     */
    public OpenedResult result(ExchangeFolder<JobFile, ResultFile> exchange) throws IOException {
        String fix = exchange.protocol().answerAgain();
        ResultFile account = exchange.answer(state).ofIterations(weights.iterations(), fix);
        return new OpenedResult(
                account, exchange.answerFiles(account).checkAll(), new CkksSerializer(context), secret, weights);
    }

    @Override
    public void close() {
        workers.close();
    }
}
