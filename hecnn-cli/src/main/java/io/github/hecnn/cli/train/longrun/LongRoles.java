package io.github.hecnn.cli.train.longrun;

import io.github.hecnn.cli.console.Notes;
import io.github.hecnn.cli.console.Progress;
import io.github.hecnn.cli.console.Results;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.model.ClassificationReport;
import io.github.hecnn.mlr.plan.PlanRole;
import io.github.hecnn.mlr.report.Html;
import io.github.hecnn.mlr.report.row.LongPage;
import io.github.hecnn.mlr.report.row.LongReport;
import io.github.hecnn.mlr.roles.RoleMemory;
import io.github.hecnn.mlr.roles.row.LongOwner;
import io.github.hecnn.mlr.roles.row.LongPlan;
import io.github.hecnn.mlr.roles.row.LongResult;
import io.github.hecnn.mlr.roles.row.LongValidator;
import io.github.hecnn.mlr.roles.row.PreparedLongTraining;
import io.github.hecnn.mlr.samples.Samples;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The roles of a long run, each with the files of the others only. */
final class LongRoles {
    private final LongOptions options;
    private final Progress progress;
    private final WorkerPool workers;
    private final LongProgress listener;
    private final Path own;
    private final Path exchange;

    LongRoles(LongOptions options, Progress progress, WorkerPool workers) {
        this.options = options;
        this.progress = progress;
        this.workers = workers;
        listener = new LongProgress(progress);
        own = options.out().resolve("owner");
        exchange = options.exchange();
    }

    /**
     * What this program remembers between its roles.
     *
     * @param data of the encrypting role
     * @param before for the report
     */
    record Note(LongData data, LongReport.Before before) {}

    /** Tells what it takes, then makes keys and encrypts. */
    void encrypt(LongData data) throws Exception {
        Progress.Timed<Samples> read = progress.run("owner: data and features", () -> data.training(true));
        Samples samples = read.value();
        PreparedLongTraining training = progress.run(
                        "owner: rehearse and plan",
                        () -> PreparedLongTraining.of(samples.training(), options.settings()))
                .value();
        LongPlan plan = training.plan();
        progress.line(plan.table(workers.threads()).stripTrailing());
        if (options.playsAll()) { // before hours of encryption, not after
            RoleMemory.require(
                    "cloud: train", plan.memoryBytes(PlanRole.TRAIN), "or have the owner take a larger group width");
        }
        List<Double> clear = new ArrayList<>();
        for (int t = 1; t <= training.rehearsal().weights().size(); t++) {
            clear.add(training.rehearsed(t).evaluate(samples.test()).accuracy());
        }
        List<String> notes = new ArrayList<>(samples.notes());
        if (options.insecure()) {
            notes.add("The ring of this run protects nothing: --insecure-ring is for trying out.");
        }
        LongReport.Predicted predicted = new LongReport.Predicted(
                plan.preparationSeconds(workers.threads()),
                plan.trainingSeconds(workers.threads()),
                plan.memoryBytes(PlanRole.ENCRYPT),
                plan.memoryBytes(PlanRole.TRAIN),
                plan.diskBytes());
        LongReport.Before before =
                new LongReport.Before(samples.dataset(), data.features(), clear, predicted, read.seconds(), notes);
        LongOwner.write(
                training, own, exchange, workers, options.random(), Notes.text(new Note(data, before)), listener);
    }

    /** Both at once, if the owner is asked at all. */
    void trainAndValidate() throws Exception {
        LongOwner owner = LongOwner.read(own, exchange, workers);
        if (owner.state().job().validateEvery() == 0) {
            LongCloudRole.run(options, workers, progress);
            return;
        }
        LabeledDataset heldOut = note(owner).data().heldOut();
        Exception[] failed = new Exception[1];
        Thread cloud = Thread.currentThread();
        Thread answering = new Thread(
                () -> {
                    try {
                        LongValidator.of(owner, heldOut, options.stopAfterNoGain())
                                .run(this::tell);
                    } catch (IOException | RuntimeException e) {
                        failed[0] = e;
                        cloud.interrupt(); // it would wait for an answer that never comes
                    }
                },
                "owner-validate");
        answering.start();
        try {
            LongCloudRole.run(options, workers, progress);
        } catch (IOException | RuntimeException e) {
            answering.interrupt();
            if (failed[0] != null) {
                throw failed[0];
            }
            throw e;
        }
        answering.join(); // ends with the cloud's report
    }

    /** The owner, while the cloud trains. */
    void validate() throws IOException {
        LongOwner owner = LongOwner.read(own, exchange, workers);
        LabeledDataset heldOut = note(owner).data().heldOut();
        LongValidator.of(owner, heldOut, options.stopAfterNoGain()).run(this::tell);
    }

    private void tell(LongValidator.Answered answered) {
        progress.line(String.format(
                Locale.ROOT,
                "  owner: %.2f %% of its own images after iteration %d: %s",
                100 * answered.accuracy(),
                answered.iteration(),
                answered.goOn() ? "go on" : "stop"));
    }

    private static Note note(LongOwner owner) {
        return Notes.read(owner.state().note(), Note.class, "owner", "run --role owner-encrypt again");
    }

    /** Decrypts, tests every iteration and reports. */
    void decrypt(Results results) throws Exception {
        LongOwner owner = LongOwner.read(own, exchange, workers);
        Note note = note(owner);
        LabeledDataset test =
                progress.run("owner: test images", note.data()::test).value();
        LongResult result = owner.open();
        List<ClassificationReport> tests = new ArrayList<>();
        double seconds = progress.run("owner: decrypt and test", () -> {
                    for (int t = 1; t <= result.iterations(); t++) {
                        tests.add(result.model(t).evaluate(test));
                    }
                    return tests;
                })
                .seconds();
        LongReport report = LongReport.of(note.before(), owner.state(), result, owner.parameters(), tests, seconds);
        LongPage.write(options.out(), report, result.model());
        results.print(report, to -> summary(report, to));
    }

    private void summary(LongReport report, PrintStream out) {
        LongReport.Seconds seconds = report.seconds();
        Locale root = Locale.ROOT;
        out.println();
        line(
                out,
                "trained encrypted",
                report.dataset() + ", " + report.job().samples() + " samples, " + report.features() + " features");
        line(
                out,
                "test accuracy",
                Html.percent(report.accuracy()) + " of " + report.testSamples() + " after " + report.iterations()
                        + " iterations" + (report.stopped() ? ", stopped by the owner" : "") + " (plain doubles: "
                        + Html.percent(report.plainAccuracyPerIteration().get(report.iterations() - 1)) + ")");
        line(
                out,
                "time",
                String.format(
                        root,
                        "features %.1f s, keys %.1f s, encryption %.1f s, training %.1f s, decryption %.1f s",
                        seconds.features(),
                        seconds.keys(),
                        seconds.encryption(),
                        seconds.training(),
                        seconds.decryption()));
        LongReport.Bytes bytes = report.bytes();
        line(
                out,
                "bytes",
                String.format(
                        root,
                        "upload %.2f GB, keys %.2f GB, checkpoint %.2f GB",
                        bytes.upload() / 1e9,
                        bytes.keys() / 1e9,
                        bytes.checkpoint() / 1e9));
        line(
                out,
                "peak memory",
                String.format(root, "owner %.2f GB, cloud %.2f GB", report.owner() / 1e9, report.cloud() / 1e9));
        line(out, "security", report.securityBits() + " bits: N = " + report.ringDegree());
        report.notes().forEach(note -> line(out, "note", note));
        line(out, "outputs", options.out().resolve("report.html") + ", report.json, model.bin, weights.csv");
    }

    private static void line(PrintStream out, String name, String text) {
        out.printf(Locale.ROOT, "%-18s %s%n", name, text);
    }
}
