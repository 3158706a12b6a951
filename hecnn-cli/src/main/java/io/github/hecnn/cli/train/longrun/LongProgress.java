package io.github.hecnn.cli.train.longrun;

import io.github.hecnn.cli.console.Progress;
import io.github.hecnn.cli.console.RoleProgress;
import io.github.hecnn.mlr.roles.row.LongListener;
import java.util.Locale;
import java.util.function.Supplier;

/** Passes the progress of a long run on to the user. */
final class LongProgress implements LongListener {
    private final Progress progress;
    private final RoleProgress phases;

    LongProgress(Progress progress) {
        this.progress = progress;
        phases = new RoleProgress(progress, 1);
    }

    @Override
    public <T> T during(String name, Supplier<T> work) {
        return phases.during(name, work);
    }

    @Override
    public void counted(String what, int done, int all) {
        phases.counted(what, done, all);
    }

    @Override
    public void iterationDone(Iteration done) {
        progress.line(String.format(
                Locale.ROOT,
                "  iteration %d of %d: %.1f s, about %.0f s left",
                done.iteration(),
                done.iterations(),
                done.seconds(),
                done.remainingSeconds()));
    }
}
