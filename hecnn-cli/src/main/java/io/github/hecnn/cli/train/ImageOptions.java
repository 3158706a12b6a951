package io.github.hecnn.cli.train;

import io.github.hecnn.cli.console.VersionText;
import io.github.hecnn.cli.options.CommonArguments;
import io.github.hecnn.cli.options.OutputArguments;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.samples.SampleChoice;
import io.github.hecnn.mlr.training.RecipeKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

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
        })
final class ImageOptions {
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
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "target/image-training",
            description = "Outputs, and the files the roles share (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description =
                    "Where features of the network are kept; they say much about the images (default: features/ in --out).")
    private Path cache;

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
     * @throws ParameterException if they do not make sense
     */
    RunSettings settings() {
        common.require(!training.readsData() || images != null, "--images: expected a folder, found none");
        common.require(samples == null || samples >= 2, "--samples: expected at least 2, found " + samples);
        common.require(
                testFraction == null || (testFraction > 0 && testFraction < 1),
                "--test-fraction: expected a number between 0 and 1, found " + testFraction);
        common.require(
                testFraction == null || (testImages == null && samples == null),
                "--test-fraction: expected no --test-images or --samples beside it, found one");
        common.require(
                backbone == null || Files.isRegularFile(backbone),
                "--backbone: expected a file, found none at " + backbone);
        common.require(layer == null || backbone != null, "--layer: expected --backbone beside it, found none");
        common.require(
                histogram == null
                        || (backbone == null && List.of("h392", "h400", "h200").contains(histogram)),
                "--features: expected h392|h400|h200 without --backbone, found '" + histogram + "'");
        common.require(crop >= 1 && crop <= 4096, "--crop: expected 1..4096, found " + crop);
        int side = resize == null ? (crop * 8 + 6) / 7 : resize;
        common.require(side >= crop, "--resize: expected at least --crop, " + crop + ", found " + side);
        common.require(
                training.scaling() != ScalingKind.DCT || backbone == null,
                "--scaling: expected another one with --backbone, found dct, which needs the grid of a histogram");
        training.check(common);
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
        return training.settings(
                common,
                out,
                RecipeKind.FAST,
                new FeatureChoice(null, features, null, choice, chosen.absolute()),
                false,
                usual);
    }
}
