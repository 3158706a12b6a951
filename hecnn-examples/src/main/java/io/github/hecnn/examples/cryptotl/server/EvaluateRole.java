package io.github.hecnn.examples.cryptotl.server;

import io.github.hecnn.ckks.circuit.CkksSlotAlgebra;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.FileSet;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.examples.cli.Progress;
import io.github.hecnn.examples.cli.UserError;
import io.github.hecnn.examples.cryptotl.shared.ServerAccount;
import io.github.hecnn.examples.cryptotl.shared.TransferFolder;
import io.github.hecnn.examples.cryptotl.shared.TransferJob;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.exchange.SealedFiles;
import io.github.hecnn.mlr.exchange.SealedJson;
import io.github.hecnn.mlr.network.EncryptedNetwork;
import io.github.hecnn.mlr.network.Network;
import io.github.hecnn.mlr.network.OutputSanitizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The server answers: reads its weights, and from the exchange folder parameters, public and evaluation keys and queries; evaluates its
 * encoder, sanitises and writes the outputs. It is given those two folders and nothing else.
 */
public final class EvaluateRole {
    private final ServerFiles own;
    private final TransferFolder exchange;
    private final Progress progress;
    private final int maxQueries;

    private EvaluateRole(ServerFiles own, TransferFolder exchange, Progress progress, int maxQueries) {
        this.own = own;
        this.exchange = exchange;
        this.progress = progress;
        this.maxQueries = maxQueries;
    }

    /**
     * Plays the role.
     *
     * @param own the server's folder
     * @param exchange what both sides see
     * @param threads worker threads; answers do not depend on them but for their noise
     * @param maxQueries ciphertexts it is ready to answer: the more, the better a client can copy the encoder
     * @throws UserError if a file is missing, damaged or foreign, or there are too many queries
     * @throws io.github.hecnn.ckks.error.HeException if keys or ciphertexts do not fit
     * @throws io.github.hecnn.mlr.data.DataFormatException if the weights are damaged
     */
    public static void run(ServerFiles own, TransferFolder exchange, int threads, int maxQueries, Progress progress)
            throws Exception {
        try (WorkerPool workers = WorkerPool.ofThreads(threads)) {
            new EvaluateRole(own, exchange, progress, maxQueries).run(workers);
        }
    }

    private void run(WorkerPool workers) throws Exception {
        Network weights = own.encoder();
        ServerFiles.About about = own.about();
        TransferJob job = exchange.job();
        if (job.queries() < 1 || job.queries() > maxQueries) {
            throw new UserError("answer: expected 1.." + maxQueries + " queries, found " + job.queries()
                    + "; ask less, or raise --max-queries");
        }
        if (!job.sentences().equals(about.sentences())) {
            throw new UserError("answer: expected texts embedded by " + about.sentences() + ", found " + job.sentences()
                    + "; give server-train and client-keys the same --sentence-model and --vocabulary");
        }
        if (job.inputs() != weights.inputs() || job.outputs() != weights.outputs()) {
            throw new UserError("answer: expected a job for " + weights.inputs() + " inputs and " + weights.outputs()
                    + " outputs, found " + job.inputs() + " and " + job.outputs() + "; " + TransferFolder.AGAIN_ASK);
        }
        SealedFiles files = exchange.clientsFiles(job).checkAll();
        CkksParameters parameters = TransferFolder.parameters(files.get(TransferFolder.PARAMETERS));
        CkksContext context = CkksContext.create(parameters, workers);
        CkksSerializer serializer = new CkksSerializer(context);
        EncryptedNetwork network = progress.run(
                        "server: compile the encoder", () -> EncryptedNetwork.compile(weights, job.packing(parameters)))
                .value();
        CkksSlotAlgebra algebra =
                new CkksSlotAlgebra(context, serializer.readEvaluationKeys(files.get(TransferFolder.EVALUATION_KEYS)));
        OutputSanitizer sanitizer = new OutputSanitizer(
                context, serializer.readPublicKey(files.get(TransferFolder.PUBLIC_KEY)), OutputSanitizer.DEVIATION);
        progress.line("server: " + network + "; " + Machine.kernels() + " kernels, " + workers.threads() + " threads");
        try (FileSet answers = FileSet.in(exchange.path())) {
            List<Double> seconds = progress.run(
                            "server: evaluate " + job.queries() + " queries",
                            () -> answer(job, network, algebra, sanitizer, serializer, files, answers))
                    .value();
            List<FileSeal> seals = new ArrayList<>();
            for (int k = 1; k <= job.queries(); k++) {
                String name = TransferFolder.answer(k);
                seals.add(FileSeal.of(name, answers.pending(TransferFolder.name(job.runId(), name))));
            }
            answers.write(
                    TransferFolder.name(job.runId(), TransferFolder.ACCOUNT),
                    Access.USUAL,
                    SealedJson.text(new ServerAccount(
                            job.runId(),
                            about.source(),
                            network.toString(),
                            seconds,
                            OutputSanitizer.DEVIATION,
                            Machine.kernels(),
                            workers.threads(),
                            Machine.java(),
                            Machine.peakMemoryBytes(),
                            seals)));
            answers.commit();
        }
    }

    private List<Double> answer(
            TransferJob job,
            EncryptedNetwork network,
            CkksSlotAlgebra algebra,
            OutputSanitizer sanitizer,
            CkksSerializer serializer,
            SealedFiles files,
            FileSet answers)
            throws IOException {
        List<Double> seconds = new ArrayList<>();
        for (int k = 1; k <= job.queries(); k++) {
            Ciphertext query = serializer.readCiphertext(files.get(TransferFolder.query(k)));
            long start = System.nanoTime();
            Ciphertext output = network.evaluate(algebra, query);
            seconds.add((System.nanoTime() - start) * 1e-9);
            Ciphertext answer = sanitizer.sanitize(output);
            answers.write(
                    TransferFolder.name(job.runId(), TransferFolder.answer(k)),
                    Access.USUAL,
                    serializer.wireBytes(answer),
                    out -> serializer.write(out, answer));
            progress.at("query " + k + " of " + job.queries(), (double) k / job.queries());
        }
        return seconds;
    }
}
