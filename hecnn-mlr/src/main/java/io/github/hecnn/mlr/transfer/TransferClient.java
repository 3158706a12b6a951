package io.github.hecnn.mlr.transfer;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.JobWriter;
import io.github.hecnn.mlr.exchange.OwnFolder;
import io.github.hecnn.mlr.exchange.SealedFiles;
import io.github.hecnn.mlr.roles.RoleListener;
import io.github.hecnn.mlr.transfer.network.CryptoTlParameters;
import io.github.hecnn.mlr.transfer.network.NetworkPacking;
import io.github.hecnn.mlr.transfer.network.train.CryptoTlShapes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The client: makes keys and encrypts its embeddings, and later decrypts what the server's encoder made of them. What it has to know of the server are
 * the published sizes. The secret key goes into its own folder, everything else into the one that both see; locks of the folders are the caller's.
 *
 * <pre>{@code
 * TransferClient.ask(embeddings, CryptoTlParameters.Choice.CIRCUIT_PRIVATE, 8, "hashed words", "", own, exchange, workers, listener);
 * // the server answers: TransferServer
 * double[][] outputs = TransferClient.open(own, exchange).outputs(workers, listener);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class TransferClient {
    private static final String SECRET_KEY = "secret-key.bin";

    /** Outputs of an encoder are small numbers; a wrong key gives values that are many millions. */
    private static final double IMPOSSIBLE_OUTPUT = 128;

    private static final int MOST_LANES = 16;

    private final ExchangeFolder<TransferJob, ServerAccount> exchange;
    private final TransferJob job;
    private final ClientFile state;
    private final ServerAccount account;
    private final SealedFiles answers;
    private final CkksParameters parameters;
    private final Path secretKeyFile;

    private TransferClient(
            ExchangeFolder<TransferJob, ServerAccount> exchange,
            TransferJob job,
            ClientFile state,
            ServerAccount account,
            SealedFiles answers,
            CkksParameters parameters,
            Path secretKeyFile) {
        this.exchange = exchange;
        this.job = job;
        this.state = state;
        this.account = account;
        this.answers = answers;
        this.parameters = parameters;
        this.secretKeyFile = secretKeyFile;
    }

    /**
     * {@return how embeddings of that length, and outputs of an encoder of the published shape, lie in slots}
     *
     * @param choice of parameters
     * @param width length of an embedding
     * @param lanes texts in a ciphertext, a power of two, at most {@link #mostLanes}
     * @throws IllegalArgumentException if they do not fit
     */
    public static NetworkPacking packing(CryptoTlParameters.Choice choice, int width, int lanes) {
        return new NetworkPacking(
                choice.parameters().slots(),
                width,
                width - CryptoTlShapes.POOLING + 1,
                lanes,
                CryptoTlParameters.INPUT_FACTOR);
    }

    /**
     * Most embeddings of that length that a ciphertext holds, at most 16: with {@link CryptoTlParameters.Choice#FAST} 8 of 384 numbers and 4
     * of 768, otherwise twice as many.
     *
     * @param choice which parameters
     * @param width length of an embedding
     * @return a power of two
     */
    public static int mostLanes(CryptoTlParameters.Choice choice, int width) {
        int padded = Math.max(2, Integer.highestOneBit(Math.max(1, width - 1)) << 1);
        return Math.max(1, Math.min(MOST_LANES, choice.parameters().slots() / padded));
    }

    /**
     * Makes keys, encrypts and writes. An earlier run in these folders stands until the new one is complete, and is then deleted.
     *
     * @param inputs embeddings, [texts][width], at least one
     * @param choice of parameters: whether answers hide the encoder's weights
     * @param lanes texts in a ciphertext, a power of two, at most {@link #mostLanes}
     * @param sentences fingerprint of what embedded the texts
     * @param note to be found in {@link #state} later; private
     * @param own the client's folder, which is there
     * @param exchange the folder that both see, which is there
     * @param workers threads; the pool is the caller's to close
     * @param listener hears of the phases
     * @return what the client remembers
     * @throws IllegalArgumentException if there is no embedding, or one of another length, or they do not fit
     * @throws IOException if the folders cannot be written
     */
    public static ClientFile ask(
            double[][] inputs,
            CryptoTlParameters.Choice choice,
            int lanes,
            String sentences,
            String note,
            OwnFolder<ClientFile> own,
            ExchangeFolder<TransferJob, ServerAccount> exchange,
            WorkerPool workers,
            RoleListener listener)
            throws IOException {
        for (double[] input : inputs) {
            if (input.length != inputs[0].length) {
                throw new IllegalArgumentException("ask: expected embeddings of one length, found " + inputs[0].length
                        + " and " + input.length + " numbers; embed all texts by one encoder");
            }
        }
        if (inputs.length == 0) {
            throw new IllegalArgumentException("ask: expected at least one embedding, found none; give texts");
        }
        NetworkPacking packing = packing(choice, inputs[0].length, lanes);
        CkksParameters parameters = choice.parameters();
        CkksContext context = CkksContext.create(parameters, workers);
        CkksSerializer serializer = new CkksSerializer(context);
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey();
        String runId = ExchangeFolder.newRun();
        try (JobWriter<TransferJob, ClientFile> files = new JobWriter<>(exchange, own, runId, 0)) {
            files.share(
                    TransferExchange.PARAMETERS,
                    CkksSerializer.wireBytes(parameters),
                    out -> CkksSerializer.write(out, parameters));
            long keysStart = System.nanoTime();
            Phase.during(listener, "client: make and write keys", () -> {
                files.keep(
                        SECRET_KEY,
                        serializer.wireBytes(secret),
                        out -> serializer.write(out, secret, SecretKey.Access.INTENDED));
                PublicKey publicKey = generator.publicKey(secret);
                files.share(
                        TransferExchange.PUBLIC_KEY,
                        serializer.wireBytes(publicKey),
                        out -> serializer.write(out, publicKey));
                RotationSteps steps = RotationSteps.of(PublicRotations.of(packing));
                int all = steps.asSet().size() + 2; // relinearisation and conjugation
                EvaluationKeys keys =
                        generator.evaluationKeys(secret, steps, true, made -> listener.counted("key", made, all));
                files.share(
                        TransferExchange.EVALUATION_KEYS,
                        serializer.wireBytes(keys),
                        out -> serializer.write(out, keys));
                return null;
            });
            double keySeconds = Phase.since(keysStart);
            long encryptStart = System.nanoTime();
            Encryptor encryptor = Encryptor.withSecretKey(context, secret);
            int queries = Phase.during(
                    listener, "client: encrypt", () -> encrypt(inputs, packing, context, encryptor, files, listener));
            double encryptSeconds = Phase.since(encryptStart);
            ClientFile[] state = new ClientFile[1];
            files.commit(
                    seals -> new TransferJob(
                            runId,
                            sentences,
                            choice,
                            packing.inputs(),
                            packing.outputs(),
                            packing.lanes(),
                            queries,
                            seals),
                    (job, seals) -> state[0] =
                            new ClientFile(runId, inputs.length, sentences, note, keySeconds, encryptSeconds, seals));
            return state[0];
        }
    }

    private static int encrypt(
            double[][] inputs,
            NetworkPacking packing,
            CkksContext context,
            Encryptor encryptor,
            JobWriter<TransferJob, ClientFile> files,
            RoleListener listener)
            throws IOException {
        CkksEncoder encoder = new CkksEncoder(context);
        CkksSerializer serializer = new CkksSerializer(context);
        int queries = 0;
        for (int from = 0; from < inputs.length; from += packing.lanes()) {
            double[][] some = Arrays.copyOfRange(inputs, from, Math.min(inputs.length, from + packing.lanes()));
            queries++;
            Ciphertext query = encryptor.encrypt(packing.pack(some).encoded(encoder));
            files.share(
                    TransferExchange.query(queries), serializer.wireBytes(query), out -> serializer.write(out, query));
            listener.counted("query", queries, (inputs.length + packing.lanes() - 1) / packing.lanes());
        }
        return queries;
    }

    /**
     * The answer in a folder, with all of its files checked.
     *
     * @param own the client's folder
     * @param exchange the folder that both see
     * @return a client that can decrypt it
     * @throws DataFormatException if a file is missing, damaged or foreign, or the answer is that to another job
     * @throws IOException if a file cannot be read
     */
    public static TransferClient open(OwnFolder<ClientFile> own, ExchangeFolder<TransferJob, ServerAccount> exchange)
            throws IOException {
        String fix = exchange.protocol().askAgain();
        TransferJob job = exchange.job();
        ClientFile state = own.state(job.runId());
        int queries = (state.texts() + job.packing().lanes() - 1) / job.lanes();
        if (state.texts() < 1 || queries != job.queries()) {
            throw new DataFormatException("read " + exchange.jobFile() + ": expected a job of " + queries
                    + " queries for " + state.texts() + " texts, found " + job.queries() + "; " + fix);
        }
        ServerAccount account = exchange.answer(job);
        SealedFiles answers = exchange.answerFiles(account).checkAll();
        CkksParameters parameters =
                TransferExchange.parameters(exchange.jobFiles(job).get(TransferExchange.PARAMETERS), job.choice(), fix);
        return new TransferClient(
                exchange,
                job,
                state,
                account,
                answers,
                parameters,
                own.files(state).get(SECRET_KEY));
    }

    /** {@return what was asked for} */
    public TransferJob job() {
        return job;
    }

    /** {@return what the client remembers} */
    public ClientFile state() {
        return state;
    }

    /** {@return what the server says} */
    public ServerAccount account() {
        return account;
    }

    /** {@return the scheme's parameters} */
    public CkksParameters parameters() {
        return parameters;
    }

    /**
     * Decrypts the answers.
     *
     * @param workers threads; the pool is the caller's to close
     * @param listener hears of the phase
     * @return outputs of the server's encoder with its noise, [texts][outputs], in the order of the embeddings
     * @throws DataFormatException if they are not what an encoder gives: key and answers do not belong together
     * @throws io.github.hecnn.ckks.error.HeException if the key and the answers are of different key pairs
     * @throws IOException if a file cannot be read
     */
    public double[][] outputs(WorkerPool workers, RoleListener listener) throws IOException {
        return Phase.during(listener, "client: decrypt", () -> decrypt(CkksContext.create(parameters, workers)));
    }

    private double[][] decrypt(CkksContext context) throws IOException {
        double[][] out = new double[state.texts()][];
        NetworkPacking packing = job.packing();
        CkksSerializer serializer = new CkksSerializer(context);
        Decryptor decryptor =
                new Decryptor(context, serializer.readSecretKey(secretKeyFile, SecretKey.Access.INTENDED));
        CkksEncoder encoder = new CkksEncoder(context);
        for (int from = 0; from < out.length; from += packing.lanes()) {
            Path file = answers.get(TransferExchange.answer(from / packing.lanes() + 1));
            double[] slots = encoder.decode(decryptor.decrypt(serializer.readCiphertext(file)));
            int count = Math.min(packing.lanes(), out.length - from);
            System.arraycopy(packing.unpack(slots, count), 0, out, from, count);
            for (int i = from; i < from + count; i++) {
                requirePossible(out[i], file);
            }
        }
        return out;
    }

    private void requirePossible(double[] outputs, Path file) {
        for (double v : outputs) {
            if (!(Math.abs(v) < IMPOSSIBLE_OUTPUT)) {
                throw new DataFormatException("decrypt " + file + ": expected outputs below " + IMPOSSIBLE_OUTPUT
                        + ", found " + v + "; key and answers do not belong together, "
                        + exchange.protocol().askAgain());
            }
        }
    }
}
