package io.github.hecnn.mlr.report;

import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.rehearsal.SlotRehearsal;
import io.github.hecnn.mlr.rehearsal.WeightCheck;
import io.github.hecnn.mlr.rehearsal.WeightComparison;
import io.github.hecnn.mlr.roles.DataOwner;
import io.github.hecnn.mlr.roles.OpenedResult;
import io.github.hecnn.mlr.roles.RoleListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends a run at its owner's: holds the weights of every iteration against a rehearsal on the owner's data, tests them, and puts together
 * what the run leaves behind. Used by one run, on one thread.
 */
public final class RunReporter {
    private final RunDescription run;
    private final RunData data;
    private final RoleListener listener;

    /**
     * For a run on that data.
     *
     * @param run what it is about
     * @param data what is trained and tested on
     * @param listener hears of the phases
     */
    public RunReporter(RunDescription run, RunData data, RoleListener listener) {
        this.run = run;
        this.data = data;
        this.listener = listener;
    }

    /**
     * Decrypts, compares and tests.
     *
     * @param owner of the run
     * @param result of the cloud
     * @param secondsBefore what this process and the preparation took so far
     * @param fix the end of the error's text if a weight is off: what to do again
     * @return everything the run leaves
     * @throws io.github.hecnn.mlr.data.DataFormatException if a file of the result is damaged or foreign
     * @throws IllegalArgumentException if a weight is farther from the rehearsal than the noise of the scheme explains, or the data is not
     *     of the plan's shape
     * @throws UncheckedIOException if a file cannot be read
     */
    public RunOutputs encrypted(DataOwner owner, OpenedResult result, double secondsBefore, String fix) {
        long start = System.nanoTime();
        TrainingPlan plan = owner.plan();
        List<MlrModel> models = listener.during("owner: decrypt", () -> models(result));
        double decryptionSeconds = (System.nanoTime() - start) * 1e-9;
        SlotRehearsal rehearsal = listener.during("owner: rehearse for comparison", () -> rehearse(plan));
        List<double[][]> predicted = listener.during(
                "owner: predict errors",
                () -> WeightCheck.predicted(
                        plan, data.training().design(), data.training().labels(), owner.parameters()));
        List<double[][]> weights =
                models.stream().map(m -> m.linear().weights()).toList();
        List<WeightComparison> comparisons = WeightCheck.compare(weights, rehearsal.simulated(), predicted, fix);
        double seconds = secondsBefore
                + owner.state().elapsedSeconds()
                + result.account().elapsedSeconds()
                + (System.nanoTime() - start) * 1e-9;
        ReportBuilder builder = new ReportBuilder(run, data, plan, rehearsal);
        int last = weights.size() - 1;
        return new RunOutputs(
                builder.encrypted(weights, comparisons, owner, result.account(), decryptionSeconds, seconds),
                builder.samples(weights.get(last)),
                weights,
                models.get(last),
                WeightErrorsCsv.text(rehearsal.simulated().get(last), comparisons.get(last)));
    }

    /**
     * Only rehearses: trains on simulated slots, without any key, and tests.
     *
     * @param plan of the training
     * @param secondsBefore what this process took so far
     * @return everything the run leaves
     * @throws IllegalArgumentException if the data is not of the plan's shape, or a score leaves the interval of the sigmoid polynomial and
     *     the settings do not say to go on
     */
    public RunOutputs rehearsed(TrainingPlan plan, double secondsBefore) {
        long start = System.nanoTime();
        SlotRehearsal rehearsal = listener.during("rehearsal", () -> rehearse(plan));
        double seconds = (System.nanoTime() - start) * 1e-9;
        ReportBuilder builder = new ReportBuilder(run, data, plan, rehearsal);
        List<double[][]> weights = rehearsal.simulated();
        double[][] last = weights.get(weights.size() - 1);
        return new RunOutputs(
                builder.rehearsed(seconds, secondsBefore + seconds),
                builder.samples(last),
                weights,
                builder.model(last),
                null);
    }

    private SlotRehearsal rehearse(TrainingPlan plan) {
        return SlotRehearsal.of(plan, data.training().design(), data.training().labels(), listener);
    }

    private static List<MlrModel> models(OpenedResult result) {
        List<MlrModel> out = new ArrayList<>();
        try {
            for (int t = 1; t <= result.iterations(); t++) {
                out.add(result.model(t));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out;
    }
}
