package io.github.hecnn.examples.mnist;

import io.github.hecnn.examples.cli.VersionText;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.data.image.MnistDownload;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.samples.CsvFiles;
import io.github.hecnn.mlr.samples.SampleChoice;
import io.github.hecnn.mlr.training.RecipeKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the MNIST run; {@link #settings} is what it means. */
@Command(
        name = "MnistTraining",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "Trains a classifier, of handwritten digits or of your own data, on encrypted features: the data owner encrypts,"
                    + " the cloud trains with evaluation keys only, the data owner decrypts and tests.",
            "Under Maven options go into -Dexec.args=\"...\"."
        },
        footer = {
            "",
            "Exit status: 0 done, 1 failed, 2 wrong usage. An error is one line and leaves earlier outputs intact."
        })
final class MnistOptions {
    /** The regnet file inside a data folder. */
    static final String REGNET = "paper/regnet-x-400mf-mnist-first512.csv.gz";

    /** Every weight before the first iteration: the published encrypted run starts from it, not from 0. */
    private static final double PUBLISHED_INITIAL_WEIGHT = 0.0128;

    private static final List<String> HISTOGRAMS = List.of("h392", "h400", "h200");
    private static final int DEFAULT_SAMPLES = 128;
    private static final int MAX_ITERATIONS = 50;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--recipe",
            paramLabel = "fast|paper|long",
            defaultValue = "fast",
            description = "fast: packed slots, few large operations; paper: the published iteration, Volley Revolver,"
                    + " weights from 0.0128; long: hundreds of iterations, with options of its own (--recipe long --help)"
                    + " (default: fast).")
    private RecipeKind recipe;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder with the four IDX files of MNIST or of a data set in their form, in it or in mnist/ or"
                            + " mnist/raw/, packed or not. Otherwise the folder in HECNN_DATA, otherwise the built-in synthetic"
                            + " digits.")
    private Path data;

    @Option(
            names = "--download",
            description = "Fetch the MNIST files from a public mirror into the cache folder and use them.")
    private boolean download;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Cache folder of --download (default: ~/.cache/hecnn).")
    private Path cache;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Train on the first N samples, or N by --shuffle-seed (default: 128; with --test-csv or"
                    + " --test-fraction all rows that they leave).")
    private Integer samples;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            defaultValue = "2",
            description = "Iterations, all of them encrypted (default: 2).")
    private int iterations;

    @Option(
            names = "--features",
            paramLabel = "h392|h400|h200|FILE.csv",
            description =
                    "Orientation histograms of the images, or a CSV file (also .gz) as for --csv (default: h392; with --recipe paper and a data folder that has it: "
                            + REGNET + ").")
    private String features;

    @Mixin
    private DataArguments dataArguments = new DataArguments();

    @Option(
            names = "--scaling",
            paramLabel = "none|center|standardize|standardize-pooled|dct|whiten|whiten-standardized",
            description = "What the owner does to the features in the clear (default: dct; for a CSV file none with"
                    + " --recipe paper, standardize with fast). standardize and whiten-standardized suit columns of any units,"
                    + " standardize-pooled and whiten those of one unit. After whiten the first iteration is the ridge solution"
                    + " and the encrypted training adds little.")
    private ScalingKind scaling;

    @Option(
            names = "--preconditioner",
            paramLabel = "program-bound|algorithm-1",
            description =
                    "Diagonal of the quadratic gradient: the bound of the paper's program, or its Algorithm 1 with"
                            + " larger steps (default: program-bound with --recipe paper, otherwise chosen by rehearsal).")
    private Preconditioner preconditioner;

    @Option(
            names = "--outside-interval",
            paramLabel = "refuse|go-on",
            description = "What to do when the rehearsal finds scores outside of the interval of the sigmoid polynomial"
                    + " (default: refuse; with --recipe paper warn and go on, as published).")
    private OutsideInterval outsideInterval;

    @Option(
            names = "--predict",
            paramLabel = "FILE",
            description =
                    "Only predict: the rows of a CSV file of features with the model that an earlier run left in --out,"
                            + " into predictions.csv there. With --label-column the file has labels, and the accuracy is told.")
    private Path predict;

    @Option(names = "--rehearse", description = "Only simulate: no keys, no encryption.")
    private boolean rehearse;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Worker threads; the result does not depend on it (default: all processors).")
    private Integer threads;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Make keys and encryption repeatable. For demonstrations only: whoever knows the number knows"
                    + " the secret key (default: secure randomness).")
    private Long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "target/mnist-training",
            description = "Outputs, and the files the roles share (default: target/mnist-training).")
    private Path out;

    @Option(
            names = "--role",
            paramLabel = "owner-encrypt|cloud-train|owner-decrypt|all",
            defaultValue = "all",
            description = "Play one role in this process. cloud-train reads and writes DIR/exchange only; owner-decrypt"
                    + " takes its settings from DIR/owner (default: all three).")
    private RoleChoice role;

    @Option(names = "--verbose-errors", description = "Print a stack trace after the line of an error.")
    private boolean verboseErrors;

    /** A command line parser for these options, lenient in the case of words. */
    static CommandLine parser(Object options) {
        CommandLine parser = new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true);
        parser.registerConverter(RoleChoice.class, text -> word(RoleChoice.class, text));
        parser.registerConverter(RecipeKind.class, text -> word(RecipeKind.class, text));
        parser.registerConverter(ScalingKind.class, text -> word(ScalingKind.class, text));
        parser.registerConverter(Preconditioner.class, text -> word(Preconditioner.class, text));
        parser.registerConverter(OutsideInterval.class, text -> word(OutsideInterval.class, text));
        return parser;
    }

    private static <E extends Enum<E>> E word(Class<E> type, String text) {
        try {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            StringBuilder words = new StringBuilder();
            for (E value : type.getEnumConstants()) {
                words.append(words.isEmpty() ? "" : "|")
                        .append(value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
            throw new CommandLine.TypeConversionException("expected " + words + ", found '" + text + "'");
        }
    }

    boolean verboseErrors() {
        return verboseErrors || Boolean.getBoolean("hecnn.stacktrace");
    }

    /**
     * The options with all defaults worked out.
     *
     * @param environment where HECNN_DATA is looked up
     * @throws ParameterException if they do not make sense
     */
    RunSettings settings(Map<String, String> environment) {
        require(
                samples == null || (samples >= 2 && samples <= 60_000),
                "--samples: expected 2..60000, found " + samples);
        require(
                iterations >= 1 && iterations <= MAX_ITERATIONS,
                "--iterations: expected 1.." + MAX_ITERATIONS + ", found " + iterations);
        int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        require(workers >= 1 && workers <= 1024, "--threads: expected 1..1024, found " + workers);
        require(!download || data == null, "--download: expected no --data beside it, found " + data);
        require(cache == null || download, "--cache: expected --download beside it, found none");
        require(
                !download || role == RoleChoice.ALL || role == RoleChoice.OWNER_ENCRYPT,
                "--download: expected --role all or owner-encrypt beside it, found another; the data is the owner's, and"
                        + " owner-decrypt finds it where it was");
        require(
                !rehearse || role == RoleChoice.ALL,
                "--rehearse: expected no --role beside it, found one; a rehearsal has no roles");
        if (predict != null) {
            return prediction(workers);
        }
        Path folder = download ? (cache == null ? MnistDownload.defaultCache() : cache) : dataFolder(environment);
        FeatureChoice chosen = dataArguments.complete(features(folder), samples).absolute();
        boolean paper = recipe == RecipeKind.PAPER;
        return new RunSettings(
                recipe,
                chosen,
                download,
                iterations,
                scaling(chosen),
                rehearse,
                workers,
                seed,
                out,
                role,
                paper ? PUBLISHED_INITIAL_WEIGHT : 0,
                preconditioner == null && paper ? Preconditioner.PROGRAM_BOUND : preconditioner,
                outsideInterval != null ? outsideInterval : paper ? OutsideInterval.GO_ON : OutsideInterval.REFUSE,
                false);
    }

    private RunSettings prediction(int workers) {
        require(
                role == RoleChoice.ALL && !rehearse && !download && dataArguments.csv() == null && features == null,
                "--predict: expected no --role, --rehearse, --download, --csv or --features beside it, found one; a model"
                        + " that is there only predicts");
        require(Files.isRegularFile(predict), "--predict: expected a file, found none at " + predict);
        FeatureChoice rows = dataArguments.complete(file(predict), null);
        return new RunSettings(
                recipe,
                rows,
                false,
                iterations,
                ScalingKind.NONE,
                false,
                workers,
                null,
                out,
                role,
                0,
                null,
                OutsideInterval.REFUSE,
                true);
    }

    private static FeatureChoice file(Path csv) {
        return new FeatureChoice(null, null, CsvFiles.of(csv), SampleChoice.first(DEFAULT_SAMPLES));
    }

    private static FeatureChoice images(Path data, String histogram) {
        return new FeatureChoice(data, histogram, null, SampleChoice.first(DEFAULT_SAMPLES));
    }

    private Path dataFolder(Map<String, String> environment) {
        if (data != null) {
            require(Files.isDirectory(data), "--data: expected a folder, found none at " + data);
            return data;
        }
        String named = environment.get("HECNN_DATA");
        if (named == null || named.isBlank()) {
            return null;
        }
        require(Files.isDirectory(Path.of(named)), "HECNN_DATA: expected a folder, found none at " + named);
        return Path.of(named);
    }

    private FeatureChoice features(Path folder) {
        Path csv = dataArguments.csv();
        if (csv != null) {
            require(features == null, "--csv: expected no --features beside it, found '" + features + "'");
            require(Files.isRegularFile(csv), "--csv: expected a file, found none at " + csv);
            return file(csv);
        }
        if (features == null) {
            boolean regnet = recipe == RecipeKind.PAPER && folder != null && Files.exists(folder.resolve(REGNET));
            return regnet ? file(folder.resolve(REGNET)) : images(folder, "h392");
        }
        String name = features.toLowerCase(Locale.ROOT);
        if (HISTOGRAMS.contains(name)) {
            return images(folder, name);
        }
        require(
                name.endsWith(".csv") || name.endsWith(".csv.gz"),
                "--features: expected h392|h400|h200|FILE.csv, found '" + features
                        + "'; a file of another name goes to --csv");
        require(Files.isRegularFile(Path.of(features)), "--features: expected a file, found none at " + features);
        return file(Path.of(features));
    }

    private ScalingKind scaling(FeatureChoice chosen) {
        if (scaling == null) {
            if (chosen.csv() == null) {
                return ScalingKind.DCT;
            }
            return recipe == RecipeKind.PAPER ? ScalingKind.NONE : ScalingKind.STANDARDIZE;
        }
        require(
                scaling != ScalingKind.DCT || chosen.csv() == null,
                "--scaling: expected none|center|standardize|standardize-pooled|whiten|whiten-standardized for features of a CSV file, found dct, which needs"
                        + " the grid of an orientation histogram");
        return scaling;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
