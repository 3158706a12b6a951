package io.github.hecnn.mlr.serving;

import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.noise.NoiseFlooding;
import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Plaintext;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.exchange.FolderLocks;
import io.github.hecnn.mlr.model.MlrModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Who has the secret key: encrypts a model, asks, and reads answers. Features come as they are in the training data; scaling is inside.
 *
 * <p>As a rule it is the owner of the model as well. Then answers hide nothing from it, and need not: {@link AnswerKind#PLAIN}. An asker that has
 * the key but shall not have the model asks for {@link AnswerKind#FLOODED} answers and must never see the encrypted weights, which it could
 * decrypt. Answers that are read here are for the key's owner alone; scores that others will see are read with {@link #readForSharing}.
 *
 * <p>Thread-safe.
 */
public final class ServingOwner {
    /** More queries at once than their asker's file would hold. */
    private static final int MOST_QUERIES = 100_000;

    private final ServingParameters parameters;
    private final CkksContext root;
    private final CkksContext context;
    private final QueryProfile profile;
    private final SecretKey secret;
    private final CkksEncoder encoder;
    private final Encryptor encryptor;
    private final Decryptor decryptor;
    private final RandomSource random; // guarded by itself

    private ServingOwner(
            ServingParameters parameters,
            CkksContext root,
            QueryProfile profile,
            SecretKey secret,
            RandomSource random) {
        this.parameters = parameters;
        this.root = root;
        this.profile = profile;
        this.secret = secret;
        this.random = random;
        context = parameters.context(root);
        encoder = new CkksEncoder(context);
        encryptor = Encryptor.withSecretKey(context, secret, random.fork("queries"));
        decryptor = new Decryptor(context, secret);
    }

    /**
     * An owner with the system's randomness.
     *
     * @param context context of {@link ServingParameters#parameters}
     * @param parameters of serving
     * @param profile of the model
     * @param secret the secret key, that of the training if weights come from one
     * @return the owner
     * @throws IllegalArgumentException if profile and parameters are for different numbers of features or classes
     * @throws io.github.hecnn.ckks.error.MismatchException if the key or the context has other parameters
     */
    public static ServingOwner of(
            CkksContext context, ServingParameters parameters, QueryProfile profile, SecretKey secret) {
        return of(context, parameters, profile, secret, RandomSource.secure());
    }

    /**
     * An owner with given randomness; see {@link #of(CkksContext, ServingParameters, QueryProfile, SecretKey)}.
     *
     * @param context context of {@link ServingParameters#parameters}
     * @param parameters of serving
     * @param profile of the model
     * @param secret the secret key
     * @param random of keys, encryption and checks, secret except in tests; not used by others meanwhile
     * @return the owner
     * @throws IllegalArgumentException if the profile is of a model with other classes or columns than the parameters
     * @throws io.github.hecnn.ckks.error.MismatchException if the context has other parameters
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if secure parameters meet a source of {@link RandomSource#seeded}
     */
    public static ServingOwner of(
            CkksContext context,
            ServingParameters parameters,
            QueryProfile profile,
            SecretKey secret,
            RandomSource random) {
        context.require(parameters.parameters().id(), "serving");
        int columns = profile.shape().linear().width();
        int classes = profile.labelNames().size();
        if (columns != parameters.layout().features()
                || classes != parameters.layout().classes()) {
            throw new IllegalArgumentException(
                    "serving: expected a profile of " + parameters.layout().classes()
                            + " classes and " + parameters.layout().features() + " columns, found " + classes + " and "
                            + columns + "; make parameters and profile for one model");
        }
        return new ServingOwner(parameters, context, profile, secret, random);
    }

    /** {@return parameters of the model} */
    public ServingParameters parameters() {
        return parameters;
    }

    /** {@return what it takes to ask and read} */
    public QueryProfile profile() {
        return profile;
    }

    /** {@return context of the whole chain} */
    public CkksContext context() {
        return root;
    }

    /**
     * Makes the keys that the cloud needs.
     *
     * @return the keys
     */
    public ServingKeys keys() {
        RandomSource fork;
        synchronized (random) {
            fork = random.fork("serving keys");
        }
        KeyGenerator generator = new KeyGenerator(context, fork);
        return new ServingKeys(
                generator.evaluationKeys(secret, RotationSteps.of(parameters.rotationSteps()), true),
                generator.publicKey(secret));
    }

    /**
     * Makes keys and writes them, with parameters and public profile, for a cloud that has the weights from a training.
     *
     * @param folder made if there is none; what it holds is public
     * @throws UncheckedIOException if it cannot be written, or another run works in it
     */
    public void writeKeys(Path folder) {
        FolderWriter.locked(
                "owner",
                folder,
                () -> ServingFile.write(
                        folder, new ServingFile.Content(root, parameters, null, profile.publicProfile(), keys())));
    }

    /**
     * Encrypts a model for the cloud.
     *
     * @param model that of the profile
     * @return its weights, encrypted
     * @throws IllegalArgumentException if it has other classes, another scaling of features or larger weights than the model of the profile, or the profile is
     *     that of a training
     */
    public EncryptedModel encrypt(MlrModel model) {
        return profile.encrypt(parameters, model, v -> encryptor.encrypt(v.encoded(encoder, parameters.level())));
    }

    /**
     * Encrypts queries, as few ciphertexts as hold them; second components are seeds.
     *
     * @param queries [queries][features], unscaled, at most 100,000
     * @return the question; the cloud is given {@link Question#encrypted}
     * @throws IllegalArgumentException if there are none or too many, or one has another number of features than the training data or one that is not finite
     */
    public Question ask(double[][] queries) {
        double[][] rows = profile.rows(queries);
        if (rows.length > MOST_QUERIES) {
            throw new IllegalArgumentException(
                    "ask: expected at most " + MOST_QUERIES + " queries, found " + rows.length + "; ask several times");
        }
        PublicProfile known = profile.publicProfile();
        QueryBatches batches;
        synchronized (random) {
            batches = QueryBatches.of(
                    QueryLayout.of(parameters.layout(), rows.length), rows, known.queryNorm(parameters), random);
        }
        List<List<Ciphertext>> out = new ArrayList<>();
        for (double[][] batch : batches.rows()) {
            List<Ciphertext> encrypted = new ArrayList<>();
            for (PlainVector p : batches.layout().encode(batch)) {
                encrypted.add(encryptor.encrypt(p.encoded(encoder, parameters.level())));
            }
            out.add(encrypted);
        }
        return new Question(
                new EncryptedQueries(known.modelId(), batches.layout().rowsPerQuery(), out),
                batches.norms(),
                batches.checks());
    }

    /**
     * Asks in files.
     *
     * @param queries [queries][features], unscaled, at most 100,000
     * @param own the asker's folder, made if there is none: what it needs to read the answer
     * @param exchange the folder that asker and cloud share, made if there is none
     * @return what was written
     * @throws IllegalArgumentException as {@link #ask(double[][])}
     * @throws UncheckedIOException if there is no room, a file cannot be written, or another run works in a folder
     */
    @SuppressWarnings("try") // the locks are only held
    public Question ask(double[][] queries, Path own, Path exchange) {
        Question question = ask(queries);
        try (FolderLocks locks = new FolderLocks("owner-ask").write(own).write(exchange)) {
            new AnswerFiles(root, QuestionFile.exchange(exchange)).ask(QuestionFile.own(own), question);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        return question;
    }

    /**
     * Reads the answers in files, for the key's owner alone.
     *
     * @param own the asker's folder
     * @param exchange the folder that asker and cloud share
     * @return classes and scores
     * @throws io.github.hecnn.mlr.data.DataFormatException if a file is missing, truncated, damaged or foreign, or answers another question
     * @throws IllegalArgumentException as {@link #read(Question, EncryptedAnswers)}
     * @throws io.github.hecnn.ckks.error.MismatchException as {@link #read(Question, EncryptedAnswers)}
     * @throws UncheckedIOException if a file cannot be read, or another run works in a folder
     */
    @SuppressWarnings("try") // the locks are only held
    public Predictions open(Path own, Path exchange) {
        try (FolderLocks locks = new FolderLocks("owner-read-answers").read(own).read(exchange)) {
            QueryFile job = QuestionFile.exchange(exchange).job();
            QuestionFile question = QuestionFile.own(own).state(job.runId());
            EncryptedAnswers answers = new AnswerFiles(root, QuestionFile.exchange(exchange)).answers(question, job);
            return read(question.question(), answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * Writes secret key, parameters and profile into a folder that nobody else may read.
     *
     * @param own made if there is none
     * @throws UncheckedIOException if it cannot be written, or another run works in it
     */
    public void write(Path own) {
        FolderWriter.locked(
                "owner", own, () -> OwnerFolder.write(own, new OwnerFolder.Content(root, parameters, profile, secret)));
    }

    /**
     * Reads what {@link #write} wrote, 128-bit secure.
     *
     * @param own the owner's folder
     * @param workers threads; the pool is the caller's to close
     * @return the owner
     * @throws io.github.hecnn.mlr.data.DataFormatException if a file is missing, truncated, damaged or foreign
     * @throws io.github.hecnn.ckks.error.HeException if the parameters are not secure, or the key is another's
     * @throws UncheckedIOException if a file cannot be read
     */
    public static ServingOwner read(Path own, WorkerPool workers) {
        return of(FolderWriter.unchecked(() -> OwnerFolder.read(own, workers, SecurityLevel.CLASSICAL_128)));
    }

    /**
     * {@return the same for tests, whatever the security of its parameters; see {@link #read(Path, WorkerPool)}}
     *
     * @param own the owner's folder
     * @param workers threads; the pool is the caller's to close
     * @throws io.github.hecnn.mlr.data.DataFormatException as there
     * @throws io.github.hecnn.ckks.error.HeException as there, except for security
     * @throws UncheckedIOException as there
     */
    public static ServingOwner readOfAnySecurity(Path own, WorkerPool workers) {
        return of(FolderWriter.unchecked(() -> OwnerFolder.read(own, workers, SecurityLevel.NONE)));
    }

    private static ServingOwner of(OwnerFolder.Content c) {
        return of(c.context(), c.parameters(), c.profile(), c.secret());
    }

    /**
     * Reads answers, for the key's owner alone.
     *
     * @param question what was asked
     * @param answers of {@link CloudPredictor#answer}
     * @return classes and scores, with what they are off by at most
     * @throws IllegalArgumentException if they are of another model, another shape, beyond the range of the model's scores, or to other queries
     * @throws io.github.hecnn.ckks.error.MismatchException if they are of another key pair or other parameters
     */
    public Predictions read(Question question, EncryptedAnswers answers) {
        return read(question, answers, decryptor::decrypt, 0);
    }

    /**
     * Reads answers whose scores others will see, with noise that protects the secret key. Every ciphertext counts as one result of the flooding.
     *
     * @param question what was asked
     * @param answers of {@link CloudPredictor#answer}
     * @param sharing of {@link #sharing}, one for all scores that are shared under this key
     * @return classes and scores, with what they are off by at most
     * @throws IllegalArgumentException as {@link #read}
     * @throws io.github.hecnn.ckks.error.HeException as {@link Decryptor.Sharing#decrypt}
     */
    public Predictions readForSharing(Question question, EncryptedAnswers answers, Decryptor.Sharing sharing) {
        double deviation =
                sharing.flooding().slotDeviation(parameters.parameters().ringDegree());
        return read(question, answers, sharing::decrypt, deviation);
    }

    /**
     * A decryptor of scores that others will see, for a model that was encrypted here. What is left of scores is little: a bit less with every second
     * bit of security, and with four times as many ciphertexts. {@link Predictions#errors} tells.
     *
     * @param answers how many ciphertexts will be shared in all under this key: batches times groups of classes
     * @param statisticalBits of security, {@value NoiseFlooding#DEFAULT_STATISTICAL_BITS} is usual
     * @return the decryptor
     * @throws IllegalArgumentException if the weights are those of a training: the error that refreshes left in them is too large to be covered
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if a number is out of range
     */
    public Decryptor.Sharing sharing(int answers, int statisticalBits) {
        if (profile.publicProfile().merged() || profile.startScore() != 0) {
            throw new IllegalArgumentException(
                    "share scores: expected a model that its owner encrypted, found weights of"
                            + " a training, whose refreshes left an error in them that no flooding covers; share classes"
                            + " alone, or serve the decrypted model with ServingOwner.encrypt");
        }
        double most = 0;
        for (int rows = 1; rows <= parameters.layout().complexFeatures(); rows *= 2) {
            QueryLayout layout = new QueryLayout(parameters.layout(), rows);
            AnswerNoise noise =
                    AnswerNoise.of(parameters, context, profile.publicProfile(), layout, profile.weightDeviation());
            most = Math.max(most, noise.last(parameters, 0));
        }
        return decryptor.forSharing(new NoiseFlooding(Math.sqrt(2) * NoiseModel.bound(most), answers, statisticalBits));
    }

    private Predictions read(
            Question question, EncryptedAnswers answers, Function<Ciphertext, Plaintext> decrypt, double deviation) {
        AnswerReader.requireShape(parameters, profile, question, answers, secret.keyPairId());
        QueryLayout layout =
                new QueryLayout(parameters.layout(), question.encrypted().rowsPerQuery());
        AnswerNoise noise =
                AnswerNoise.of(parameters, context, profile.publicProfile(), layout, profile.weightDeviation());
        double all = NoiseModel.sum(noise.last(parameters, answers.floodingDeviation()), deviation);
        List<List<PlainVector>> slots = new ArrayList<>();
        for (List<Ciphertext> batch : answers.batches()) {
            List<PlainVector> groups = new ArrayList<>();
            for (Ciphertext c : batch) {
                groups.add(PlainVector.decoded(encoder, decrypt.apply(c)));
            }
            slots.add(groups);
        }
        return new AnswerReader(parameters, profile, question, all).read(slots);
    }
}
