package io.github.hecnn.examples.exchange;

import io.github.hecnn.examples.cli.Progress;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/** Passes the progress of a training on to the user and keeps its reports. Used by one training. */
public final class ProgressListener implements TrainingListener {
    private final Progress progress;
    private final int iterations;
    private final List<IterationReport> reports = new ArrayList<>();

    /** For a training of so many iterations. */
    public ProgressListener(Progress progress, int iterations) {
        this.progress = progress;
        this.iterations = iterations;
    }

    @Override
    public void iterationDone(IterationReport report) {
        reports.add(report);
        progress.at("iteration " + report.iteration() + " of " + iterations, (double) report.iteration() / iterations);
    }

    @Override
    public void progress(String phase, double fraction) {
        progress.at(phase, (reports.size() + Math.min(1.0, fraction)) / iterations);
    }

    /** Reports of the iterations that are done. */
    public List<IterationReport> reports() {
        return List.copyOf(reports);
    }
}
