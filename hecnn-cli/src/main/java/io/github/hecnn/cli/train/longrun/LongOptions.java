package io.github.hecnn.cli.train.longrun;

import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.cli.console.VersionText;
import io.github.hecnn.cli.options.CommonArguments;
import io.github.hecnn.cli.options.OutputArguments;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.approx.Response;
import io.github.hecnn.mlr.roles.row.LongSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command line of a long run. */
@Command(
        name = "MnistTraining --recipe long",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        sortOptions = false,
        usageHelpWidth = 110,
        description =
                "Trains on minibatches for as long as it takes, with a refresh and a checkpoint in every iteration.")
final class LongOptions {
    private static final List<String> FEATURES = List.of("h200", "h392", "h400", "h392+h400");

    @Option(names = "--recipe", paramLabel = "long", description = "long, for what is listed here.")
    private String recipe;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with the four IDX files of MNIST, as without --recipe long. Otherwise the folder in"
                    + " HECNN_DATA, otherwise the built-in synthetic digits.")
    private Path data;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Train on the first N images (default: 52500, of the built-in digits 8192).")
    private Integer samples;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "4096",
            description = "Samples of a minibatch, rounded up to whole blocks (default: 4096).")
    private int batch;

    @Option(names = "--iterations", paramLabel = "N", description = "Minibatches, 1..1000 (default: 12).")
    private Integer iterations;

    @Option(names = "--epochs", paramLabel = "F", description = "Passes over the data, in place of --iterations.")
    private Double epochs;

    @Option(
            names = "--extendable-to",
            paramLabel = "N",
            description = "Iterations that the run may be extended to later (default: twice as many).")
    private Integer extendableTo;

    @Option(
            names = "--features",
            paramLabel = "h200|h392|h392+h400",
            defaultValue = "h200",
            description = "Orientation histograms of the images (default: h200).")
    private String features;

    @Option(
            names = "--degree",
            paramLabel = "15|7|31",
            defaultValue = "15",
            description = "Degree of the sigmoid polynomial (default: 15).")
    private int degree;

    @Option(
            names = "--loss",
            paramLabel = "sigmoid|softmax-like",
            defaultValue = "sigmoid",
            description = "What the polynomial stands for (default: sigmoid).")
    private Response loss;

    @Option(
            names = "--max-upload",
            paramLabel = "GB",
            defaultValue = "4",
            description = "Most gigabytes of encrypted data: less takes more time (default: 4).")
    private double maxUpload;

    @Option(
            names = "--group-width",
            paramLabel = "N",
            description = "Classes that share a ciphertext, a power of two up to 64: more take less time and a larger"
                    + " upload (default: the quickest within --max-upload).")
    private Integer groupWidth;

    @Option(
            names = "--executors",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Processes of a cluster that will share a minibatch: the layout is chosen for them (default: 1).")
    private int executors;

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Where the cloud's state goes (default: the folder of the run in --out).")
    private Path checkpoint;

    @Option(names = "--resume", description = "Go on from the checkpoint; nothing is encrypted anew.")
    private boolean resume;

    @Option(
            names = "--validate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Ask the owner after every N-th iteration whether to go on; 0 for never (default: 0).")
    private int validate;

    @Option(
            names = "--stop-after-no-gain",
            paramLabel = "K",
            defaultValue = "3",
            description = "The owner says stop after K questions without a better accuracy (default: 3).")
    private int stopAfterNoGain;

    @Option(
            names = "--answer-timeout",
            paramLabel = "SECONDS",
            defaultValue = "3600",
            description = "How long the cloud waits for an answer (default: 3600).")
    private int answerTimeout;

    @Option(
            names = "--insecure-ring",
            paramLabel = "LOG",
            description = "For trying out only: a ring of degree 2^LOG, 11..15, that protects nothing.")
    private Integer insecureRing;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "target/mnist-training-long",
            description = "Outputs, and the files the roles share (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--role",
            paramLabel = "owner-encrypt|cloud-train|owner-validate|owner-decrypt|all",
            defaultValue = "all",
            description = "Play one role in this process (default: all). After a training owner-ask, cloud-predict and"
                    + " owner-read-answers put test images to the encrypted model.")
    private LongRole role;

    @Option(
            names = "--queries",
            paramLabel = "N",
            defaultValue = "1000",
            description = "With --role owner-ask: the first N test images (default: 1000).")
    private int queries;

    @Mixin
    private CommonArguments common = new CommonArguments();

    OutputArguments output() {
        return common;
    }

    /** A word of {@code --loss}. */
    static Response response(String word) {
        return Arrays.stream(Response.values())
                .filter(r -> r.name().equalsIgnoreCase(word.replace('-', '_')))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected sigmoid|softmax-like, found '" + word + "'"));
    }

    /** Refuses what does not make sense. */
    LongOptions check() {
        common.require(recipe == null || "long".equalsIgnoreCase(recipe), "--recipe: expected long, found " + recipe);
        common.require(samples == null || samples >= 100, "--samples: expected 100 or more, found " + samples);
        common.require(batch >= 1, "--batch: expected 1 or more, found " + batch);
        common.require(
                iterations == null || epochs == null,
                "--epochs: expected no --iterations beside it, found " + iterations);
        common.require(
                iterations == null || (iterations >= 1 && iterations <= LongSettings.MAX_ITERATIONS),
                "--iterations: expected 1.." + LongSettings.MAX_ITERATIONS + ", found " + iterations);
        common.require(epochs == null || epochs > 0, "--epochs: expected a positive number, found " + epochs);
        common.require(
                extendableTo == null || (extendableTo >= 1 && extendableTo <= LongSettings.MAX_ITERATIONS),
                "--extendable-to: expected 1.." + LongSettings.MAX_ITERATIONS + ", found " + extendableTo);
        common.require(
                FEATURES.contains(features.toLowerCase(Locale.ROOT)),
                "--features: expected h200|h392|h392+h400, found '" + features + "'");
        common.require(degree == 15 || degree == 7 || degree == 31, "--degree: expected 15|7|31, found " + degree);
        common.require(maxUpload > 0, "--max-upload: expected a positive number, found " + maxUpload);
        common.require(
                groupWidth == null || (groupWidth >= 1 && groupWidth <= 64 && Integer.bitCount(groupWidth) == 1),
                "--group-width: expected 1|2|4|8|16|32|64, found " + groupWidth);
        common.require(executors >= 1, "--executors: expected 1 or more, found " + executors);
        common.require(validate >= 0, "--validate: expected 0 or more, found " + validate);
        common.require(stopAfterNoGain >= 1, "--stop-after-no-gain: expected 1 or more, found " + stopAfterNoGain);
        common.require(queries >= 1, "--queries: expected 1 or more, found " + queries);
        common.require(answerTimeout >= 1, "--answer-timeout: expected 1 or more, found " + answerTimeout);
        common.threads();
        common.require(
                insecureRing == null || (insecureRing >= 11 && insecureRing <= 15),
                "--insecure-ring: expected 11..15, found " + insecureRing);
        common.require(data == null || Files.isDirectory(data), "--data: expected a folder, found none at " + data);
        common.require(
                !resume || role == LongRole.ALL || role == LongRole.CLOUD_TRAIN,
                "--resume: expected --role all or cloud-train beside it, found another");
        common.require(
                resume || checkpoint == null || !Files.exists(checkpoint.resolve("checkpoint.json")),
                "--checkpoint: expected a folder without a checkpoint, or --resume beside it, found one in "
                        + checkpoint);
        return this;
    }

    /** The images; null for the built-in digits. */
    LongData data(Map<String, String> environment) {
        String named = environment.get("HECNN_DATA");
        Path folder = data != null || named == null || named.isBlank() ? data : Path.of(named);
        int count = samples != null ? samples : folder == null ? 8192 : 52_500;
        Path absolute = folder == null ? null : folder.toAbsolutePath().normalize();
        return new LongData(absolute == null ? null : absolute.toString(), features.toLowerCase(Locale.ROOT), count);
    }

    LongSettings settings() {
        LongSettings.Builder builder = LongSettings.builder()
                .batch(batch)
                .sigmoids(loss.onIntervals(degree))
                .maxUploadBytes((long) (maxUpload * 1e9))
                .executors(executors)
                .validateEvery(validate);
        if (epochs != null) {
            builder.epochs(epochs);
        } else if (iterations != null) {
            builder.iterations(iterations);
        }
        if (extendableTo != null) {
            builder.extendableTo(extendableTo);
        }
        if (groupWidth != null) {
            builder.groupWidth(groupWidth);
        }
        if (insecureRing != null) {
            builder.logRingDegree(insecureRing).security(SecurityLevel.NONE);
        }
        return builder.build();
    }

    RandomSource random() {
        return common.random(insecureRing != null);
    }

    boolean insecure() {
        return insecureRing != null;
    }

    /** 0 for those of the job. */
    int iterations() {
        return iterations == null ? 0 : iterations;
    }

    boolean resume() {
        return resume;
    }

    Path checkpoint() {
        return checkpoint;
    }

    int stopAfterNoGain() {
        return stopAfterNoGain;
    }

    int answerTimeout() {
        return answerTimeout;
    }

    int threads() {
        return common.threads();
    }

    Path out() {
        return out;
    }

    /** What owner and cloud share. */
    Path exchange() {
        return out.resolve("exchange");
    }

    int queries() {
        return queries;
    }

    /** Keys and weights of the model that is asked: the cloud's. */
    Path served() {
        return out.resolve("serving").resolve("model");
    }

    /** What asker and cloud share. */
    Path questions() {
        return out.resolve("serving").resolve("exchange");
    }

    /** Whether this process plays that role, by itself or among those of a training. */
    boolean plays(LongRole one) {
        return role == one || (role == LongRole.ALL && one.compareTo(LongRole.OWNER_DECRYPT) <= 0);
    }

    boolean playsAll() {
        return role == LongRole.ALL;
    }
}
