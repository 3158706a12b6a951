package io.github.hecnn.spark.example;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.features.OrientationHistogram;
import io.github.hecnn.mlr.model.ClassificationReport;
import io.github.hecnn.mlr.plan.PlanRole;
import io.github.hecnn.mlr.report.row.LongPage;
import io.github.hecnn.mlr.report.row.LongReport;
import io.github.hecnn.mlr.roles.row.LongListener;
import io.github.hecnn.mlr.roles.row.LongOwner;
import io.github.hecnn.mlr.roles.row.LongPlan;
import io.github.hecnn.mlr.roles.row.LongResult;
import io.github.hecnn.mlr.roles.row.PreparedLongTraining;
import io.github.hecnn.mlr.samples.ImageSamples;
import io.github.hecnn.mlr.samples.SampleChoice;
import io.github.hecnn.mlr.samples.Samples;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The owner of the images: encrypts before the cluster trains, and opens its result. Nothing here runs on the cluster. */
final class DigitsOwner {
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    private final SparkMnistOptions options;
    private final Samples samples;
    private final PreparedLongTraining training;
    private final double featureSeconds;

    private DigitsOwner(
            SparkMnistOptions options, Samples samples, PreparedLongTraining training, double featureSeconds) {
        this.options = options;
        this.samples = samples;
        this.training = training;
        this.featureSeconds = featureSeconds;
    }

    /** Reads the images, plans, and rehearses in the clear. */
    static DigitsOwner prepared(SparkMnistOptions options, Path data, PrintStream out) {
        long start = System.nanoTime();
        int count = options.samples > 0 ? options.samples : data == null ? 8_192 : 52_500;
        SampleChoice choice = SampleChoice.first(count);
        Samples samples = data == null
                ? ImageSamples.synthetic(OrientationHistogram.H200, choice, true)
                : ImageSamples.idx(data, OrientationHistogram.H200, choice, true);
        double seconds = seconds(start);
        PreparedLongTraining training = PreparedLongTraining.of(samples.training(), options.settings());
        out.print(training.plan().table(THREADS));
        return new DigitsOwner(options, samples, training, seconds);
    }

    /** Keys and encrypted data. */
    void encrypt() throws IOException {
        LongOwner.write(training, options.own(), options.exchange(), WorkerPool.common(), LongListener.QUIET);
    }

    /**
     * Decrypts, tests every iteration, and writes the report that a run without a cluster has.
     *
     * @param cluster notes of what it took there
     */
    void report(PrintStream out, List<String> cluster) throws IOException {
        LongOwner owner = LongOwner.read(options.own(), options.exchange(), WorkerPool.common());
        LongResult result = owner.open();
        long start = System.nanoTime();
        List<ClassificationReport> tests = new ArrayList<>();
        for (int t = 1; t <= result.iterations(); t++) {
            tests.add(result.model(t).evaluate(samples.test()));
        }
        double seconds = seconds(start);
        LongReport report = LongReport.of(before(cluster), owner.state(), result, owner.parameters(), tests, seconds);
        LongPage.write(options.out, report, result.model());
        out.printf(
                Locale.ROOT,
                "test accuracy %.2f %% of %d after %d iterations (plain doubles: %.2f %%); %s%n",
                100 * report.accuracy(),
                report.testSamples(),
                report.iterations(),
                100 * report.plainAccuracyPerIteration().get(report.iterations() - 1),
                options.out.resolve("report.html"));
    }

    private LongReport.Before before(List<String> cluster) {
        LongPlan plan = training.plan();
        List<Double> clear = new ArrayList<>();
        for (int t = 1; t <= training.rehearsal().weights().size(); t++) {
            clear.add(training.rehearsed(t).evaluate(samples.test()).accuracy());
        }
        List<String> notes = new ArrayList<>(samples.notes());
        notes.add(
                "Gradients were taken by Apache Spark: cluster.json says what they took there, iteration by iteration.");
        notes.addAll(cluster);
        if (options.insecureRing != null) {
            notes.add("The ring of this run protects nothing: --insecure-ring is for trying out.");
        }
        return new LongReport.Before(
                samples.dataset(),
                "h200",
                clear,
                new LongReport.Predicted(
                        plan.preparationSeconds(THREADS),
                        plan.trainingSeconds(THREADS),
                        plan.memoryBytes(PlanRole.ENCRYPT),
                        plan.memoryBytes(PlanRole.TRAIN),
                        plan.diskBytes()),
                featureSeconds,
                notes);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) * 1e-9;
    }
}
