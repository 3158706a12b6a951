package io.github.hecnn.spark.example;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.report.JsonReport;
import io.github.hecnn.mlr.roles.row.LongCloud;
import io.github.hecnn.mlr.roles.row.LongListener;
import io.github.hecnn.mlr.roles.row.LongResultFile;
import io.github.hecnn.spark.ClusterListener;
import io.github.hecnn.spark.GradientReport;
import io.github.hecnn.spark.RefreshReport;
import io.github.hecnn.spark.SparkTrainer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Long training on images of digits with Apache Spark: an owner that encrypts, a cluster that trains, an owner that opens the result and tests it. With
 * {@code --role cloud-train} only the cluster's part, on a folder that an owner wrote elsewhere.
 *
 * <p>A program, for one thread.
 */
public final class SparkMnistTraining {
    private final SparkMnistOptions options;
    private final PrintStream out;

    private SparkMnistTraining(SparkMnistOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Runs the program and exits with its status.
     *
     * @param args the command line; {@code --help} lists the options
     */
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
        if (options.cloudOnly()) {
            if (options.compare) {
                throw new IllegalArgumentException("--compare: expected --role all, found cloud-train; leave it out");
            }
            train();
            return;
        }
        DigitsOwner owner = DigitsOwner.prepared(options, options.data(environment), out);
        if (!options.resume || !Files.exists(options.exchange().resolve("job.json"))) {
            owner.encrypt();
        }
        SameBits compared = options.compare ? SameBits.train(cloud(), options.exchange(), options.compared()) : null;
        Trained trained = train();
        List<String> notes = new ArrayList<>(List.of(trained.account().bytes()));
        if (compared != null) {
            String same = compared.requireSame(trained.result(), options.checkpoint());
            out.println(same);
            notes.add(same);
        }
        owner.report(out, notes);
    }

    private LongCloud cloud() {
        LongCloud cloud = LongCloud.on(WorkerPool.common()).resuming(options.resume);
        cloud = options.checkpoint() != null ? cloud.checkpointsIn(options.checkpoint()) : cloud;
        return options.insecureRing != null ? cloud.ofAnySecurity() : cloud;
    }

    private record Trained(Account account, LongResultFile result) {}

    /** What cluster.json has. */
    private record Account(List<GradientReport> gradients, List<RefreshReport> refreshes) {
        /** A sentence for the report: in which iterations keys were sent, and how much of everything in all. */
        String bytes() {
            String keys = gradients.stream()
                    .filter(g -> g.keyBytes() > 0)
                    .map(g -> String.format(Locale.ROOT, "%.1f MB in iteration %d", g.keyBytes() / 1e6, g.number()))
                    .collect(Collectors.joining(", "));
            return String.format(
                    Locale.ROOT,
                    "Executors read keys: %s of %d. In all iterations: weights %.1f MB, blocks %.1f MB, partial gradients"
                            + " %.1f MB, of which the driver got %.1f MB.",
                    keys.isEmpty() ? "none" : keys,
                    gradients.size(),
                    sum(GradientReport::weightBytes) / 1e6,
                    sum(GradientReport::blockBytes) / 1e6,
                    sum(GradientReport::partialBytes) / 1e6,
                    sum(GradientReport::sumBytes) / 1e6);
        }

        private long sum(ToLongFunction<GradientReport> of) {
            return gradients.stream().mapToLong(of).sum();
        }
    }

    private Trained train() throws IOException {
        List<GradientReport> gradients = new ArrayList<>();
        List<RefreshReport> refreshes = new ArrayList<>();
        LongResultFile result;
        try (JavaSparkContext spark = new JavaSparkContext(conf())) {
            SparkTrainer trainer = SparkTrainer.on(spark)
                    .refreshAt(options.refresh())
                    .reportsTo(new ClusterListener() {
                        @Override
                        public void gradientDone(GradientReport report) {
                            gradients.add(report);
                            out.println(line(report));
                        }

                        @Override
                        public void refreshDone(RefreshReport report) {
                            refreshes.add(report);
                            out.println(line(report));
                        }
                    });
            trainer = options.partitions > 0 ? trainer.partitions(options.partitions) : trainer;
            trainer = options.exchangeUri != null ? trainer.exchangeAt(options.exchangeUri) : trainer;
            result = trainer.train(cloud(), options.exchange(), new LongListener() {
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
        Account account = new Account(gradients, refreshes);
        Files.createDirectories(options.out);
        Files.writeString(options.out.resolve("cluster.json"), JsonReport.text(account));
        return new Trained(account, result);
    }

    private SparkConf conf() {
        SparkConf conf = new SparkConf().setIfMissing("spark.app.name", "hecnn MNIST");
        if (options.master != null) {
            conf.setMaster(options.master);
        }
        return conf.setIfMissing("spark.master", "local[2]");
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

    private static String line(RefreshReport r) {
        return String.format(
                Locale.ROOT,
                "  refresh by executor %s: %.1f s, %.1f s of it the task; MB: keys %.1f, sent %.1f, refreshed %.1f",
                r.executor(),
                r.seconds(),
                r.executorSeconds(),
                r.keyBytes() / 1e6,
                r.sentBytes() / 1e6,
                r.refreshedBytes() / 1e6);
    }
}
