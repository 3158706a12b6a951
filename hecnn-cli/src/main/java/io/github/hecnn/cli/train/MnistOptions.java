package io.github.hecnn.cli.train;

import io.github.hecnn.cli.console.VersionText;
import io.github.hecnn.cli.options.CommonArguments;
import io.github.hecnn.cli.options.CsvArguments;
import io.github.hecnn.cli.options.OutputArguments;
import io.github.hecnn.cli.predict.Prediction;
import io.github.hecnn.mlr.data.image.MnistDownload;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.report.RunOutputs;
import io.github.hecnn.mlr.samples.CsvFiles;
import io.github.hecnn.mlr.samples.SampleChoice;
import io.github.hecnn.mlr.training.RecipeKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

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
        })
final class MnistOptions {
    /** The regnet file inside a data folder. */
    static final String REGNET = "paper/regnet-x-400mf-mnist-first512.csv.gz";

    private static final List<String> HISTOGRAMS = List.of("h392", "h400", "h200");
    private static final int DEFAULT_SAMPLES = 128;

    @Option(
            names = "--recipe",
            paramLabel = "fast|paper|cheapest|long",
            defaultValue = "fast",
            description =
                    "fast: packed slots, few large operations and the smallest upload; paper: the published iteration,"
                            + " Volley Revolver, weights from 0.0128; cheapest: fast, or one ciphertext for each few features where"
                            + " that takes less time by the price list, as with many samples, at the price of a larger upload; long: hundreds of iterations, with options of its own (--recipe long --help)"
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
            names = "--features",
            paramLabel = "h392|h400|h200|FILE.csv",
            description =
                    "Orientation histograms of the images, or a CSV file (also .gz) as for --csv (default: h392; with --recipe paper and a data folder that has it: "
                            + REGNET + ").")
    private String features;

    @Mixin
    private DataArguments dataArguments = new DataArguments();

    @Mixin
    private CsvArguments form = new CsvArguments();

    @Option(
            names = "--predict",
            paramLabel = "FILE",
            description =
                    "Only predict: the rows of a CSV file of features with the model that an earlier run left in --out,"
                            + " into predictions.csv there. With --label-column the file has labels, and the accuracy is told.")
    private Path predict;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "target/mnist-training",
            description = "Outputs, and the files the roles share (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Mixin
    private TrainingArguments training = new TrainingArguments();

    @Mixin
    private CommonArguments common = new CommonArguments();

    OutputArguments output() {
        return common;
    }

    /**
     * The options with all defaults worked out.
     *
     * @param environment where HECNN_DATA is looked up
     * @throws ParameterException if they do not make sense
     */
    RunSettings settings(Map<String, String> environment) {
        common.require(
                samples == null || (samples >= 2 && samples <= 60_000),
                "--samples: expected 2..60000, found " + samples);
        training.check(common);
        common.require(!download || data == null, "--download: expected no --data beside it, found " + data);
        common.require(cache == null || download, "--cache: expected --download beside it, found none");
        common.require(
                !download || training.readsData(),
                "--download: expected --role all or owner-encrypt beside it, found another; the data is the owner's, and"
                        + " owner-decrypt finds it where it was");
        Path folder = download ? (cache == null ? MnistDownload.defaultCache() : cache) : dataFolder(environment);
        FeatureChoice chosen =
                dataArguments.complete(features(folder), samples, form, common).absolute();
        return training.settings(common, out, recipe, chosen, download, scaling(chosen));
    }

    /** Whether an earlier run's model only predicts. */
    boolean predicts() {
        return predict != null;
    }

    /**
     * What to predict.
     *
     * @throws ParameterException if the options do not make sense
     */
    Prediction prediction() {
        common.require(
                training.role() == RoleChoice.ALL
                        && !training.rehearse()
                        && !download
                        && dataArguments.csv() == null
                        && features == null,
                "--predict: expected no --role, --rehearse, --download, --csv or --features beside it, found one; a model"
                        + " that is there only predicts");
        common.require(Files.isRegularFile(predict), "--predict: expected a file, found none at " + predict);
        FeatureChoice rows = dataArguments.complete(file(predict), null, form, common);
        return new Prediction(out.resolve(RunOutputs.MODEL), rows.csv(), out.resolve(Prediction.FILE));
    }

    private static FeatureChoice file(Path csv) {
        return new FeatureChoice(null, null, CsvFiles.of(csv), SampleChoice.first(DEFAULT_SAMPLES));
    }

    private static FeatureChoice images(Path data, String histogram) {
        return new FeatureChoice(data, histogram, null, SampleChoice.first(DEFAULT_SAMPLES));
    }

    private Path dataFolder(Map<String, String> environment) {
        if (data != null) {
            common.require(Files.isDirectory(data), "--data: expected a folder, found none at " + data);
            return data;
        }
        String named = environment.get("HECNN_DATA");
        if (named == null || named.isBlank()) {
            return null;
        }
        common.require(Files.isDirectory(Path.of(named)), "HECNN_DATA: expected a folder, found none at " + named);
        return Path.of(named);
    }

    private FeatureChoice features(Path folder) {
        Path csv = dataArguments.csv();
        if (csv != null) {
            common.require(features == null, "--csv: expected no --features beside it, found '" + features + "'");
            common.require(Files.isRegularFile(csv), "--csv: expected a file, found none at " + csv);
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
        common.require(
                name.endsWith(".csv") || name.endsWith(".csv.gz"),
                "--features: expected h392|h400|h200|FILE.csv, found '" + features
                        + "'; a file of another name goes to --csv");
        common.require(
                Files.isRegularFile(Path.of(features)), "--features: expected a file, found none at " + features);
        return file(Path.of(features));
    }

    private ScalingKind scaling(FeatureChoice chosen) {
        if (chosen.csv() == null) {
            return ScalingKind.DCT;
        }
        common.require(
                training.scaling() != ScalingKind.DCT,
                "--scaling: expected none|center|standardize|standardize-pooled|whiten|whiten-standardized for features of a CSV file, found dct, which needs"
                        + " the grid of an orientation histogram");
        return recipe == RecipeKind.PAPER ? ScalingKind.NONE : ScalingKind.STANDARDIZE;
    }
}
