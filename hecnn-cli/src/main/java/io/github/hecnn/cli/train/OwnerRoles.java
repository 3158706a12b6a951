package io.github.hecnn.cli.train;

import io.github.hecnn.cli.console.Notes;
import io.github.hecnn.cli.console.Progress;
import io.github.hecnn.cli.console.Results;
import io.github.hecnn.cli.console.RoleProgress;
import io.github.hecnn.cli.console.UserError;
import io.github.hecnn.core.files.FileSet;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.report.RunData;
import io.github.hecnn.mlr.report.RunOutputs;
import io.github.hecnn.mlr.report.RunReporter;
import io.github.hecnn.mlr.report.Summary;
import io.github.hecnn.mlr.roles.DataOwner;
import io.github.hecnn.mlr.roles.OpenedResult;
import io.github.hecnn.mlr.samples.Samples;
import java.io.IOException;

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

    /**
     * What this program remembers between encrypting and decrypting, beside what the owner's role does.
     *
     * @param settings of the encrypting role
     * @param fingerprint of the training data
     * @param preparationSeconds reading data and planning
     */
    record Note(RunSettings settings, String fingerprint, double preparationSeconds) {}

    /** First half: the secrets go into the owner's own folder, everything else into the exchange folder. */
    void encrypt() throws Exception {
        long start = System.nanoTime();
        RunData data = data(here, false);
        Planning planning = plan(here, data);
        TrainingPlan plan = planning.plan();
        data.requireMemoryForTest(plan);
        FileSet.requireRoom(folder.exchange().path(), plan.evaluationKeyWireBytes() + plan.uploadBytes());
        RandomSource random = here.seed() == null ? RandomSource.secure() : RandomSource.reproducible(here.seed());
        RoleProgress listener = new RoleProgress(progress, here.iterations());
        String note = Notes.text(new Note(here, data.samples().fingerprint(), seconds(start)));
        try (WorkerPool workers = WorkerPool.ofThreads(here.threads())) {
            DataOwner.prepare(planning.training(), plan, workers, random, listener)
                    .write(folder.own(), folder.exchange(), note, listener);
        }
    }

    /** Second half. */
    void decrypt(Results results) throws Exception {
        long start = System.nanoTime();
        try (WorkerPool workers = WorkerPool.ofThreads(here.threads())) {
            DataOwner owner = DataOwner.read(folder.own(), folder.exchange(), workers);
            Note note = Notes.read(owner.state().note(), Note.class, "owner", RunFolder.AGAIN_ENCRYPT);
            RunSettings settings =
                    note.settings().in(here, Preconditioner.named(owner.state().preconditioner()));
            OpenedResult result = owner.result(folder.exchange());
            RunData data = data(settings, true);
            data.requireMemoryForTest(owner.plan());
            if (!data.samples().fingerprint().equals(note.fingerprint())
                    || data.training().config().features()
                            != owner.plan().recipe().config().features()) {
                throw new UserError(
                        "decrypt: expected the training data that was encrypted, found other data; restore it, or "
                                + RunFolder.AGAIN_ENCRYPT);
            }
            String fix = RunFolder.AGAIN_TRAIN + " with this version, or " + RunFolder.AGAIN_ENCRYPT;
            finish(
                    settings,
                    data,
                    reporter(settings, data).encrypted(owner, result, note.preparationSeconds() + seconds(start), fix),
                    results);
        }
    }

    /** {@code --rehearse}: the training on simulated slots, without any key. */
    void rehearse(Results results) throws Exception {
        long start = System.nanoTime();
        RunData data = data(here, true);
        TrainingPlan plan = plan(here, data).plan();
        finish(here, data, reporter(here, data).rehearsed(plan, seconds(start)), results);
    }

    private RunReporter reporter(RunSettings settings, RunData data) {
        return new RunReporter(settings.description(), data, new RoleProgress(progress, settings.iterations()));
    }

    private void finish(RunSettings settings, RunData data, RunOutputs outputs, Results results) throws IOException {
        outputs.write(here.out());
        results.print(outputs.report(), to -> Summary.print(outputs.report(), here.out(), to));
        if (settings.features().images() != null) {
            SamplePage.write(settings.features(), data, outputs.model(), here.out(), results.people());
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) * 1e-9;
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
}
