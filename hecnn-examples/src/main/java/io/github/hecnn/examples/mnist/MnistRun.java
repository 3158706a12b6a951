package io.github.hecnn.examples.mnist;

import io.github.hecnn.examples.cli.ErrorLine;
import io.github.hecnn.examples.cli.Progress;
import io.github.hecnn.mlr.exchange.FolderLocks;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
        String line = Remedies.asOptions(ErrorLine.of(failure));
        err.println("error: " + line + (status == USAGE ? " (--help lists the options)" : ""));
        if (options.verboseErrors()) {
            failure.printStackTrace(err);
        }
        return status;
    }

    @SuppressWarnings("try") // the locks are only held
    private static void play(RunSettings settings, PrintStream out) throws Exception {
        RunFolder folder = new RunFolder(settings.out());
        if (settings.predict()) {
            Prediction.run(settings, out);
            return;
        }
        try (FolderLocks locks = folder.locks(settings.role(), settings.rehearse());
                Progress progress = Progress.to(out)) {
            if (settings.download()) {
                new MnistDownload(MnistDownload.MIRRORS).into(settings.data(), progress);
            }
            OwnerRoles owner = new OwnerRoles(settings, progress);
            if (settings.rehearse()) {
                owner.rehearse(out);
                return;
            }
            if (settings.plays(RoleChoice.OWNER_ENCRYPT)) {
                owner.encrypt();
            }
            if (settings.plays(RoleChoice.CLOUD_TRAIN)) {
                CloudRole.run(folder.exchange(), settings.threads(), progress);
            }
            if (settings.plays(RoleChoice.OWNER_DECRYPT)) {
                owner.decrypt(out);
            }
        }
    }
}
