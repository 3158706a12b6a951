package io.github.hecnn.spark.example;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.exchange.SealedJson;
import io.github.hecnn.mlr.features.OrientationHistogram;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.roles.row.LongCloud;
import io.github.hecnn.mlr.roles.row.LongListener;
import io.github.hecnn.mlr.roles.row.LongOwner;
import io.github.hecnn.mlr.roles.row.LongResult;
import io.github.hecnn.mlr.roles.row.LongSettings;
import io.github.hecnn.mlr.roles.row.PreparedLongTraining;
import io.github.hecnn.mlr.samples.ImageSamples;
import io.github.hecnn.mlr.samples.SampleChoice;
import io.github.hecnn.mlr.samples.Samples;
import io.github.hecnn.spark.GradientReport;
import io.github.hecnn.spark.SparkTrainer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Long training on images of digits with Apache Spark: an owner that encrypts, a cluster that trains, an owner that opens the result and tests it. With
 * {@code --role cloud-train} only the cluster's part, on a folder that an owner wrote elsewhere.
 */
public final class SparkMnistTraining {
    private final SparkMnistOptions options;
    private final PrintStream out;
    private final Path exchange;

    private SparkMnistTraining(SparkMnistOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
        exchange = options.exchange();
    }

    /** @param args the command line; {@code --help} lists the options */
    public static void main(String[] args) {
        int status = run(args, System.getenv(), System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    /**
     * Runs.
     *
     * @param args the command line
     * @param environment where HECNN_DATA is looked up
     * @return the exit status: 0 done, 1 failed, 2 wrong usage
     */
    static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        SparkMnistOptions options = new SparkMnistOptions();
        CommandLine parser = new CommandLine(options).setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        try {
            if (!CommandLine.printHelpIfRequested(parser.parseArgs(args))) {
                new SparkMnistTraining(options, out).play(environment);
            }
            return 0;
        } catch (ParameterException e) {
            err.println("error: " + e.getMessage() + " (--help lists the options)");
            return 2;
        } catch (IOException | RuntimeException e) {
            err.println("error: " + e.getMessage());
            return 1;
        }
    }

    private void play(Map<String, String> environment) throws IOException {
        if (options.role == SparkMnistOptions.Role.CLOUD_TRAIN) {
            report(train(), List.of(), List.of());
            return;
        }
        Samples samples = samples(environment);
        out.println(samples.dataset() + ": " + samples.training().samples() + " samples to train on");
        PreparedLongTraining training = PreparedLongTraining.of(samples.training(), settings());
        out.print(training.plan().table(options.threads()));
        if (!(options.resume && Files.exists(exchange.resolve("job.json")))) {
            LongOwner.write(training, options.own(), exchange, WorkerPool.common(), LongListener.QUIET);
        }
        List<GradientReport> gradients = train();
        LongResult result =
                LongOwner.read(options.own(), exchange, WorkerPool.common()).open();
        List<Double> accuracies = new ArrayList<>();
        List<Double> clear = new ArrayList<>();
        for (int t = 1; t <= result.iterations(); t++) {
            accuracies.add(accuracy(result.model(t), samples));
            clear.add(accuracy(training.rehearsed(t), samples));
        }
        result.model().write(options.out.resolve("model.bin"));
        report(gradients, accuracies, clear);
        out.printf(
                Locale.ROOT,
                "accuracy on %d test images: %.2f %%, the same training in the clear %.2f %%%n",
                samples.test().samples(),
                100 * accuracies.get(accuracies.size() - 1),
                100 * clear.get(clear.size() - 1));
    }

    private static double accuracy(MlrModel model, Samples samples) {
        return model.evaluate(samples.test()).accuracy();
    }

    private Samples samples(Map<String, String> environment) {
        Path data = options.data(environment);
        SampleChoice choice = options.samples == 0 ? new SampleChoice(SampleChoice.ALL, null) : SampleChoice.first(options.samples);
        return data == null
                ? ImageSamples.synthetic(OrientationHistogram.H200, choice, true)
                : ImageSamples.idx(data, OrientationHistogram.H200, choice, true);
    }

    private LongSettings settings() {
        LongSettings.Builder settings =
                LongSettings.builder().iterations(options.iterations).groupWidth(options.groupWidth);
        if (options.batch > 0) {
            settings.batch(options.batch);
        }
        return options.small(settings).build();
    }

    private List<GradientReport> train() throws IOException {
        SparkConf conf = new SparkConf().setIfMissing("spark.app.name", "hecnn MNIST");
        if (options.master != null || !conf.contains("spark.master")) {
            conf.setMaster(options.master == null ? "local[2]" : options.master);
        }
        List<GradientReport> gradients = new ArrayList<>();
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            SparkTrainer trainer = SparkTrainer.on(spark).reportsTo(report -> {
                gradients.add(report);
                out.println(line(report));
            });
            trainer = options.partitions > 0 ? trainer.partitions(options.partitions) : trainer;
            trainer = options.exchangeUri != null ? trainer.exchangeAt(options.exchangeUri) : trainer;
            LongCloud cloud = LongCloud.on(WorkerPool.common()).resuming(options.resume);
            trainer.train(options.small ? cloud.ofAnySecurity() : cloud, exchange, new LongListener() {
                @Override
                public void iterationDone(Iteration i) {
                    out.printf(
                            Locale.ROOT,
                            "iteration %d of %d: %.1f s, about %.0f s to go%n",
                            i.iteration(),
                            i.iterations(),
                            i.seconds(),
                            i.remainingSeconds());
                }
            });
        }
        return gradients;
    }

    private static String line(GradientReport r) {
        return String.format(
                Locale.ROOT,
                "  gradient of %d blocks in %d partitions: %.1f s, %.1f s of tasks; MB: keys %.1f, weights %.1f, blocks %.1f,"
                        + " partial gradients %.1f, their sum %.1f",
                r.blocks(),
                r.partitions(),
                r.seconds(),
                r.executorSeconds(),
                r.keyBytes() / 1e6,
                r.weightBytes() / 1e6,
                r.blockBytes() / 1e6,
                r.partialBytes() / 1e6,
                r.sumBytes() / 1e6);
    }

    /**
     * What the run left behind, {@code cluster.json}.
     *
     * @param gradients of each iteration that this driver did
     * @param accuracies of each iteration on the test images, 0..1; empty at the cloud
     * @param accuraciesInTheClear of the owner's rehearsal
     */
    record Report(List<GradientReport> gradients, List<Double> accuracies, List<Double> accuraciesInTheClear) {}

    private void report(List<GradientReport> gradients, List<Double> accuracies, List<Double> clear)
            throws IOException {
        Files.createDirectories(options.out);
        Files.writeString(options.out.resolve("cluster.json"), SealedJson.text(new Report(gradients, accuracies, clear)));
    }
}
