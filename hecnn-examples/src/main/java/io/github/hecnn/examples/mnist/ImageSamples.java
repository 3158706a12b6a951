package io.github.hecnn.examples.mnist;

import io.github.hecnn.examples.cli.UserError;
import io.github.hecnn.examples.digits.SyntheticDigits;
import io.github.hecnn.examples.digits.SyntheticDigits.Split;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.data.TrainTestSplit;
import io.github.hecnn.mlr.exchange.Sha256;
import io.github.hecnn.mlr.features.OrientationHistogram;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Orientation histograms of images: MNIST or other IDX files, or the built-in digits. */
final class ImageSamples {
    private static final Map<String, OrientationHistogram> HISTOGRAMS = Map.of(
            "h392", OrientationHistogram.H392,
            "h400", OrientationHistogram.H400,
            "h200", OrientationHistogram.H200);
    private static final int IDX_LABELS = 0x801;

    private final RunSettings settings;
    private final boolean withTest;
    private final Long seed;
    private final List<String> notes = new ArrayList<>();

    private ImageSamples(RunSettings settings, boolean withTest) {
        this.settings = settings;
        this.withTest = withTest;
        seed = settings.features().shuffleSeed();
    }

    static Samples load(RunSettings settings, boolean withTest) {
        ImageSamples images = new ImageSamples(settings, withTest);
        return settings.data() == null ? images.synthetic() : images.idx();
    }

    private Samples synthetic() {
        notes.add("The data is synthetic: digits drawn by this program's own code, made to look written by hand. It is"
                + " not MNIST, and its accuracies say nothing about MNIST; --data or --download train on that.");
        int[] all = labels(Split.TRAINING);
        int[] chosen = chosen(all);
        ImageSet train = seed == null
                ? SyntheticDigits.first(Split.TRAINING, chosen.length)
                : new ImageSet(
                        IntStream.of(chosen)
                                .parallel()
                                .mapToObj(i -> SyntheticDigits.pixels(Split.TRAINING, i))
                                .toArray(byte[][]::new),
                        SyntheticDigits.SIDE,
                        SyntheticDigits.SIDE,
                        IntStream.of(chosen).map(i -> all[i]).toArray());
        ImageSet test = withTest ? SyntheticDigits.first(Split.TEST, Split.TEST.size()) : null;
        return samples("synthetic digits (built in)", true, all, train, labels(Split.TEST), test);
    }

    private static int[] labels(Split split) {
        return IntStream.range(0, split.size())
                .map(i -> SyntheticDigits.label(split, i))
                .toArray();
    }

    private Samples idx() {
        MnistFiles.Found images = MnistFiles.TRAINING_IMAGES.in(settings.data());
        MnistFiles.Found labels = MnistFiles.TRAINING_LABELS.in(settings.data());
        MnistFiles.Found testLabels = MnistFiles.TEST_LABELS.in(settings.data());
        ImageSet all = DatasetReader.idx(images.file(), labels.file());
        if (all.size() < settings.samples()) {
            throw new UserError("--samples: expected at most " + all.size() + " as in " + images.file() + ", found "
                    + settings.samples() + "; take fewer");
        }
        ImageSet test = null;
        if (withTest) {
            MnistFiles.Found testImages = MnistFiles.TEST_IMAGES.in(settings.data());
            test = DatasetReader.idx(testImages.file(), testLabels.file());
            notes.addAll(testImages.notes());
        }
        notes.addAll(images.notes());
        notes.addAll(labels.notes());
        notes.addAll(testLabels.notes());
        int[] chosen = chosen(all.labels());
        ImageSet train = new ImageSet(
                IntStream.of(chosen).mapToObj(i -> all.pixels()[i]).toArray(byte[][]::new),
                all.rows(),
                all.columns(),
                IntStream.of(chosen).map(i -> all.labels()[i]).toArray());
        return samples(
                mnist(all.labels()) ? "MNIST" : "images of " + folder(images.file()),
                false,
                all.labels(),
                train,
                test == null ? DatasetReader.idxLabels(testLabels.file()) : test.labels(),
                test);
    }

    private static String folder(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder.getFileName() == null
                ? folder.toString()
                : folder.getFileName().toString();
    }

    /** Other data sets come in files of the same names. */
    private static boolean mnist(int[] labels) {
        ByteBuffer file =
                ByteBuffer.allocate(8 + labels.length).putInt(IDX_LABELS).putInt(labels.length);
        for (int label : labels) {
            file.put((byte) label);
        }
        return Sha256.of(file.array()).equals(MnistFiles.TRAINING_LABELS.sha256());
    }

    /** The first samples, or some of each class. */
    private int[] chosen(int[] labels) {
        if (seed == null) {
            return IntStream.range(0, settings.samples()).toArray();
        }
        notes.add(
                settings.samples() + " of " + labels.length + " images train, chosen by class with seed " + seed + ".");
        int[] sorted = IntStream.of(labels).distinct().sorted().toArray();
        return TrainTestSplit.stratified(mapped(labels, sorted), sorted.length, settings.samples(), seed)[0];
    }

    /** Classes are the labels that occur, by size. */
    private Samples samples(
            String name, boolean synthetic, int[] all, ImageSet train, int[] testLabels, ImageSet test) {
        int[] sorted = IntStream.concat(IntStream.of(all), IntStream.of(testLabels))
                .distinct()
                .sorted()
                .toArray();
        if (sorted.length < 2) {
            throw new UserError("labels of " + name + ": expected at least 2 classes, found " + Arrays.toString(sorted)
                    + "; use other files");
        }
        List<String> names = IntStream.of(sorted).mapToObj(Integer::toString).toList();
        OrientationHistogram extractor = HISTOGRAMS.get(settings.features().histogram());
        LabeledDataset training = dataset(extractor.extractAll(train), mapped(train.labels(), sorted), names);
        int[] tested = mapped(testLabels, sorted);
        double[][] nothing = new double[tested.length][];
        Arrays.fill(nothing, new double[training.width()]);
        TrainTestSplit labels = new TrainTestSplit(training, dataset(nothing, tested, names));
        return new Samples(
                name,
                synthetic,
                training,
                test == null ? null : dataset(extractor.extractAll(test), tested, names),
                labels,
                test,
                extractor.shape(),
                fingerprint(train),
                notes);
    }

    private static LabeledDataset dataset(double[][] features, int[] labels, List<String> names) {
        return new LabeledDataset(features, labels, names, List.of(), "");
    }

    private static int[] mapped(int[] labels, int[] sorted) {
        return IntStream.of(labels)
                .map(label -> Arrays.binarySearch(sorted, label))
                .toArray();
    }

    private static String fingerprint(ImageSet images) {
        ByteBuffer bytes = ByteBuffer.allocate(images.size() * (images.rows() * images.columns() + 1));
        for (int i = 0; i < images.size(); i++) {
            bytes.put(images.pixels()[i]).put((byte) images.labels()[i]);
        }
        return Sha256.of(bytes.array());
    }
}
