package io.github.hecnn.cli.cryptotl;

import io.github.hecnn.cli.console.Notes;
import io.github.hecnn.cli.console.Progress;
import io.github.hecnn.cli.console.RoleProgress;
import io.github.hecnn.cli.console.UserError;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.encoder.text.SentenceModel;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.OwnFolder;
import io.github.hecnn.mlr.transfer.ClientFile;
import io.github.hecnn.mlr.transfer.ServerAccount;
import io.github.hecnn.mlr.transfer.TargetTask;
import io.github.hecnn.mlr.transfer.TransferClient;
import io.github.hecnn.mlr.transfer.TransferJob;
import io.github.hecnn.mlr.transfer.network.CryptoTlParameters;
import io.github.hecnn.mlr.transfer.report.TransferHeads;
import io.github.hecnn.mlr.transfer.report.TransferOutcome;
import io.github.hecnn.mlr.transfer.report.TransferReport;
import java.util.ArrayList;
import java.util.List;

/** The client: embeds its texts and asks; later decrypts the answers, trains its heads in the clear, tests them. */
final class ClientRoles {
    /** Said when something of the client's is wrong. */
    static final String AGAIN_ASK = "run --role client-keys again";

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

    /** What this program remembers between asking and training, beside what the client's role does. */
    record Note(ClientSettings settings, String fingerprint) {}

    /** What came of it, and the report without a comparison. */
    record Trained(TransferOutcome outcome, TransferReport report) {}

    /** First half. */
    void ask() throws Exception {
        progress.line("client: " + SentenceOptions.told(here.sentences()));
        TargetTask task =
                progress.run("client: texts and embeddings", here::task).value();
        try (WorkerPool workers = WorkerPool.ofThreads(here.threads())) {
            TransferClient.ask(
                    task.inputs(),
                    here.choice(),
                    lanes(task.train()[0].length),
                    here.sentences().fingerprint(),
                    Notes.text(new Note(here, task.fingerprint())),
                    own,
                    exchange,
                    workers,
                    new RoleProgress(progress, 1));
        }
    }

    private int lanes(int width) {
        return here.lanes() == null ? TransferClient.mostLanes(here.choice(), width) : here.lanes();
    }

    /**
     * Second half.
     *
     * @throws UserError if the texts or what embeds them are others than before
     */
    Trained train() throws Exception {
        TransferClient client = TransferClient.open(own, exchange);
        Note note = Notes.read(client.state().note(), Note.class, "client", AGAIN_ASK);
        ClientSettings settings = note.settings().in(here);
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
        double[][] outputs;
        long start = System.nanoTime();
        try (WorkerPool workers = WorkerPool.ofThreads(here.threads())) {
            outputs = client.outputs(workers, new RoleProgress(progress, 1));
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        Progress.Timed<TransferHeads> heads =
                progress.run("client: train heads", () -> TransferHeads.train(task, outputs, epsilon, delta));
        TransferOutcome outcome = new TransferOutcome(task, outputs, heads.value());
        TransferOutcome.Description run = new TransferOutcome.Description(
                "CryptoTlDemo",
                settings.target(),
                settings.seed(),
                seconds,
                heads.seconds(),
                settings.sentences().label(),
                notes(settings));
        return new Trained(outcome, outcome.report(run, client, exchange));
    }

    private static List<String> notes(ClientSettings settings) {
        List<String> notes = new ArrayList<>();
        if (settings.data() == null) {
            notes.add("The texts are made up by this program; use --data for public ones.");
        }
        if (settings.sentences().kind() == SentenceModel.Kind.HASHED) {
            notes.add("Texts are embedded by hashed words, which know nothing of language; --sentences minilm is a real"
                    + " encoder.");
        }
        if (settings.choice() == CryptoTlParameters.Choice.FAST) {
            notes.add(
                    "The noise of the answers is only 4 to 5 times the circuit's own: nothing bounds what it says about the"
                            + " encoder's weights. Without --fast it is about 10,000 times.");
        }
        return notes;
    }
}
