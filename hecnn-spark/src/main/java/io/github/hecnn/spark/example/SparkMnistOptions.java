package io.github.hecnn.spark.example;

import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.roles.row.LongSettings;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@link SparkMnistTraining}. */
@Command(
        name = "spark-mnist",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains on encrypted images of digits with Apache Spark, through refreshes.")
final class SparkMnistOptions {
    /** Which part of it. */
    enum Role {
        ALL,
        CLOUD_TRAIN
    }

    @Option(names = "--role", defaultValue = "ALL", description = "ALL, or CLOUD_TRAIN on a folder that an owner wrote")
    Role role;

    @Option(names = "--master", description = "master of the cluster; that of spark-submit, or local[2]")
    String master;

    @Option(names = "--data", description = "folder with MNIST; HECNN_DATA, or built-in synthetic digits")
    private Path data;

    @Option(names = "--samples", defaultValue = "0", description = "training images, 0 for all")
    int samples;

    @Option(names = "--iterations", defaultValue = "12", description = "minibatches to train on")
    int iterations;

    @Option(names = "--batch", defaultValue = "0", description = "images of a minibatch, 0 for the default")
    int batch;

    @Option(names = "--group-width", defaultValue = "0", description = "classes of a group, 0 for the cheapest")
    int groupWidth;

    @Option(names = "--partitions", defaultValue = "0", description = "of a minibatch, 0 for as many as tasks at a time")
    int partitions;

    @Option(names = "--out", defaultValue = "target/spark-mnist", description = "folder of this run")
    Path out;

    @Option(names = "--exchange", description = "folder that owner and cloud share; exchange in --out")
    private Path exchange;

    @Option(names = "--exchange-uri", description = "where executors find that folder, such as hdfs://host/folder")
    String exchangeUri;

    @Option(names = "--resume", description = "go on from the checkpoint, if there is one")
    boolean resume;

    @Option(names = "--small", description = "a ring that protects nothing, to try a cluster in seconds")
    boolean small;

    Path exchange() {
        return exchange == null ? out.resolve("exchange") : exchange;
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

    int threads() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Settings of a run that protects nothing, if that is wanted. */
    LongSettings.Builder small(LongSettings.Builder settings) {
        return small
                ? settings.logRingDegree(12)
                        .security(SecurityLevel.NONE)
                        .sigmoid(SigmoidApproximation.WEIGHTED_7)
                : settings;
    }
}
