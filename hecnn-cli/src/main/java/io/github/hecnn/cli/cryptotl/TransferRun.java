package io.github.hecnn.cli.cryptotl;

import io.github.hecnn.cli.console.Program;
import io.github.hecnn.cli.console.Progress;
import io.github.hecnn.cli.console.Results;
import io.github.hecnn.cli.console.RoleProgress;
import io.github.hecnn.cli.options.OutputArguments;
import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.FileSet;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.FolderLocks;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.report.JsonReport;
import io.github.hecnn.mlr.transfer.EncoderFolder;
import io.github.hecnn.mlr.transfer.ServerAccount;
import io.github.hecnn.mlr.transfer.SourceEncoder;
import io.github.hecnn.mlr.transfer.TransferExchange;
import io.github.hecnn.mlr.transfer.TransferJob;
import io.github.hecnn.mlr.transfer.TransferServer;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.report.TransferPage;
import io.github.hecnn.mlr.transfer.report.TransferReport;
import io.github.hecnn.mlr.transfer.report.TransferSummary;
import io.github.hecnn.mlr.transfer.text.TextDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;

/** The CryptoTL run from its command line: parses, plays the roles, turns any failure into one line. */
public final class TransferRun implements Program {
    /** Said when something of the server's is wrong. */
    private static final String AGAIN_ANSWER = "run --role server-evaluate again";

    private final TransferOptions options = new TransferOptions();

    private final CommandLine parser = new CommandLine(options);

    /** To be run once. */
    public TransferRun() {}

    @Override
    public CommandLine parser() {
        return parser;
    }

    @Override
    public OutputArguments output() {
        return options.output();
    }

    @Override
    public String reworded(String line) {
        return line.replace(
                "train and write the encoder again (EncoderFolder.write; --role server-train of the example)",
                "run --role server-train again");
    }

    /** Neither side touches what is the other's. */
    private static FolderLocks locks(TransferOptions.Settings s, Path server, Path exchange) throws IOException {
        FileSet.requireWritable(s.out());
        FolderLocks locks = new FolderLocks(s.role());
        Path client = s.client().own();
        return switch (s.role()) {
            case "server-train" -> locks.write(server);
            case "client-keys" -> locks.write(client).write(exchange);
            case "server-evaluate" -> locks.read(server).read(exchange);
            case "client-train" -> locks.write(s.out()).read(client).read(exchange);
            default -> locks.write(s.out()).write(server).write(client).write(exchange);
        };
    }

    @Override
    @SuppressWarnings("try") // the locks are only held
    public void play(Map<String, String> environment, Results results) throws Exception {
        TransferOptions.Settings s = options.settings(environment);
        EncoderFolder server = new EncoderFolder(s.out().resolve("server"));
        ExchangeFolder<TransferJob, ServerAccount> exchange =
                TransferExchange.in(s.out().resolve("exchange"), ClientRoles.AGAIN_ASK, AGAIN_ANSWER);
        try (FolderLocks locks = locks(s, server.path(), exchange.path());
                Progress progress = Progress.to(results.people())) {
            ClientRoles client = new ClientRoles(s.client(), s.epsilon(), s.delta(), exchange, progress);
            switch (s.role()) {
                case "server-train" -> train(s, server, progress);
                case "client-keys" -> client.ask();
                case "server-evaluate" -> evaluate(s, server, exchange, progress);
                case "client-train" -> write(s.out(), client.train().report(), results);
                default -> {
                    train(s, server, progress);
                    client.ask();
                    evaluate(s, server, exchange, progress);
                    ClientRoles.Trained trained = client.train();
                    TransferReport report = progress.run(
                                    "compare with the clear",
                                    () -> trained.outcome().compared(trained.report(), server.encoder()))
                            .value();
                    write(s.out(), report, results);
                }
            }
        }
    }

    private static void evaluate(
            TransferOptions.Settings s,
            EncoderFolder server,
            ExchangeFolder<TransferJob, ServerAccount> exchange,
            Progress progress)
            throws IOException {
        TransferServer role = TransferServer.open(server, exchange, s.maxQueries());
        progress.line(String.format(
                Locale.ROOT,
                "server: %s kernels, %d threads, at most %.1f MB of heap",
                Machine.kernels(),
                s.threads(),
                role.memoryBytes() / 1e6));
        try (WorkerPool workers = WorkerPool.ofThreads(s.threads())) {
            progress.line("server: "
                    + role.answer(workers, new RoleProgress(progress, 1)).circuit());
        }
    }

    private static void train(TransferOptions.Settings s, EncoderFolder server, Progress progress) throws Exception {
        TextDataset texts = Texts.load(s.data(), s.source(), s.seed());
        progress.line("server: " + SentenceOptions.told(s.sentences()));
        progress.run("server: train an encoder on " + texts, () -> {
            Network encoder = s.sentences().use(e -> SourceEncoder.train(texts, e, s.seed()));
            server.write(encoder, s.source(), s.sentences().fingerprint());
            return null;
        });
    }

    private static void write(Path folder, TransferReport report, Results results) throws IOException {
        try (FileSet files = FileSet.in(folder)) {
            files.write("report.html", Access.USUAL, TransferPage.text(report));
            files.write("report.json", Access.USUAL, JsonReport.text(report));
            files.commit();
        }
        results.print(report, to -> TransferSummary.print(report, folder, to));
    }
}
