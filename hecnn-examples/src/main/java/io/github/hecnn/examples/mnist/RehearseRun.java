package io.github.hecnn.examples.mnist;

import io.github.hecnn.examples.cli.Progress;
import io.github.hecnn.examples.report.RunReport;
import io.github.hecnn.examples.report.Summary;
import io.github.hecnn.mlr.plan.TrainingPlan;
import java.io.PrintStream;

/** {@code --rehearse}: the training on simulated slots, without any key. */
final class RehearseRun {
    private RehearseRun() {}

    static void run(RunSettings settings, Progress progress, PrintStream out) throws Exception {
        long start = System.nanoTime();
        TrainingData data = progress.run("data and features", () -> DataSource.load(settings, true))
                .value();
        TrainingPlan plan =
                progress.run("plan", () -> Planning.plan(settings, data)).value();
        progress.line(plan.toString().stripTrailing());
        Progress.Timed<Rehearsal> rehearsal =
                progress.run("rehearsal", () -> Rehearsal.of(plan, data, Planning.listener(settings, progress)));
        ReportBuilder builder = new ReportBuilder(settings, data, plan, rehearsal.value());
        RunReport report = builder.rehearsed(rehearsal.seconds(), (System.nanoTime() - start) * 1e-9);
        double[][] last = rehearsal.value().simulated().get(settings.iterations() - 1);
        RunOutputs.write(
                settings.out(), report, builder.samples(last), rehearsal.value().simulated(), null);
        Summary.print(report, settings.out(), out);
    }
}
