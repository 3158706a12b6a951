package io.github.hecnn.mlr.serving;

import io.github.hecnn.ckks.noise.NoiseFlooding;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.OperationCounts;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.exchange.FolderLocks;
import io.github.hecnn.mlr.recipe.row.RowBlock;
import io.github.hecnn.mlr.recipe.row.RowCircuit;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The cloud: answers encrypted queries with an encrypted model, by the forward circuit of the training without its sigmoid, which changes no order of
 * classes. It holds evaluation keys and ciphertexts; nothing that it is made of names a secret key.
 *
 * <p>Answers of a {@linkplain AnswerKind#PLAIN plain} predictor are the same bits whoever asks and how many threads ask at once. They carry the noise of the
 * computation, which says something of the weights to whoever can decrypt: right for an asker who owns the model. For others there is
 * {@link #flooding}.
 *
 * <p>Thread-safe. Weights are turned with the first query and kept.
 */
public final class CloudPredictor {
    private final CkksContext root;
    private final EncryptedModel model;
    private final PublicProfile profile;
    private final ServingKeys keys;
    private final CkksSlotAlgebra algebra;
    private final AnswerFlooding flooding;

    private List<List<Ciphertext>> turned; // guarded by this

    private CloudPredictor(
            CkksContext root,
            EncryptedModel model,
            PublicProfile profile,
            ServingKeys keys,
            CkksSlotAlgebra algebra,
            AnswerFlooding flooding) {
        this.root = root;
        this.model = model;
        this.profile = profile;
        this.keys = keys;
        this.algebra = algebra;
        this.flooding = flooding;
    }

    /**
     * A cloud that answers as it computes.
     *
     * @param context context of {@link ServingParameters#parameters}, whose workers share the work
     * @param model encrypted weights
     * @param profile what the owner says of the model
     * @param keys of {@link ServingOwner#keys}
     * @return the predictor
     * @throws IllegalArgumentException if a key is missing, or the profile is of another model
     * @throws io.github.hecnn.ckks.error.MismatchException if something has other parameters, or keys and model are of two key pairs
     */
    public static CloudPredictor of(
            CkksContext context, EncryptedModel model, PublicProfile profile, ServingKeys keys) {
        ServingParameters parameters = model.parameters();
        if (!profile.modelId().equals(model.id())) {
            throw new IllegalArgumentException("serving: expected the profile of model " + model.id()
                    + ", found that of " + profile.modelId() + "; take both from one owner");
        }
        context.require(parameters.parameters().id(), "serving");
        parameters.requireKeys(keys.evaluation());
        model.weights().forEach(w -> keys.evaluation().keyPairId().with(w.keyPairId(), "serving"));
        CkksContext low = parameters.context(context);
        // What is between two queries, and what the check adds, goes up to here.
        double bound = Math.sqrt(2) * parameters.scoreBound();
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(new Evaluator(low, keys.evaluation()).assumingSlotsUpTo(bound));
        return new CloudPredictor(context, model, profile, keys, algebra, null);
    }

    /**
     * A cloud that has trained, with keys from its owner's {@link ServingOwner#writeKeys}.
     *
     * @param context context of the training
     * @param weights of the training, in one ciphertext at the canonical scale, of the level of serving or above
     * @param folder with the keys
     * @return the predictor; {@link #write} puts the weights into the folder, too
     * @throws io.github.hecnn.mlr.data.DataFormatException if a file is missing, truncated, damaged or of other parameters
     * @throws IllegalArgumentException as {@link EncryptedModel#ofTraining}
     * @throws io.github.hecnn.ckks.error.HeException if keys and weights do not belong together
     * @throws UncheckedIOException if a file cannot be read
     */
    public static CloudPredictor ofTraining(CkksContext context, List<Ciphertext> weights, Path folder) {
        ServingFile.Content c = FolderWriter.unchecked(() -> ServingFile.readKeys(folder, context));
        EncryptedModel model = EncryptedModel.ofTraining(context, c.parameters(), c.profile(), weights);
        return of(context, model, c.profile(), c.keys());
    }

    /**
     * A cloud whose answers show scores only, not the noise of the computation: each gets an encryption under the public key, of Gaussian noise that
     * is as much larger than that of the computation as the statistical security asks for (see {@link NoiseFlooding}), before it goes to level 0.
     *
     * <p>What the asker encrypted is its own affair: a query's noise is a part of the query, as scores are linear in it. What weights decrypt to is the model,
     * noise and all. Hidden is the noise of key switches and roundings. The scores themselves are not: whoever gets those of as many queries
     * of their choice as there are features can compute a linear model from them, and a batch shows scores of all of its rows.
     *
     * @param answers how many answers it is to give in all, in ciphertexts: batches times groups of classes
     * @param statisticalBits what no statistical test tells, {@value NoiseFlooding#DEFAULT_STATISTICAL_BITS} is usual
     * @param random of the noise, secret from the asker: {@link RandomSource#secure} but for tests
     * @return a predictor for as many answers
     * @throws IllegalArgumentException if the parameters are not for {@link AnswerKind#FLOODED} answers
     * @throws io.github.hecnn.ckks.error.ScaleException if so much noise leaves less than 4 bits of scores
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if a number is out of range, or the source is not secret under secure
     *     parameters
     */
    public CloudPredictor flooding(int answers, int statisticalBits, RandomSource random) {
        ServingParameters parameters = model.parameters();
        CkksContext low = parameters.context(root);
        double error = 0;
        for (int rows = 1; rows <= parameters.layout().complexFeatures(); rows *= 2) {
            QueryLayout layout = new QueryLayout(parameters.layout(), rows);
            error = Math.max(
                    error, AnswerNoise.of(parameters, low, profile, layout, 0).slotError());
        }
        AnswerFlooding made = new AnswerFlooding(
                parameters, low, keys.publicKey(), new NoiseFlooding(error, answers, statisticalBits), random);
        return new CloudPredictor(root, model, profile, keys, algebra, made);
    }

    /** {@return the model that is asked} */
    public EncryptedModel model() {
        return model;
    }

    /** {@return what its owner says of it} */
    public PublicProfile profile() {
        return profile;
    }

    /** {@return operations since this predictor was made} */
    public OperationCounts counts() {
        return algebra.counts();
    }

    /**
     * Answers.
     *
     * @param queries of {@link ServingOwner#ask}
     * @return scores, encrypted, one ciphertext for each group of classes in every batch, at level 0
     * @throws IllegalArgumentException if the queries are for another model, or of another shape or level
     * @throws io.github.hecnn.ckks.error.MismatchException if they are of other parameters or of another key pair than the model
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if answers are flooded and all that were promised are used up, or would be by these
     */
    public EncryptedAnswers answer(EncryptedQueries queries) {
        ServingParameters parameters = model.parameters();
        QueryLayout layout = check(queries);
        if (flooding != null) {
            flooding.take(Math.multiplyExact(
                    queries.batches().size(), parameters.layout().groups()));
        }
        List<List<Ciphertext>> out = new ArrayList<>();
        for (List<Ciphertext> batch : queries.batches()) {
            out.add(answer(layout, batch));
        }
        return new EncryptedAnswers(model.id(), flooding == null ? 0 : flooding.lastDeviation(), out);
    }

    /**
     * Answers the question in a folder that asker and cloud share.
     *
     * @param exchange that {@link ServingOwner#ask(double[][], Path, Path)} wrote into
     * @return number of batches that were answered
     * @throws io.github.hecnn.mlr.data.DataFormatException if a file is missing, truncated, damaged or foreign, or the question is for another model
     *     or another key pair
     * @throws IllegalArgumentException as {@link #answer(EncryptedQueries)}
     * @throws io.github.hecnn.ckks.error.HeException as {@link #answer(EncryptedQueries)}
     * @throws UncheckedIOException if a file cannot be read or written, or another run works in the folder
     */
    @SuppressWarnings("try") // the lock is only held
    public int answer(Path exchange) {
        try (FolderLocks lock = new FolderLocks("cloud-predict").write(exchange)) {
            return new AnswerFiles(root, QuestionFile.exchange(exchange)).answer(model, this::answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * Writes model, parameters and keys into a folder; nothing of that is secret from the cloud.
     *
     * @param folder made if there is none
     * @throws UncheckedIOException if it cannot be written, or another run works in it
     */
    public void write(Path folder) {
        FolderWriter.locked(
                "cloud",
                folder,
                () -> ServingFile.write(
                        folder, new ServingFile.Content(root, model.parameters(), model, profile, keys)));
    }

    /**
     * Reads what {@link #write} wrote, 128-bit secure. Flooding is not in it: the cloud counts its answers and sets it anew.
     *
     * @param folder with an encrypted model
     * @param workers threads; the pool is the caller's to close
     * @return a predictor
     * @throws io.github.hecnn.mlr.data.DataFormatException if a file is missing, truncated, damaged or foreign
     * @throws io.github.hecnn.ckks.error.HeException if the parameters are not secure, or keys and weights do not belong together
     * @throws UncheckedIOException if a file cannot be read
     */
    public static CloudPredictor read(Path folder, WorkerPool workers) {
        return of(FolderWriter.unchecked(() -> ServingFile.read(folder, workers, SecurityLevel.CLASSICAL_128)));
    }

    /**
     * {@return the same for tests, whatever the security of its parameters; see {@link #read(Path, WorkerPool)}}
     *
     * @param folder where it lies
     * @param workers threads; the pool is the caller's to close
     * @throws io.github.hecnn.mlr.data.DataFormatException as there
     * @throws io.github.hecnn.ckks.error.HeException as there, except for security
     * @throws UncheckedIOException as there
     */
    public static CloudPredictor readOfAnySecurity(Path folder, WorkerPool workers) {
        return of(FolderWriter.unchecked(() -> ServingFile.read(folder, workers, SecurityLevel.NONE)));
    }

    private static CloudPredictor of(ServingFile.Content c) {
        return of(c.context(), c.model(), c.profile(), c.keys());
    }

    private QueryLayout check(EncryptedQueries queries) {
        Objects.requireNonNull(queries, "queries");
        if (model.parameters().kind() == AnswerKind.FLOODED && flooding == null) {
            throw new IllegalArgumentException("answer: expected flooding for FLOODED answers, found none; use"
                    + " CloudPredictor.flooding, or parameters of AnswerKind.PLAIN");
        }
        if (!queries.modelId().equals(model.id())) {
            throw new IllegalArgumentException("answer: expected queries to model " + model.id()
                    + ", found some to model " + queries.modelId().replaceAll("\\p{Cntrl}", " ")
                    + "; give them to that model's predictor");
        }
        QueryLayout layout = new QueryLayout(model.parameters().layout(), queries.rowsPerQuery());
        for (List<Ciphertext> batch : queries.batches()) {
            if (batch.size() != layout.ciphertexts()) {
                throw new IllegalArgumentException("answer: expected " + layout.ciphertexts()
                        + " ciphertexts a batch for " + model.parameters().layout() + " and "
                        + queries.rowsPerQuery() + " rows a query, found " + batch.size()
                        + "; ask again with the layout of this model (ServingOwner.ask)");
            }
            for (Ciphertext c : batch) {
                keys.evaluation().keyPairId().with(c.keyPairId(), "answer");
                if (c.level() != model.parameters().level()) {
                    throw new IllegalArgumentException("answer: expected queries of level "
                            + model.parameters().level() + ", found level " + c.level()
                            + "; ask again (ServingOwner.ask)");
                }
            }
        }
        return layout;
    }

    private List<Ciphertext> answer(QueryLayout layout, List<Ciphertext> batch) {
        List<Ciphertext> scores = scores(layout, batch);
        return flooding == null ? scores : scores.stream().map(flooding::apply).toList();
    }

    /** What the circuit computes, one level below the queries. */
    List<Ciphertext> scores(QueryLayout layout, List<Ciphertext> batch) {
        RowLayout circuit = layout.forCircuit();
        List<List<Ciphertext>> weights = new ArrayList<>();
        for (List<Ciphertext> all : turned()) {
            List<Ciphertext> some = new ArrayList<>();
            for (int b = 0; b < circuit.babySteps(); b++) {
                some.add(all.get(b * layout.rowsPerQuery()));
            }
            weights.add(some);
        }
        List<Ciphertext> out = new ArrayList<>();
        for (Ciphertext s :
                new RowCircuit<>(circuit, algebra).doubledScores(new Batch(circuit.babySteps(), batch), weights)) {
            Ciphertext sum = s;
            for (int rows = layout.rowsPerQuery() / 2; rows > 0; rows /= 2) {
                sum = algebra.add(sum, algebra.rotate(sum, rows * layout.model().groupWidth()));
            }
            out.add(sum);
        }
        return out;
    }

    private synchronized List<List<Ciphertext>> turned() {
        if (turned == null) {
            RowCircuit<Ciphertext> circuit = new RowCircuit<>(model.parameters().layout(), algebra);
            List<Ciphertext> lifted = new ArrayList<>();
            for (Ciphertext w : model.weights()) {
                lifted.add(model.liftBits() == 0 ? w : algebra.multiplyInteger(w, 1L << model.liftBits()));
            }
            turned = circuit.turned(model.merged() ? circuit.splitScaled(lifted.get(0)) : lifted);
        }
        return turned;
    }

    /** Queries in the order of giant steps. */
    private record Batch(int babySteps, List<Ciphertext> values) implements RowBlock<Ciphertext> {
        @Override
        public List<Ciphertext> ofGiantStep(int giantStep) {
            return values.subList(giantStep * babySteps, (giantStep + 1) * babySteps);
        }

        @Override
        public List<Ciphertext> ofBabyStep(int babyStep) {
            throw new UnsupportedOperationException(
                    "queries: expected the forward pass, found the backward one; train on data with labels");
        }

        @Override
        public List<Ciphertext> targets() {
            return List.of();
        }
    }

    @Override
    public String toString() {
        return "predictor of " + model + (flooding == null ? "" : ", " + flooding.left() + " answers left");
    }
}
