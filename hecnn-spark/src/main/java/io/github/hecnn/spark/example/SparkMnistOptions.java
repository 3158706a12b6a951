package io.github.hecnn.spark.example;

import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.mlr.roles.row.LongSettings;
import io.github.hecnn.spark.RefreshPlace;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@link SparkMnistTraining}. */
@Command(
        name = "SparkMnistTraining",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains on encrypted images of digits with Apache Spark, through refreshes.")
final class SparkMnistOptions {
    @Option(
            names = "--role",
            paramLabel = "all|cloud-train",
            defaultValue = "all",
            description = "All roles, or the cluster's on a folder that an owner wrote (default: all).")
    private String role;

    @Option(names = "--master", description = "Master of the cluster (default: that of spark-submit, else local[2]).")
    String master;

    @Option(names = "--data", paramLabel = "DIR", description = "MNIST (default: HECNN_DATA, else synthetic digits).")
    private Path data;

    @Option(names = "--samples", paramLabel = "N", description = "Train on the first N images.")
    int samples;

    @Option(names = "--iterations", paramLabel = "N", description = "Minibatches (default: 12).")
    private int iterations = 12;

    @Option(names = "--batch", paramLabel = "N", description = "Samples of a minibatch (default: 4096).")
    private int batch = 4096;

    @Option(names = "--group-width", paramLabel = "N", description = "Classes of a group (default: the cheapest).")
    private int groupWidth;

    @Option(
            names = "--executors",
            paramLabel = "N",
            description = "Processes that will share a minibatch: the owner chooses the layout for them (default: 1).")
    private int executors = 1;

    @Option(names = "--partitions", paramLabel = "N", description = "Of a minibatch (default: tasks at a time).")
    int partitions;

    @Option(
            names = "--refresh",
            paramLabel = "driver|task",
            defaultValue = "driver",
            description = "Where gradients are refreshed; a task where the driver is small (default: driver).")
    private String refresh;

    @Option(names = "--out", paramLabel = "DIR", description = "Outputs (default: target/spark-mnist).")
    Path out = Path.of("target", "spark-mnist");

    @Option(names = "--exchange", paramLabel = "DIR", description = "What owner and cloud share (default: in --out).")
    private Path exchange;

    @Option(names = "--exchange-uri", paramLabel = "URI", description = "Where executors find that folder.")
    String exchangeUri;

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Where the driver's state goes (default: the folder of the run in --exchange).")
    private Path checkpoint;

    @Option(
            names = "--compare",
            description =
                    "Train without Spark as well, before, and fail unless all encrypted weights have the same bits.")
    boolean compare;

    @Option(names = "--resume", description = "Go on from the checkpoint, if there is one.")
    boolean resume;

    @Option(
            names = "--insecure-ring",
            paramLabel = "LOG",
            description = "For trying out only: a ring of degree 2^LOG, 11..15, that protects nothing.")
    Integer insecureRing;

    boolean cloudOnly() {
        if (!role.equals("all") && !role.equals("cloud-train")) {
            throw new IllegalArgumentException("--role: expected all|cloud-train, found " + role
                    + "; MnistTraining --recipe long plays the owner's roles");
        }
        return role.equals("cloud-train");
    }

    RefreshPlace refresh() {
        return switch (refresh) {
            case "driver" -> RefreshPlace.DRIVER;
            case "task" -> RefreshPlace.TASK;
            default ->
                throw new IllegalArgumentException(
                        "--refresh: expected driver|task, found " + refresh + "; leave it out for driver");
        };
    }

    Path exchange() {
        return exchange == null ? out.resolve("exchange") : exchange;
    }

    /** Null for the folder of the run. */
    Path checkpoint() {
        return checkpoint == null && compare ? out.resolve("checkpoint") : checkpoint;
    }

    /** Where the training without Spark keeps its checkpoint. */
    Path compared() {
        return out.resolve("compared");
    }

    /** The owner's folder. */
    Path own() {
        return out.resolve("owner");
    }

    /** Null for synthetic digits. */
    Path data(Map<String, String> environment) {
        String folder = environment.get("HECNN_DATA");
        return data != null ? data : folder == null || folder.isEmpty() ? null : Path.of(folder);
    }

    LongSettings settings() {
        LongSettings.Builder settings =
                LongSettings.builder().iterations(iterations).batch(batch).executors(executors);
        if (groupWidth != 0) {
            settings.groupWidth(groupWidth);
        }
        if (insecureRing != null) {
            settings.logRingDegree(insecureRing).security(SecurityLevel.NONE);
        }
        return settings.build();
    }
}
