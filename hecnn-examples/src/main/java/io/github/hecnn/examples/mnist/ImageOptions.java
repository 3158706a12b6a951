package io.github.hecnn.examples.mnist;

import io.github.hecnn.examples.cli.VersionText;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.samples.SampleChoice;
import io.github.hecnn.mlr.training.RecipeKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the run on a folder of images; {@link #settings} is what it means. */
@Command(
        name = "ImageTraining",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "Trains a classifier of images on encrypted features: the data owner turns images into features, in the clear, and encrypts"
                    + " them, the cloud trains with evaluation keys only, the data owner decrypts and tests.",
            "Under Maven options go into -Dexec.args=\"...\"."
        },
        footer = {
            "",
            "Exit status: 0 done, 1 failed, 2 wrong usage. An error is one line and leaves earlier outputs intact."
        })
final class ImageOptions {
    private static final int MAX_ITERATIONS = 50;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Folder with a subfolder of PNG and JPEG images for each class.")
    private Path images;

    @Option(
            names = "--test-images",
            paramLabel = "DIR",
            description = "Another such folder to test on (default: part of --images).")
    private Path testImages;

    @Option(
            names = "--test-fraction",
            paramLabel = "F",
            description = "Share of --images to test on, each class by its share (default: 0.25).")
    private Double testFraction;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Train on N images, each class by its share (default: all that are not tested on).")
    private Integer samples;

    @Option(
            names = "--shuffle-seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the choice of images to train on (default: 1).")
    private long shuffleSeed;

    @Option(
            names = "--backbone",
            paramLabel = "FILE.onnx",
            description = "The network that gives features; without it they are orientation histograms.")
    private Path backbone;

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            description = "A tensor of the network (default: the last but one layer).")
    private String layer;

    @Option(
            names = "--resize",
            paramLabel = "PIXELS",
            description = "Shorter side of an image before the crop (default: 8/7 of --crop).")
    private Integer resize;

    @Option(
            names = "--crop",
            paramLabel = "PIXELS",
            defaultValue = "224",
            description = "Side of the square that the network takes (default: 224).")
    private int crop;

    @Option(
            names = "--features",
            paramLabel = "h392|h400|h200",
            description = "Orientation histogram, where there is no --backbone (default: h392).")
    private String histogram;

    @Option(
            names = "--scaling",
            paramLabel = "none|center|standardize|standardize-pooled|dct|whiten|whiten-standardized",
            description =
                    "What the owner does to the features in the clear (default: standardize; dct for histograms).")
    private ScalingKind scaling;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            defaultValue = "2",
            description = "Iterations, all of them encrypted (default: 2).")
    private int iterations;

    @Option(names = "--rehearse", description = "Only simulate: no keys, no encryption.")
    private boolean rehearse;

    @Option(
            names = "--outside-interval",
            paramLabel = "refuse|go-on",
            defaultValue = "refuse",
            description = "What to do when the rehearsal finds scores outside of the interval of the sigmoid polynomial"
                    + " (default: refuse).")
    private OutsideInterval outsideInterval;

    @Option(
            names = "--preconditioner",
            paramLabel = "program-bound|algorithm-1",
            description = "Diagonal of the quadratic gradient (default: chosen by rehearsal).")
    private Preconditioner preconditioner;

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
            defaultValue = "target/image-training",
            description = "Outputs, and the files the roles share (default: target/image-training).")
    private Path out;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description =
                    "Where features of the network are kept; they say much about the images (default: features/ in --out).")
    private Path cache;

    @Option(
            names = "--role",
            paramLabel = "owner-encrypt|cloud-train|owner-decrypt|all",
            defaultValue = "all",
            description = "Play one role in this process, with the files of --out (default: all).")
    private RoleChoice role;

    @Option(names = "--verbose-errors", description = "Print a stack trace after the line of an error.")
    private boolean verboseErrors;

    boolean verboseErrors() {
        return verboseErrors || Boolean.getBoolean("hecnn.stacktrace");
    }

    /**
     * The options with all defaults worked out.
     *
     * @throws ParameterException if they do not make sense
     */
    RunSettings settings() {
        boolean reads = role == RoleChoice.ALL || role == RoleChoice.OWNER_ENCRYPT;
        require(!reads || images != null, "--images: expected a folder, found none");
        require(samples == null || samples >= 2, "--samples: expected at least 2, found " + samples);
        require(
                testFraction == null || (testFraction > 0 && testFraction < 1),
                "--test-fraction: expected a number between 0 and 1, found " + testFraction);
        require(
                testFraction == null || (testImages == null && samples == null),
                "--test-fraction: expected no --test-images or --samples beside it, found one");
        require(
                backbone == null || Files.isRegularFile(backbone),
                "--backbone: expected a file, found none at " + backbone);
        require(layer == null || backbone != null, "--layer: expected --backbone beside it, found none");
        require(
                histogram == null
                        || (backbone == null && List.of("h392", "h400", "h200").contains(histogram)),
                "--features: expected h392|h400|h200 without --backbone, found '" + histogram + "'");
        require(crop >= 1 && crop <= 4096, "--crop: expected 1..4096, found " + crop);
        int side = resize == null ? (crop * 8 + 6) / 7 : resize;
        require(side >= crop, "--resize: expected at least --crop, " + crop + ", found " + side);
        require(
                scaling != ScalingKind.DCT || backbone == null,
                "--scaling: expected another one with --backbone, found dct, which needs the grid of a histogram");
        require(
                iterations >= 1 && iterations <= MAX_ITERATIONS,
                "--iterations: expected 1.." + MAX_ITERATIONS + ", found " + iterations);
        require(
                !rehearse || role == RoleChoice.ALL,
                "--rehearse: expected no --role beside it, found one; a rehearsal has no roles");
        int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        require(workers >= 1 && workers <= 1024, "--threads: expected 1..1024, found " + workers);
        ImageChoice chosen = new ImageChoice(
                images,
                testImages,
                testFraction == null ? 0.25 : testFraction,
                backbone,
                layer,
                side,
                crop,
                cache == null ? out.resolve("features") : cache);
        SampleChoice choice = new SampleChoice(samples == null ? SampleChoice.ALL : samples, shuffleSeed);
        String features = backbone != null ? null : histogram == null ? "h392" : histogram;
        ScalingKind usual = backbone == null ? ScalingKind.DCT : ScalingKind.STANDARDIZE;
        return new RunSettings(
                RecipeKind.FAST,
                new FeatureChoice(null, features, null, choice, chosen.absolute()),
                false,
                iterations,
                scaling == null ? usual : scaling,
                rehearse,
                workers,
                seed,
                out,
                role,
                0,
                preconditioner,
                outsideInterval,
                false);
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
