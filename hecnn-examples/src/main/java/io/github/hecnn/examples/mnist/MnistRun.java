package io.github.hecnn.examples.mnist;

import io.github.hecnn.core.files.FileSet;
import io.github.hecnn.examples.cli.ErrorLine;
import io.github.hecnn.examples.cli.Progress;
import io.github.hecnn.examples.cloud.CloudRole;
import io.github.hecnn.examples.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.FolderLocks;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The MNIST run from its command line: parses, plays the roles, turns any failure into one line. */
public final class MnistRun {
    /** All is well. */
    public static final int DONE = 0;

    /** Something failed; one line says what. */
    public static final int FAILED = 1;

    /** The command line makes no sense; one line says why. */
    public static final int USAGE = 2;

    private MnistRun() {}

    /**
     * Runs.
     *
     * @param args the command line
     * @param environment where HECNN_DATA is looked up
     * @return the exit status
     */
    public static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        MnistOptions options = new MnistOptions();
        CommandLine parser = MnistOptions.parser(options);
        parser.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        try {
            ParseResult parsed = parser.parseArgs(args);
            if (CommandLine.printHelpIfRequested(parsed)) {
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

    private static int fail(Throwable failure, int status, MnistOptions options, PrintStream err) {
        String line = ErrorLine.of(failure);
        err.println("error: " + line + (status == USAGE ? " (--help lists the options)" : ""));
        if (options.verboseErrors()) {
            failure.printStackTrace(err);
        }
        return status;
    }

    /** The cloud touches the exchange folder only. */
    private static FolderLocks locks(RunSettings settings, Path exchange) throws IOException {
        RoleChoice role = settings.role();
        FolderLocks locks = new FolderLocks(settings.rehearse() ? "rehearsal" : RoleChoice.word(role));
        if (role == RoleChoice.CLOUD_TRAIN) {
            FileSet.requireWritable(settings.out());
            return locks.read(exchange);
        }
        locks.write(settings.out());
        if (settings.rehearse()) {
            return locks;
        }
        Path owner = settings.out().resolve(OwnerState.FOLDER);
        return role == RoleChoice.OWNER_DECRYPT
                ? locks.read(owner).read(exchange)
                : locks.write(owner).write(exchange);
    }

    @SuppressWarnings("try") // the locks are only held
    private static void play(RunSettings settings, PrintStream out) throws Exception {
        ExchangeFolder exchange = new ExchangeFolder(settings.out().resolve(ExchangeFolder.NAME));
        try (FolderLocks locks = locks(settings, exchange.path());
                Progress progress = Progress.to(out)) {
            if (settings.download()) {
                new MnistDownload(MnistDownload.MIRRORS).into(settings.data(), progress);
            }
            if (settings.rehearse()) {
                RehearseRun.run(settings, progress, out);
                return;
            }
            switch (settings.role()) {
                case OWNER_ENCRYPT -> new OwnerEncryptRole(settings, exchange, progress).run();
                case CLOUD_TRAIN -> CloudRole.run(exchange, settings.threads(), progress);
                case OWNER_DECRYPT -> new OwnerDecryptRole(settings, exchange, progress).run(out);
                case ALL -> {
                    new OwnerEncryptRole(settings, exchange, progress).run();
                    CloudRole.run(exchange, settings.threads(), progress);
                    new OwnerDecryptRole(settings, exchange, progress).run(out);
                }
            }
        }
    }
}
