package io.github.hecnn.cli.console;

import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.roles.RoleListener;
import java.util.function.Supplier;

/** Passes the progress of a role on to the user. Used by one run. */
public final class RoleProgress implements RoleListener {
    private final Progress progress;
    private final int iterations;
    private int done;

    /**
     * Progress of one role.
     *
     * @param progress where it is shown
     * @param iterations of the training; 1 for what has none
     */
    public RoleProgress(Progress progress, int iterations) {
        this.progress = progress;
        this.iterations = iterations;
    }

    @Override
    public <T> T during(String name, Supplier<T> work) {
        done = 0;
        try {
            return progress.run(name, work::get).value();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void iterationDone(IterationReport report) {
        done = report.iteration();
        progress.at("iteration " + done + " of " + iterations, part(done));
    }

    @Override
    public void counted(String what, int made, int all) {
        progress.at(what + " " + made + " of " + all, (double) made / all);
    }

    /** What goes before the first iteration counts as one. */
    private double part(double finished) {
        return (1 + finished) / (iterations + 1);
    }

    @Override
    public void progress(String phase, double fraction) {
        double within = Math.min(1.0, fraction);
        progress.at(phase, phase.startsWith("iteration") ? part(done + within) : within / (iterations + 1));
    }
}
