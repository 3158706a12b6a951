package io.github.hecnn.examples.cryptotl;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.examples.cli.Progress;
import io.github.hecnn.examples.cli.RoleProgress;
import io.github.hecnn.examples.cli.UserError;
import io.github.hecnn.mlr.encoder.text.SentenceModel;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.exchange.OwnFolder;
import io.github.hecnn.mlr.transfer.ClientFile;
import io.github.hecnn.mlr.transfer.ServerAccount;
import io.github.hecnn.mlr.transfer.TargetTask;
import io.github.hecnn.mlr.transfer.TransferClient;
import io.github.hecnn.mlr.transfer.TransferExchange;
import io.github.hecnn.mlr.transfer.TransferJob;
import io.github.hecnn.mlr.transfer.network.NetworkPacking;
import io.github.hecnn.mlr.transfer.network.train.DpLogisticRegression;
import io.github.hecnn.mlr.transfer.network.train.GaussianAccountant;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The client: embeds its texts and asks; later decrypts the answers, trains its heads in the clear, tests them. */
final class ClientRoles {
    /** Said when something of the client's is wrong. */
    static final String AGAIN_ASK = "run --role client-keys again";

    private static final int FEW_TESTS = 10;

    private final ClientSettings here;
    private final Double epsilon;
    private final double delta;
    private final OwnFolder<ClientFile> own;
    private final ExchangeFolder<TransferJob, ServerAccount> exchange;
    private final Progress progress;

    /**
     * With what the command line says.
     *
     * @param here settings; to train, but for the folder and the number of threads, they come from where the asking role left them
     * @param epsilon of a private head; null for none
     * @param delta of it
     */
    ClientRoles(
            ClientSettings here,
            Double epsilon,
            double delta,
            ExchangeFolder<TransferJob, ServerAccount> exchange,
            Progress progress) {
        this.here = here;
        this.epsilon = epsilon;
        this.delta = delta;
        this.exchange = exchange;
        this.progress = progress;
        own = ClientFile.in(here.own(), AGAIN_ASK);
    }

    /**
     * What came of it.
     *
     * @param task texts of the client
     * @param outputs decrypted, of all texts
     * @param report without a comparison
     */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    record Outcome(TargetTask task, double[][] outputs, TransferReport report) {}

    /** First half. */
    void ask() throws Exception {
        progress.line("client: " + SentenceOptions.told(here.sentences()));
        TargetTask task =
                progress.run("client: texts and embeddings", here::task).value();
        try (WorkerPool workers = WorkerPool.ofThreads(here.threads())) {
            TransferClient.ask(
                    task.inputs(),
                    packing(task.train()[0].length),
                    here.sentences().fingerprint(),
                    ClientNote.of(here, task.fingerprint()).text(),
                    own,
                    exchange,
                    workers,
                    new RoleProgress(progress, 1));
        }
    }

    private NetworkPacking packing(int width) {
        int lanes = here.lanes() == null ? TransferClient.mostLanes(width) : here.lanes();
        return TransferClient.packing(width, lanes);
    }

    /**
     * Second half.
     *
     * @throws UserError if the texts or what embeds them are others than before
     */
    Outcome train() throws Exception {
        TransferClient client = TransferClient.open(own, exchange);
        ClientNote note = ClientNote.read(client.state());
        ClientSettings settings = note.settings(here);
        String sentences = settings.sentences().fingerprint();
        if (!sentences.equals(client.state().sentences())) {
            throw new UserError("train: expected sentence encoder "
                    + client.state().sentences() + ", found " + sentences + "; restore its files, or " + AGAIN_ASK);
        }
        TargetTask task =
                progress.run("client: texts and embeddings", settings::task).value();
        if (!task.fingerprint().equals(note.fingerprint())) {
            throw new UserError(
                    "train: expected the texts that were encrypted, found others; restore them, or " + AGAIN_ASK);
        }
        try (WorkerPool workers = WorkerPool.ofThreads(here.threads())) {
            long start = System.nanoTime();
            double[][] outputs = client.outputs(workers, new RoleProgress(progress, 1));
            double seconds = (System.nanoTime() - start) * 1e-9;
            return new Outcome(task, outputs, report(task, settings, client, outputs, seconds));
        }
    }

    private TransferReport report(
            TargetTask task, ClientSettings settings, TransferClient client, double[][] outputs, double decryptSeconds)
            throws Exception {
        TransferJob job = client.job();
        ServerAccount account = client.account();
        Map<String, TransferReport.Score> heads = new LinkedHashMap<>();
        Map<String, List<Double>> losses = new LinkedHashMap<>();
        TransferReport.Privacy privacy = epsilon == null ? null : privacy();
        double headSeconds = progress.run("client: train heads", () -> {
                    add(heads, losses, "encrypted", task.head(outputs));
                    add(heads, losses, "raw embedding", task.head(task.inputs()));
                    if (privacy != null) {
                        heads.put("linear, no noise", TransferReport.Score.of(task.privateHead(outputs, 0, 0)));
                        heads.put(
                                "private",
                                TransferReport.Score.of(task.privateHead(
                                        outputs, privacy.noiseMultiplier(), new SecureRandom().nextLong())));
                    }
                    return null;
                })
                .seconds();
        List<Double> seconds = account.secondsPerCiphertext();
        double median = seconds.stream().sorted().toList().get(seconds.size() / 2);
        List<String> notes = new ArrayList<>();
        if (settings.data() == null) {
            notes.add("The texts are made up by this program; use --data for public ones.");
        }
        if (settings.sentences().kind() == SentenceModel.Kind.HASHED) {
            notes.add("Texts are embedded by hashed words, which know nothing of language; --sentences minilm is a real encoder.");
        }
        if (Collections.min(task.trainClassCounts()) < 2) {
            notes.add("Only one training text of a class: what the heads learn of it is chance.");
        }
        if (task.test().length < FEW_TESTS) {
            notes.add("Only " + task.test().length + " test texts: the accuracy says little.");
        }
        if (heads.get("encrypted").accuracy() <= heads.get("raw embedding").accuracy()) {
            notes.add("Transfer does not help here: the head on the raw embedding is as good or better.");
        }
        return new TransferReport(
                "CryptoTlDemo",
                Machine.version(),
                account.source(),
                settings.target(),
                task.train().length,
                task.test().length,
                task.trainClassCounts(),
                task.testClassCounts(),
                settings.sentences().label(),
                job.lanes(),
                settings.seed(),
                heads,
                losses,
                null,
                privacy,
                new TransferReport.Traffic(
                        job.queries(),
                        bytes(job, TransferExchange.query(1)),
                        bytes(job, TransferExchange.answer(1)),
                        bytes(job, TransferExchange.EVALUATION_KEYS),
                        bytes(job, TransferExchange.PUBLIC_KEY)),
                new TransferReport.Scheme(
                        client.parameters().toString(),
                        client.parameters().ringDegree(),
                        client.parameters().maxLevel(),
                        client.parameters().chain().logQ(),
                        client.parameters().chain().logP(),
                        128,
                        account.circuit(),
                        account.floodingDeviation()),
                new TransferReport.Seconds(
                        client.state().keyGenerationSeconds(),
                        client.state().encryptionSeconds(),
                        seconds,
                        median,
                        median / job.lanes(),
                        decryptSeconds,
                        headSeconds),
                new TransferReport.Host(
                        account.kernels(),
                        account.threads(),
                        account.javaVersion(),
                        account.neededMemoryBytes(),
                        account.peakMemoryBytes(),
                        Machine.java(),
                        Machine.peakMemoryBytes(),
                        Machine.operatingSystem()),
                notes);
    }

    private long bytes(TransferJob job, String name) throws IOException {
        return Files.size(exchange.file(job, name));
    }

    private TransferReport.Privacy privacy() {
        int steps = DpLogisticRegression.Settings.standard(1, 1).steps();
        return new TransferReport.Privacy(
                epsilon, delta, GaussianAccountant.noiseMultiplier(epsilon, delta, steps), steps);
    }

    private static void add(
            Map<String, TransferReport.Score> heads,
            Map<String, List<Double>> losses,
            String name,
            TargetTask.Head head) {
        heads.put(name, TransferReport.Score.of(head.metrics()));
        losses.put(name, head.history().losses());
    }
}
