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
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.FolderLocks;
import io.github.hecnn.mlr.exchange.OwnFolder;
import io.github.hecnn.mlr.exchange.SealedFiles;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.plan.PlanRole;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import io.github.hecnn.mlr.roles.RoleMemory;
import io.github.hecnn.mlr.roles.secret.OwnerSecret;
import io.github.hecnn.mlr.serving.AnswerKind;
import io.github.hecnn.mlr.serving.Predictions;
import io.github.hecnn.mlr.serving.Question;
import io.github.hecnn.mlr.serving.ServingOwner;
import io.github.hecnn.mlr.serving.ServingParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
     * {@return the same with given randomness}
     *
     * @param training rehearsed
     * @param own the owner's folder
     * @param exchange the folder that both sides share
     * @param workers threads; the pool is the caller's to close
     * @param random of keys and encryption; whoever can repeat it can repeat the secret key
     * @param note to be found in {@link #state} later; private
     * @param listener hears how it comes along
     * @throws IOException if a file cannot be written
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
            return new LongWriting(training, random, note, listener).run(own, exchange, workers);
        }
    }

    /**
     * {@return an owner from the folders it wrote; it can open the result and answer questions}
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

    /** {@return the scheme's parameters} */
    public CkksParameters parameters() {
        return context.parameters();
    }

    /** {@return what the owner remembers; private} */
    public LongOwnerFile state() {
        return state;
    }

    /**
     * {@return the result of the cloud; all its files are checked}
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
     * Asks the encrypted weights, which nobody decrypts for that: queries, encrypted, and keys for the cloud go into the shared folder.
     * {@link LongCloud#answerPredictions} answers, {@link #readPredictions} reads. A question that is there is replaced.
     *
     * @param features [queries][features], as they come in the training data, at most 100,000 queries
     * @return what was asked
     * @throws IllegalArgumentException if there are none or too many, or one has another number of features or one that is not finite
     * @throws UncheckedIOException if there is no room, a file cannot be written, or another run works in a folder
     */
    public Question askPredictions(double[][] features) {
        ServingOwner asker = serving(AnswerKind.PLAIN); // who asks owns the model
        Question question = asker.ask(features, LongFiles.questions(own), LongFiles.questions(exchange));
        asker.writeKeys(LongFiles.served(exchange));
        return question;
    }

    /**
     * Reads the answers of the cloud to {@link #askPredictions}.
     *
     * @return classes and scores of every query, and what they are off by at most
     * @throws DataFormatException if there are none, a file is missing, damaged or foreign, or they answer another question
     * @throws IllegalArgumentException if they are of another model, or do not stand the check
     * @throws UncheckedIOException if a file cannot be read, or another run works in a folder
     */
    public Predictions readPredictions() {
        return serving(AnswerKind.PLAIN).open(LongFiles.questions(own), LongFiles.questions(exchange));
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
