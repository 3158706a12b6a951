package io.github.hecnn.examples.mnist;

import io.github.hecnn.examples.cli.Program;
import io.github.hecnn.examples.cli.Progress;
import io.github.hecnn.mlr.data.image.MnistDownload;
import io.github.hecnn.mlr.exchange.FolderLocks;
import java.io.PrintStream;
import java.util.Map;

/** The MNIST run from its command line: parses, plays the roles, turns any failure into one line. */
public final class MnistRun implements Program {
    private final MnistOptions options = new MnistOptions();

    private MnistRun() {}

    /**
     * Runs.
     *
     * @param args the command line
     * @param environment where HECNN_DATA is looked up
     * @return the exit status
     */
    public static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        MnistRun run = new MnistRun();
        return run.run(MnistOptions.parser(run.options), args, environment, out, err);
    }

    @Override
    public boolean verboseErrors() {
        return options.verboseErrors();
    }

    @Override
    public String reworded(String line) {
        return Remedies.asOptions(line);
    }

    @Override
    public void play(Map<String, String> environment, PrintStream out) throws Exception {
        play(options.settings(environment), out);
    }

    @SuppressWarnings("try") // the locks are only held
    static void play(RunSettings settings, PrintStream out) throws Exception {
        RunFolder folder = new RunFolder(settings.out());
        if (settings.predict()) {
            Prediction.run(settings, out);
            return;
        }
        try (FolderLocks locks = folder.locks(settings.role(), settings.rehearse());
                Progress progress = Progress.to(out)) {
            if (settings.download()) {
                new MnistDownload(MnistDownload.MIRRORS)
                        .into(settings.features().data(), progress::line);
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
