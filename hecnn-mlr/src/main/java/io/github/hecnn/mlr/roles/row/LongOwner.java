package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.files.FileSet;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.dataset.EncryptedDataset;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.FolderLocks;
import io.github.hecnn.mlr.exchange.JobWriter;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.exchange.OwnFolder;
import io.github.hecnn.mlr.exchange.SealedFiles;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.plan.PlanRole;
import io.github.hecnn.mlr.recipe.row.RowDataset;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import io.github.hecnn.mlr.roles.RoleMemory;
import io.github.hecnn.mlr.roles.secret.OwnerSecret;
import io.github.hecnn.mlr.serving.AnswerKind;
import io.github.hecnn.mlr.serving.QueryProfile;
import io.github.hecnn.mlr.serving.ServingOwner;
import io.github.hecnn.mlr.serving.ServingParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The owner of the data of a long training:
 *
 * <pre>{@code
 * PreparedLongTraining training = PreparedLongTraining.of(dataset, settings);   // plan and rehearsal, in the clear
 * LongOwner.write(training, own, exchange, workers, LongListener.QUIET);       // keys and encrypted data
 * LongCloud.on(workers).train(exchange);                                       // elsewhere
 * MlrModel model = LongOwner.read(own, exchange, workers).open().model();      // without the data
 * }</pre>
 *
 * <p>The secret key goes into the owner's folder only. Data is encrypted as a stream: a part in memory at a time.
 *
 * <p>Thread-safe.
 */
public final class LongOwner {
    private final OwnerSecret secret;
    private final LongWeights weights;
    private final LongOwnerFile state;
    private final CkksContext context;
    private final Path own;
    private final Path exchange;

    private LongOwner(
            OwnerSecret secret,
            LongWeights weights,
            LongOwnerFile state,
            CkksContext context,
            Path own,
            Path exchange) {
        this.secret = secret;
        this.weights = weights;
        this.state = state;
        this.context = context;
        this.own = own;
        this.exchange = exchange;
    }

    /**
     * Makes keys, encrypts, and writes it all. An earlier run in these folders stands until the new one is complete, and is then deleted.
     *
     * @param training what was done in the clear
     * @param own the owner's folder, which the cloud must not see; made if need be, its files readable by this user only
     * @param exchange the folder that owner and cloud share; made if need be
     * @param workers threads; the pool is the caller's to close
     * @param listener hears of the phases
     * @return what the owner keeps
     * @throws IOException if there is no room, a folder cannot be written to, or another run works in it; the earlier run is then as it was
     * @throws IllegalArgumentException if it does not fit into this virtual machine
     */
    public static LongOwnerFile write(
            PreparedLongTraining training, Path own, Path exchange, WorkerPool workers, LongListener listener)
            throws IOException {
        return write(training, own, exchange, workers, RandomSource.secure(), "", listener);
    }

    /**
     * The same with given randomness.
     *
     * @param random of keys and encryption; whoever can repeat it can repeat the secret key
     * @param note to be found in {@link #state} later; private
     */
    @SuppressWarnings("try") // the locks are only held
    public static LongOwnerFile write(
            PreparedLongTraining training,
            Path own,
            Path exchange,
            WorkerPool workers,
            RandomSource random,
            String note,
            LongListener listener)
            throws IOException {
        LongPlan plan = training.plan();
        RoleMemory.require("owner: encrypt", plan.memoryBytes(PlanRole.ENCRYPT));
        try (FolderLocks locks = new FolderLocks("owner-encrypt").write(own).write(exchange)) {
            FileSet.requireRoom(exchange, plan.uploadBytes() + plan.keyBytes());
            return new Writing(training, random, note, listener).run(own, exchange, workers);
        }
    }

    /** One run on its way to the disk. */
    private record Writing(PreparedLongTraining training, RandomSource random, String note, LongListener listener) {
        LongOwnerFile run(Path own, Path exchange, WorkerPool workers) throws IOException {
            long start = System.nanoTime();
            LongPlan plan = training.plan();
            RowParameters parameters = plan.parameters();
            LongJobFile job = LongJobFile.of(
                    ExchangeFolder.newRun(),
                    plan.recipe(),
                    plan.iterations(),
                    training.settings().validateEvery(),
                    parameters,
                    training.settings().security());
            CkksContext context = CkksContext.create(parameters.bootstrap().ckksParameters(), workers);
            OwnerSecret secret = OwnerSecret.make(context, random);
            LongOwnerKeys keys = new LongOwnerKeys(context, secret);
            ExchangeFolder<LongJobFile, LongResultFile> shared = LongExchange.in(exchange);
            Path folder = LongExchange.runFolder(exchange, job);
            try (JobWriter<LongJobFile, LongOwnerFile> files =
                    new JobWriter<>(shared, LongOwnerFile.in(own), job.runId(), 0)) {
                secret.keep(files);
                byte[] untrained = training.untrained().bytes();
                files.keep(LongOwnerFile.UNTRAINED, untrained.length, out -> out.write(untrained));
                long keyBytes = during("owner: make keys", () -> keys.share(files, parameters, random));
                double keySeconds = seconds(start);
                EncryptedDataset data = during(
                        "owner: encrypt",
                        () -> RowDataset.write(
                                folder,
                                context,
                                job.datasetName(),
                                plan.recipe(),
                                plan.recipe()
                                        .encodeInputs(training.design(), training.targets(), training.columnScaling()),
                                parameters.featureLevel(),
                                secret.encryption(random)));
                FileSeal manifest = FileSeal.of(LongFiles.DATASET, folder.resolve(LongFiles.DATASET));
                LongOwnerFile[] kept = new LongOwnerFile[1];
                files.commit(seals -> job.withFiles(manifest, seals), (described, seals) -> {
                    kept[0] = new LongOwnerFile(
                            described,
                            Arrays.stream(training.columnScaling().factors())
                                    .boxed()
                                    .toList(),
                            training.rehearsal().weights().stream()
                                    .map(LongWeights::norm)
                                    .toList(),
                            QueryProfile.weightNorm(plan.recipe(), training.columnScaling(), training.rehearsal()),
                            training.rehearsal().scores(),
                            keySeconds,
                            seconds(start) - keySeconds,
                            data.bytes(),
                            keyBytes,
                            seconds(start),
                            Machine.peakMemoryBytes(),
                            note,
                            seals);
                    return kept[0];
                });
                return kept[0];
            } catch (IOException | RuntimeException | Error e) {
                discard(folder);
                throw e;
            }
        }

        private <T> T during(String phase, Work<T> work) throws IOException {
            try {
                return listener.during(phase, () -> {
                    try {
                        return work.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e.getMessage(), e);
                    }
                });
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        private static double seconds(long since) {
            return (System.nanoTime() - since) * 1e-9;
        }

        /** Blocks of a run that did not come to be; what is left if that fails is deleted with the next one. */
        private static void discard(Path folder) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "{block-*.ckks,dataset.json}")) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
                Files.deleteIfExists(folder);
            } catch (IOException left) {
                // The error that led here matters more.
            }
        }
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    /**
     * An owner from the folders it wrote; it can open the result and answer questions.
     *
     * @param own the owner's folder
     * @param exchange the folder that owner and cloud share
     * @param workers threads; the pool is the caller's to close
     * @throws DataFormatException if a file is missing, damaged or foreign, or the job is not this owner's
     * @throws IOException if a file cannot be read
     */
    public static LongOwner read(Path own, Path exchange, WorkerPool workers) throws IOException {
        ExchangeFolder<LongJobFile, LongResultFile> shared = LongExchange.in(exchange);
        LongJobFile job = shared.job();
        OwnFolder<LongOwnerFile> folder = LongOwnerFile.in(own);
        LongOwnerFile state = folder.state(job.runId());
        if (!state.job().equals(job)) {
            throw new DataFormatException("read " + shared.jobFile() + ": expected the job of run " + job.runId()
                    + " as its owner wrote it, found another one; " + LongFiles.ASK_AGAIN);
        }
        SealedFiles files = folder.files(state);
        MlrModel untrained = MlrModel.read(files.get(LongOwnerFile.UNTRAINED));
        RowRecipe recipe = job.recipe(SecurityLevel.NONE); // its own job
        CkksContext context =
                CkksContext.create(job.parameters(recipe).bootstrap().ckksParameters(), workers);
        OwnerSecret secret = OwnerSecret.read(context, files.get(OwnerSecret.FILE));
        return new LongOwner(secret, new LongWeights(recipe, state, untrained), state, context, own, exchange);
    }

    /** The scheme's parameters. */
    public CkksParameters parameters() {
        return context.parameters();
    }

    /** What the owner remembers; private. */
    public LongOwnerFile state() {
        return state;
    }

    /**
     * The result of the cloud; all its files are checked.
     *
     * @throws DataFormatException if there is none, or a file is missing, damaged or foreign
     * @throws IOException if a file cannot be read, or the cloud still works in the folder
     */
    @SuppressWarnings("try") // the lock is only held
    public LongResult open() throws IOException {
        try (FolderLocks lock = new FolderLocks("owner-decrypt").read(exchange)) {
            ExchangeFolder<LongJobFile, LongResultFile> shared = LongExchange.in(exchange);
            LongResultFile account = shared.answer(state);
            require(account);
            shared.answerFiles(account).checkAll();
            return new LongResult(account, state.scores(), iteration -> model(account, iteration));
        }
    }

    private void require(LongResultFile account) {
        int most = state.job().mostIterations();
        List<FileSeal> files = account.files();
        boolean named = files.size() == account.iterationSeconds().size() && !files.isEmpty() && files.size() <= most;
        for (int t = 1; named && t <= files.size(); t++) {
            named = files.get(t - 1).name().equals(LongFiles.weights(t));
        }
        if (!named) {
            throw new DataFormatException("cloud report: expected weights and times of 1.." + most
                    + " iterations in their order, found " + files.size() + " and "
                    + account.iterationSeconds().size() + "; " + LongFiles.TRAIN_AGAIN);
        }
    }

    /**
     * The owner as one who asks the encrypted weights, which it need not open. {@link ServingOwner#writeKeys} is for a
     * cloud with {@link LongCloud#weights}.
     *
     * @param kind what answers show
     * @return who asks and reads
     */
    public ServingOwner serving(AnswerKind kind) {
        RowParameters parameters = state.job().parameters(weights.recipe());
        return new LongOwnerKeys(context, secret)
                .serving(
                        ServingParameters.ofTraining(weights.recipe(), parameters, kind),
                        weights.profile(state, parameters.bootstrap().refreshLimits()));
    }

    /**
     * The model of one iteration of an account, final or not.
     *
     * @throws IllegalArgumentException if it decrypts to weights that are not those of this training
     */
    MlrModel model(LongResultFile account, int iteration) throws IOException {
        require(account);
        Path file = LongExchange.in(exchange).answerFiles(account).get(LongFiles.weights(iteration));
        List<Ciphertext> values = new CkksSerializer(context).readCiphertexts(file);
        if (values.size() != 1) {
            throw new DataFormatException(
                    "read " + file + ": expected 1 ciphertext, found " + values.size() + "; " + LongFiles.TRAIN_AGAIN);
        }
        return weights.model(iteration, secret.decrypt(values.get(0)));
    }

    Path own() {
        return own;
    }

    Path exchange() {
        return exchange;
    }
}
