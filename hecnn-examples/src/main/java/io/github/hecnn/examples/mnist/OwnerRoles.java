package io.github.hecnn.examples.mnist;

import io.github.hecnn.core.files.FileSet;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.examples.cli.Progress;
import io.github.hecnn.examples.cli.RoleProgress;
import io.github.hecnn.examples.cli.UserError;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.plan.PlanRole;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.rehearsal.SlotRehearsal;
import io.github.hecnn.mlr.rehearsal.WeightCheck;
import io.github.hecnn.mlr.rehearsal.WeightComparison;
import io.github.hecnn.mlr.report.ReportBuilder;
import io.github.hecnn.mlr.report.RunData;
import io.github.hecnn.mlr.report.RunOutputs;
import io.github.hecnn.mlr.report.RunReport;
import io.github.hecnn.mlr.report.Summary;
import io.github.hecnn.mlr.report.WeightErrorsCsv;
import io.github.hecnn.mlr.roles.DataOwner;
import io.github.hecnn.mlr.roles.OpenedResult;
import io.github.hecnn.mlr.roles.RoleMemory;
import io.github.hecnn.mlr.samples.Samples;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The data owner: encrypts and, once the cloud has trained, decrypts, compares with its rehearsal, and reports. */
final class OwnerRoles {
    private final RunSettings here;
    private final RunFolder folder;
    private final Progress progress;

    OwnerRoles(RunSettings here, Progress progress) {
        this.here = here;
        this.progress = progress;
        folder = new RunFolder(here.out());
    }

    /** First half: the secrets go into the owner's own folder, everything else into the exchange folder. */
    void encrypt() throws Exception {
        long start = System.nanoTime();
        RunData data = data(here, false);
        Planning planning = plan(here, data);
        TrainingPlan plan = planning.plan();
        requireMemoryForTest(plan, data);
        FileSet.requireRoom(folder.exchange().path(), plan.evaluationKeyWireBytes() + plan.uploadBytes());
        RandomSource random = here.seed() == null ? RandomSource.secure() : RandomSource.reproducible(here.seed());
        RoleProgress listener = new RoleProgress(progress, here.iterations());
        OwnerNote note = new OwnerNote(here, data.samples().fingerprint(), (System.nanoTime() - start) * 1e-9);
        try (WorkerPool workers = WorkerPool.ofThreads(here.threads())) {
            DataOwner.prepare(planning.training(), plan, workers, random, listener)
                    .write(folder.own(), folder.exchange(), note.text(), listener);
        }
    }

    /** Second half. */
    void decrypt(PrintStream out) throws Exception {
        long start = System.nanoTime();
        try (WorkerPool workers = WorkerPool.ofThreads(here.threads())) {
            DataOwner owner = DataOwner.read(folder.own(), folder.exchange(), workers);
            OwnerNote note = OwnerNote.read(owner.state());
            RunSettings settings =
                    note.settings().in(here, Preconditioner.named(owner.state().preconditioner()));
            OpenedResult result = owner.result(folder.exchange());
            Progress.Timed<List<MlrModel>> models = progress.run("owner: decrypt", () -> models(result));
            RunData data = data(settings, true);
            TrainingPlan plan = owner.plan();
            requireMemoryForTest(plan, data);
            if (!data.samples().fingerprint().equals(note.fingerprint())
                    || data.training().config().features()
                            != plan.recipe().config().features()) {
                throw new UserError(
                        "decrypt: expected the training data that was encrypted, found other data; restore it, or "
                                + RunFolder.AGAIN_ENCRYPT);
            }
            SlotRehearsal rehearsal = rehearsal("owner: rehearse for comparison", settings, plan, data)
                    .value();
            List<double[][]> predicted = progress.run(
                            "owner: predict errors",
                            () -> WeightCheck.predicted(
                                    plan,
                                    data.training().design(),
                                    data.training().labels(),
                                    owner.parameters()))
                    .value();
            List<double[][]> weights =
                    models.value().stream().map(m -> m.linear().weights()).toList();
            List<WeightComparison> comparisons = WeightCheck.compare(
                    weights,
                    rehearsal.simulated(),
                    predicted,
                    RunFolder.AGAIN_TRAIN + " with this version, or " + RunFolder.AGAIN_ENCRYPT);
            ReportBuilder builder = new ReportBuilder(settings.description(), data, plan, rehearsal);
            double seconds = note.preparationSeconds()
                    + owner.state().elapsedSeconds()
                    + result.account().elapsedSeconds()
                    + (System.nanoTime() - start) * 1e-9;
            RunReport report =
                    builder.encrypted(weights, comparisons, owner, result.account(), models.seconds(), seconds);
            int last = weights.size() - 1;
            RunOutputs outputs = new RunOutputs(
                    report,
                    builder.samples(weights.get(last)),
                    weights,
                    models.value().get(last));
            outputs.write(
                    settings.out(), WeightErrorsCsv.text(rehearsal.simulated().get(last), comparisons.get(last)));
            Summary.print(report, settings.out(), out);
        }
    }

    /** {@code --rehearse}: the training on simulated slots, without any key. */
    void rehearse(PrintStream out) throws Exception {
        long start = System.nanoTime();
        RunData data = data(here, true);
        Planning planning = plan(here, data);
        Progress.Timed<SlotRehearsal> rehearsal = rehearsal("rehearsal", here, planning.plan(), data);
        ReportBuilder builder = new ReportBuilder(here.description(), data, planning.plan(), rehearsal.value());
        RunReport report = builder.rehearsed(rehearsal.seconds(), (System.nanoTime() - start) * 1e-9);
        List<double[][]> weights = rehearsal.value().simulated();
        double[][] last = weights.get(weights.size() - 1);
        new RunOutputs(report, builder.samples(last), weights, builder.model(last)).write(here.out(), null);
        Summary.print(report, here.out(), out);
    }

    private RunData data(RunSettings settings, boolean withTest) throws Exception {
        String who = here.rehearse() ? "" : "owner: ";
        return progress.run(who + "data and features", () -> {
                    Samples samples = settings.features().load(withTest);
                    return RunData.of(samples, settings.training(samples.grid()));
                })
                .value();
    }

    private Planning plan(RunSettings settings, RunData data) throws Exception {
        String who = here.rehearse() ? "" : "owner: ";
        Planning planning = progress.run(who + "plan", () -> Planning.of(settings, data.training()))
                .value();
        progress.line(planning.plan().toString().stripTrailing());
        return planning;
    }

    private Progress.Timed<SlotRehearsal> rehearsal(String name, RunSettings settings, TrainingPlan plan, RunData data)
            throws Exception {
        return progress.run(
                name,
                () -> SlotRehearsal.of(
                        plan,
                        data.training().design(),
                        data.training().labels(),
                        new RoleProgress(progress, settings.iterations())));
    }

    /** Before anything is encrypted it must be known that the result can be tested here. */
    private static void requireMemoryForTest(TrainingPlan plan, RunData data) {
        LabeledDataset test = data.testSplit();
        RoleMemory.require(
                "owner: decrypt and test",
                plan.memoryBytes(PlanRole.DECRYPT)
                        + RoleMemory.dataBytes(
                                test.samples(), data.samples().training().width()));
    }

    private static List<MlrModel> models(OpenedResult result) throws IOException {
        List<MlrModel> out = new ArrayList<>();
        for (int t = 1; t <= result.iterations(); t++) {
            out.add(result.model(t));
        }
        return out;
    }
}
