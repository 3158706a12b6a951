package io.github.hecnn.cli.train;

import io.github.hecnn.cli.console.Program;
import io.github.hecnn.cli.console.Progress;
import io.github.hecnn.cli.console.Results;
import io.github.hecnn.cli.options.Remedies;
import io.github.hecnn.mlr.data.image.MnistDownload;
import io.github.hecnn.mlr.exchange.FolderLocks;
import picocli.CommandLine;

/** A training from its command line: plays the roles that it asks for. */
abstract class TrainingProgram implements Program {
    private final CommandLine parser;

    /** With the options that its command line fills. */
    TrainingProgram(Object options) {
        parser = TrainingArguments.parser(options);
    }

    @Override
    public CommandLine parser() {
        return parser;
    }

    @Override
    public String reworded(String line) {
        return Remedies.asOptions(line);
    }

    @SuppressWarnings("try") // the locks are only held
    static void play(RunSettings settings, Results results) throws Exception {
        RunFolder folder = new RunFolder(settings.out());
        try (FolderLocks locks = folder.locks(settings.role(), settings.rehearse());
                Progress progress = Progress.to(results.people())) {
            if (settings.download()) {
                new MnistDownload(MnistDownload.MIRRORS)
                        .into(settings.features().data(), progress::line);
            }
            OwnerRoles owner = new OwnerRoles(settings, progress);
            if (settings.rehearse()) {
                owner.rehearse(results);
                return;
            }
            if (settings.plays(RoleChoice.OWNER_ENCRYPT)) {
                owner.encrypt();
            }
            if (settings.plays(RoleChoice.CLOUD_TRAIN)) {
                CloudRole.run(folder.exchange(), settings.threads(), progress);
            }
            if (settings.plays(RoleChoice.OWNER_DECRYPT)) {
                owner.decrypt(results);
            }
        }
    }
}
