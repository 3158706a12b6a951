package io.github.hecnn.examples.cryptotl.client;

import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.examples.cli.Progress;
import io.github.hecnn.examples.cli.UserError;
import io.github.hecnn.examples.cryptotl.shared.ServerAccount;
import io.github.hecnn.examples.cryptotl.shared.TransferFolder;
import io.github.hecnn.examples.cryptotl.shared.TransferJob;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.exchange.SealedFiles;
import io.github.hecnn.mlr.network.NetworkPacking;
import io.github.hecnn.mlr.network.train.DpLogisticRegression;
import io.github.hecnn.mlr.network.train.GaussianAccountant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The client, second half: decrypts the answers, trains its heads in the clear, tests them. */
public final class TrainRole {
    /** Outputs of an encoder are small numbers; a wrong key gives values that are many millions. */
    private static final double IMPOSSIBLE_OUTPUT = 128;

    private static final int FEW_TESTS = 10;

    private final ClientSettings here;
    private final Double epsilon;
    private final double delta;
    private final TransferFolder exchange;
    private final Progress progress;

    /**
     * With what the command line says.
     *
     * @param here its own folder and threads count; the rest comes from the settings that the asking role left there
     * @param epsilon of a private head; null for none
     * @param delta of it
     */
    public TrainRole(ClientSettings here, Double epsilon, double delta, TransferFolder exchange, Progress progress) {
        this.here = here;
        this.epsilon = epsilon;
        this.delta = delta;
        this.exchange = exchange;
        this.progress = progress;
    }

    /**
     * What came of it.
     *
     * @param task texts of the client
     * @param outputs decrypted, of all texts
     * @param report without a comparison
     */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record Outcome(TargetTask task, double[][] outputs, TransferReport report) {}

    /**
     * Plays the role.
     *
     * @throws UserError if a file is missing, damaged or foreign, or the texts are others than before
     */
    public Outcome run() throws Exception {
        TransferJob job = exchange.job();
        ClientState state = ClientState.read(here.own(), job.runId());
        ClientSettings settings = new ClientSettings(
                here.own(),
                state.data() == null ? null : Path.of(state.data()),
                state.target(),
                state.sentences(),
                state.samples(),
                state.tests(),
                here.lanes(),
                state.seed(),
                here.threads());
        sameRun(exchange.jobFile(), state.runId(), job.runId(), TransferFolder.AGAIN_ASK);
        ServerAccount account = exchange.account(job);
        sameRun(
                exchange.file(job, TransferFolder.ACCOUNT),
                state.runId(),
                account.runId(),
                TransferFolder.AGAIN_ANSWER);
        SealedFiles answers = exchange.serversFiles(job, account).checkAll();
        CkksParameters parameters =
                TransferFolder.parameters(exchange.clientsFiles(job).get(TransferFolder.PARAMETERS));
        Path secretKeyFile = state.secretKeyFile(here.own());
        requireSameSentences(state);
        TargetTask task =
                progress.run("client: texts and embeddings", settings::task).value();
        if (!task.fingerprint().equals(state.fingerprint())) {
            throw new UserError("train: expected the texts that were encrypted, found others; restore them, or "
                    + TransferFolder.AGAIN_ASK);
        }
        Progress.Timed<double[][]> outputs = progress.run(
                "client: decrypt", () -> decrypt(job, parameters, secretKeyFile, answers, task.inputs().length));
        TransferReport report = report(task, state, job, account, parameters, outputs);
        return new Outcome(task, outputs.value(), report);
    }

    private static void requireSameSentences(ClientState state) throws IOException {
        String found = state.sentences().fingerprint();
        if (!found.equals(state.sentencesAre())) {
            throw new UserError("train: expected sentence encoder " + state.sentencesAre() + ", found " + found
                    + "; restore its files, or " + TransferFolder.AGAIN_ASK);
        }
    }

    private static void sameRun(Path file, String expected, String found, String fix) {
        if (!found.equals(expected)) {
            throw new UserError("read " + file + ": expected run " + expected + ", found run " + found + "; " + fix);
        }
    }

    private double[][] decrypt(
            TransferJob job, CkksParameters parameters, Path secretKeyFile, SealedFiles answers, int texts)
            throws IOException {
        double[][] out = new double[texts][];
        NetworkPacking packing = job.packing(parameters);
        try (WorkerPool workers = WorkerPool.ofThreads(here.threads())) {
            CkksContext context = CkksContext.create(parameters, workers);
            CkksSerializer serializer = new CkksSerializer(context);
            Decryptor decryptor =
                    new Decryptor(context, serializer.readSecretKey(secretKeyFile, SecretKey.Access.INTENDED));
            CkksEncoder encoder = new CkksEncoder(context);
            for (int from = 0; from < texts; from += packing.lanes()) {
                Path file = answers.get(TransferFolder.answer(from / packing.lanes() + 1));
                double[] slots = encoder.decode(decryptor.decrypt(serializer.readCiphertext(file)));
                int count = Math.min(packing.lanes(), texts - from);
                System.arraycopy(packing.unpack(slots, count), 0, out, from, count);
                requirePossible(file, out[from]);
            }
        }
        return out;
    }

    private static void requirePossible(Path file, double[] output) {
        for (double v : output) {
            if (!(Math.abs(v) < IMPOSSIBLE_OUTPUT)) {
                throw new UserError("decrypt " + file + ": expected outputs below " + IMPOSSIBLE_OUTPUT + ", found " + v
                        + "; key and answers do not belong together, " + TransferFolder.AGAIN_ASK);
            }
        }
    }

    private TransferReport report(
            TargetTask task,
            ClientState state,
            TransferJob job,
            ServerAccount account,
            CkksParameters parameters,
            Progress.Timed<double[][]> outputs)
            throws Exception {
        Map<String, TransferReport.Score> heads = new LinkedHashMap<>();
        Map<String, List<Double>> losses = new LinkedHashMap<>();
        TransferReport.Privacy privacy = epsilon == null ? null : privacy();
        double headSeconds = progress.run("client: train heads", () -> {
                    add(heads, losses, "encrypted", task.head(outputs.value()));
                    add(heads, losses, "raw embedding", task.head(task.inputs()));
                    if (privacy != null) {
                        heads.put("linear, no noise", TransferReport.Score.of(task.privateHead(outputs.value(), 0, 0)));
                        heads.put(
                                "private",
                                TransferReport.Score.of(task.privateHead(
                                        outputs.value(), privacy.noiseMultiplier(), new SecureRandom().nextLong())));
                    }
                    return null;
                })
                .seconds();
        List<Double> seconds = account.secondsPerCiphertext();
        double median = seconds.stream().sorted().toList().get(seconds.size() / 2);
        List<String> notes = new ArrayList<>();
        if (state.data() == null) {
            notes.add("The texts are made up by this program; use --data for public ones.");
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
                state.target(),
                task.train().length,
                task.test().length,
                task.trainClassCounts(),
                task.testClassCounts(),
                job.lanes(),
                state.seed(),
                heads,
                losses,
                null,
                privacy,
                new TransferReport.Traffic(
                        job.queries(),
                        Files.size(exchange.file(job, TransferFolder.query(1))),
                        Files.size(exchange.file(job, TransferFolder.answer(1))),
                        Files.size(exchange.file(job, TransferFolder.EVALUATION_KEYS)),
                        Files.size(exchange.file(job, TransferFolder.PUBLIC_KEY))),
                new TransferReport.Scheme(
                        parameters.toString(),
                        parameters.ringDegree(),
                        parameters.maxLevel(),
                        parameters.chain().logQ(),
                        parameters.chain().logP(),
                        128,
                        account.circuit(),
                        account.floodingDeviation()),
                new TransferReport.Seconds(
                        state.keyGenerationSeconds(),
                        state.encryptionSeconds(),
                        seconds,
                        median,
                        median / job.lanes(),
                        outputs.seconds(),
                        headSeconds),
                new TransferReport.Host(
                        account.kernels(),
                        account.threads(),
                        account.javaVersion(),
                        account.peakMemoryBytes(),
                        Machine.java(),
                        Machine.peakMemoryBytes(),
                        Machine.operatingSystem()),
                notes);
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
