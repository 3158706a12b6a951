package io.github.hecnn.examples.cryptotl;

import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.FileSet;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.examples.cli.ErrorLine;
import io.github.hecnn.examples.cli.Progress;
import io.github.hecnn.examples.cli.RoleProgress;
import io.github.hecnn.examples.report.JsonReport;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.FolderLocks;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.transfer.EncoderFolder;
import io.github.hecnn.mlr.transfer.ServerAccount;
import io.github.hecnn.mlr.transfer.SourceEncoder;
import io.github.hecnn.mlr.transfer.TransferExchange;
import io.github.hecnn.mlr.transfer.TransferJob;
import io.github.hecnn.mlr.transfer.TransferServer;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.text.TextDataset;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The CryptoTL run from its command line: parses, plays the roles, turns any failure into one line. */
final class TransferRun {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    /** Said when something of the server's is wrong. */
    private static final String AGAIN_ANSWER = "run --role server-evaluate again";

    private TransferRun() {}

    /** Returns the exit status. */
    static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        TransferOptions options = new TransferOptions();
        CommandLine parser = new CommandLine(options);
        parser.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        try {
            if (CommandLine.printHelpIfRequested(parser.parseArgs(args))) {
                return DONE;
            }
            play(options.settings(environment), out);
            return DONE;
        } catch (ParameterException e) {
            return fail(e, USAGE, options, err);
        } catch (Exception | OutOfMemoryError e) {
            return fail(e, FAILED, options, err);
        }
    }

    private static int fail(Throwable failure, int status, TransferOptions options, PrintStream err) {
        err.println("error: " + ErrorLine.of(failure) + (status == USAGE ? " (--help lists the options)" : ""));
        if (options.verboseErrors()) {
            failure.printStackTrace(err);
        }
        return status;
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

    @SuppressWarnings("try") // the locks are only held
    private static void play(TransferOptions.Settings s, PrintStream out) throws Exception {
        EncoderFolder server = new EncoderFolder(s.out().resolve("server"));
        ExchangeFolder<TransferJob, ServerAccount> exchange =
                TransferExchange.in(s.out().resolve("exchange"), ClientRoles.AGAIN_ASK, AGAIN_ANSWER);
        try (FolderLocks locks = locks(s, server.path(), exchange.path());
                Progress progress = Progress.to(out)) {
            ClientRoles client = new ClientRoles(s.client(), s.epsilon(), s.delta(), exchange, progress);
            switch (s.role()) {
                case "server-train" -> train(s, server, progress);
                case "client-keys" -> client.ask();
                case "server-evaluate" -> evaluate(s, server, exchange, progress);
                case "client-train" -> write(s.out(), client.train().report(), out);
                default -> {
                    train(s, server, progress);
                    client.ask();
                    evaluate(s, server, exchange, progress);
                    ClientRoles.Outcome outcome = client.train();
                    TransferReport report = progress.run(
                                    "compare with the clear", () -> ClearPipeline.compare(outcome, server.encoder()))
                            .value();
                    write(s.out(), report, out);
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

    private static void write(Path folder, TransferReport report, PrintStream out) throws IOException {
        try (FileSet files = FileSet.in(folder)) {
            files.write("report.html", Access.USUAL, TransferPage.text(report));
            files.write("report.json", Access.USUAL, JsonReport.text(report));
            files.commit();
        }
        out.println();
        out.printf(
                Locale.ROOT,
                "%-18s %d (0: %d, 1: %d) to train on, %d (0: %d, 1: %d) to test on%n",
                "texts",
                report.samples(),
                report.trainingClassCounts().get(0),
                report.trainingClassCounts().get(1),
                report.tests(),
                report.testClassCounts().get(0),
                report.testClassCounts().get(1));
        report.heads()
                .forEach((name, h) -> out.printf(
                        Locale.ROOT,
                        "%-18s %.2f %% right, F1 %.3f, kappa %.3f%n",
                        name,
                        100 * h.accuracy(),
                        h.f1(),
                        h.kappa()));
        if (report.comparison() != null) {
            out.printf(
                    Locale.ROOT,
                    "%-18s %+.2f points, largest error of an output %.1e%n",
                    "encryption costs",
                    0.0 - report.comparison().accuracyPoints(),
                    report.comparison().largestError());
        }
        out.printf(
                Locale.ROOT,
                "%-18s %.3f s a ciphertext, %.3f s a text%n",
                "evaluation",
                report.seconds().medianPerCiphertext(),
                report.seconds().perText());
        out.printf(
                Locale.ROOT,
                "%-18s %d bytes up, %d down a query; evaluation keys %.1f MB%n",
                "traffic",
                report.traffic().bytesUpPerQuery(),
                report.traffic().bytesDownPerQuery(),
                report.traffic().evaluationKeyBytes() / 1e6);
        report.notes().forEach(n -> out.printf(Locale.ROOT, "%-18s %s%n", "note", n));
        out.printf(Locale.ROOT, "%-18s %s, report.json%n", "outputs", folder.resolve("report.html"));
    }
}
