package io.github.hecnn.mlr.transfer;

import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.AnswerWriter;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.exchange.SealedFiles;
import io.github.hecnn.mlr.roles.RoleListener;
import io.github.hecnn.mlr.roles.RoleMemory;
import io.github.hecnn.mlr.transfer.network.EncryptedNetwork;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.NetworkMemory;
import io.github.hecnn.mlr.transfer.network.OutputSanitizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The server: evaluates its encoder on encrypted embeddings, sanitises and writes the outputs. It is given its own folder and the one that both see,
 * and nothing that decrypts. Immutable and thread-safe.
 */
public final class TransferServer {
    private final Network encoder;
    private final EncoderFolder.About about;
    private final ExchangeFolder<TransferJob, ServerAccount> exchange;
    private final TransferJob job;
    private final long memoryBytes;

    private TransferServer(
            Network encoder,
            EncoderFolder.About about,
            ExchangeFolder<TransferJob, ServerAccount> exchange,
            TransferJob job,
            long memoryBytes) {
        this.encoder = encoder;
        this.about = about;
        this.exchange = exchange;
        this.job = job;
        this.memoryBytes = memoryBytes;
    }

    /**
     * Reads weights and job, and decides whether to answer.
     *
     * @param own the server's folder
     * @param exchange the folder that both see
     * @param maxQueries ciphertexts it is ready to answer: the more, the better a client can copy the encoder
     * @return a server that can answer the job
     * @throws DataFormatException if a file is missing or damaged
     * @throws IllegalArgumentException if there are too many queries, they are of other texts or sizes than the encoder's, or the work does not fit
     *     into this virtual machine
     * @throws IOException if a file cannot be read
     */
    public static TransferServer open(
            EncoderFolder own, ExchangeFolder<TransferJob, ServerAccount> exchange, int maxQueries) throws IOException {
        Network encoder = own.encoder();
        EncoderFolder.About about = own.about();
        TransferJob job = exchange.job();
        if (job.queries() < 1 || job.queries() > maxQueries) {
            throw new IllegalArgumentException("answer: expected 1.." + maxQueries + " queries, found " + job.queries()
                    + "; ask less, or allow more (--max-queries of the example)");
        }
        if (!job.sentences().equals(about.sentences())) {
            throw new IllegalArgumentException("answer: expected texts embedded by " + about.sentences() + ", found "
                    + job.sentences().replaceAll("\\p{Cntrl}", " ")
                    + "; give server and client the same sentence model");
        }
        if (job.inputs() != encoder.inputs() || job.outputs() != encoder.outputs()) {
            throw new IllegalArgumentException("answer: expected a job for " + encoder.inputs() + " inputs and "
                    + encoder.outputs() + " outputs, found " + job.inputs() + " and " + job.outputs() + "; "
                    + exchange.protocol().askAgain());
        }
        long bytes = NetworkMemory.evaluationBytes(
                encoder, job.packing(), job.choice().parameters());
        RoleMemory.require("server: evaluate", bytes, "or ask for fewer texts in a ciphertext");
        return new TransferServer(encoder, about, exchange, job, bytes);
    }

    /** {@return heap that answering takes at most, as estimated before anything large is made} */
    public long memoryBytes() {
        return memoryBytes;
    }

    /** {@return the job that is answered} */
    public TransferJob job() {
        return job;
    }

    /**
     * Answers: all or nothing. The queries come from the folder one by one.
     *
     * @param workers threads; the pool is the caller's to close. Answers do not depend on them but for their noise
     * @param listener hears of the phases
     * @return what it says about its work
     * @throws DataFormatException if a file of the client is missing, damaged or foreign
     * @throws io.github.hecnn.ckks.error.HeException if keys or ciphertexts do not fit
     * @throws IOException if the folder cannot be read or written
     */
    public ServerAccount answer(WorkerPool workers, RoleListener listener) throws IOException {
        SealedFiles files = exchange.jobFiles(job).checkAll();
        CkksParameters parameters = TransferExchange.parameters(
                files.get(TransferExchange.PARAMETERS),
                job.choice(),
                exchange.protocol().askAgain());
        CkksContext context = CkksContext.create(parameters, workers);
        CkksSerializer serializer = new CkksSerializer(context);
        EncryptedNetwork network = Phase.during(
                listener, "server: compile the encoder", () -> EncryptedNetwork.compile(encoder, job.packing()));
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(
                context, serializer.readEvaluationKeys(files.get(TransferExchange.EVALUATION_KEYS)));
        OutputSanitizer sanitizer = new OutputSanitizer(
                context, serializer.readPublicKey(files.get(TransferExchange.PUBLIC_KEY)), OutputSanitizer.DEVIATION);
        try (AnswerWriter<ServerAccount> answers = new AnswerWriter<>(exchange, job.runId())) {
            List<Double> seconds = new ArrayList<>();
            Phase.during(listener, "server: evaluate " + job.queries() + " queries", () -> {
                for (int k = 1; k <= job.queries(); k++) {
                    Ciphertext query = serializer.readCiphertext(files.get(TransferExchange.query(k)));
                    long start = System.nanoTime();
                    Ciphertext output = network.evaluate(algebra, query);
                    seconds.add(Phase.since(start));
                    Ciphertext answer = sanitizer.sanitize(output);
                    answers.share(
                            TransferExchange.answer(k),
                            serializer.wireBytes(answer),
                            out -> serializer.write(out, answer));
                    listener.counted("query", k, job.queries());
                }
                return null;
            });
            return answers.commit(seals -> new ServerAccount(
                    job.runId(),
                    about.source(),
                    network.toString(),
                    seconds,
                    OutputSanitizer.DEVIATION,
                    Machine.kernels(),
                    workers.threads(),
                    Machine.java(),
                    memoryBytes,
                    Machine.peakMemoryBytes(),
                    seals));
        }
    }
}
