package io.github.hecnn.mlr.samples;

import io.github.hecnn.core.files.Sha256;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.data.TrainTestSplit;
import io.github.hecnn.mlr.data.image.MnistFile;
import io.github.hecnn.mlr.data.synthetic.SyntheticDigits;
import io.github.hecnn.mlr.data.synthetic.SyntheticDigits.Split;
import io.github.hecnn.mlr.features.OrientationHistogram;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Orientation histograms of images: MNIST or other IDX files, or the built-in digits. Each call stands by itself, on any thread. */
public final class ImageSamples {
    private static final int IDX_LABELS = 0x801;

    private final OrientationHistogram features;
    private final SampleChoice choice;
    private final boolean withTest;
    private final List<String> notes = new ArrayList<>();

    private ImageSamples(OrientationHistogram features, SampleChoice choice, boolean withTest) {
        this.features = features;
        this.choice = choice;
        this.withTest = withTest;
    }

    /**
     * {@return the built-in digits}
     *
     * @param features of 28 x 28 images
     * @param choice which of the 60,000 train
     * @param withTest whether features of the 10,000 test images are wanted, too
     * @throws IllegalArgumentException if the choice is of more than there are, or not every class that is tested is trained
     */
    public static Samples synthetic(OrientationHistogram features, SampleChoice choice, boolean withTest) {
        return new ImageSamples(features, choice, withTest).synthetic();
    }

    /**
     * {@return four IDX files under the names of MNIST's, found as {@link MnistFile#in} does} Classes are the labels that occur.
     *
     * @param folder with the files, or with mnist/
     * @param features of 28 x 28 images
     * @param choice which training images train
     * @param withTest whether features of the test images are wanted, too
     * @throws io.github.hecnn.mlr.data.DataFormatException if a file is missing or not as expected
     * @throws java.io.UncheckedIOException if a file cannot be read
     * @throws IllegalArgumentException if the choice is of more than there are, the images have another size, or not every class that is
     *     tested is trained
     */
    public static Samples idx(Path folder, OrientationHistogram features, SampleChoice choice, boolean withTest) {
        return new ImageSamples(features, choice, withTest).idx(folder);
    }

    private Samples synthetic() {
        notes.add("The data is synthetic: digits drawn by this library's own code, made to look written by hand. It is"
                + " not MNIST, and its accuracies say nothing about MNIST.");
        int[] all = labels(Split.TRAINING);
        int[] chosen = chosen(all, "the built-in digits");
        ImageSet train = SyntheticDigits.chosen(Split.TRAINING, chosen);
        ImageSet test = withTest ? SyntheticDigits.first(Split.TEST, Split.TEST.size()) : null;
        return samples("synthetic digits (built in)", true, all, train, labels(Split.TEST), test);
    }

    private static int[] labels(Split split) {
        return IntStream.range(0, split.size())
                .map(i -> SyntheticDigits.label(split, i))
                .toArray();
    }

    private Samples idx(Path folder) {
        MnistFile.Found images = MnistFile.TRAINING_IMAGES.in(folder);
        MnistFile.Found labels = MnistFile.TRAINING_LABELS.in(folder);
        MnistFile.Found testLabels = MnistFile.TEST_LABELS.in(folder);
        ImageSet all = DatasetReader.idx(images.file(), labels.file());
        ImageSet test = null;
        if (withTest) {
            MnistFile.Found testImages = MnistFile.TEST_IMAGES.in(folder);
            test = DatasetReader.idx(testImages.file(), testLabels.file());
            notes.addAll(testImages.notes());
        }
        notes.addAll(images.notes());
        notes.addAll(labels.notes());
        notes.addAll(testLabels.notes());
        int[] chosen = chosen(all.labels(), images.file().toString());
        ImageSet train = new ImageSet(
                IntStream.of(chosen).mapToObj(i -> all.pixels()[i]).toArray(byte[][]::new),
                all.rows(),
                all.columns(),
                IntStream.of(chosen).map(i -> all.labels()[i]).toArray());
        return samples(
                mnist(all.labels()) ? "MNIST" : "images of " + parent(images.file()),
                false,
                all.labels(),
                train,
                test == null ? DatasetReader.idxLabels(testLabels.file()) : test.labels(),
                test);
    }

    private static String parent(Path file) {
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
        return Sha256.of(file.array()).equals(MnistFile.TRAINING_LABELS.sha256());
    }

    /** The first samples, or some of each class. */
    private int[] chosen(int[] labels, String source) {
        int count = choice.count() == SampleChoice.ALL ? labels.length : choice.count();
        if (count > labels.length) {
            throw new IllegalArgumentException("SampleChoice.count: expected at most " + labels.length + " as in "
                    + source + ", found " + count + "; take fewer");
        }
        if (choice.seed() == null) {
            return IntStream.range(0, count).toArray();
        }
        notes.add(count + " of " + labels.length + " images train, chosen by class with seed " + choice.seed() + ".");
        int[] sorted = IntStream.of(labels).distinct().sorted().toArray();
        return TrainTestSplit.stratified(mapped(labels, sorted), sorted.length, count, choice.seed())[0];
    }

    /** Classes are the labels that occur, by size. */
    private Samples samples(
            String name, boolean synthetic, int[] all, ImageSet train, int[] testLabels, ImageSet test) {
        int[] sorted = IntStream.concat(IntStream.of(all), IntStream.of(testLabels))
                .distinct()
                .sorted()
                .toArray();
        if (sorted.length < 2) {
            throw new IllegalArgumentException("labels of " + name + ": expected at least 2 classes, found "
                    + Arrays.toString(sorted) + "; use other files");
        }
        List<String> names = IntStream.of(sorted).mapToObj(Integer::toString).toList();
        LabeledDataset training = dataset(features.extractAll(train), mapped(train.labels(), sorted), names);
        int[] tested = mapped(testLabels, sorted);
        double[][] nothing = new double[tested.length][];
        Arrays.fill(nothing, new double[training.width()]);
        TrainTestSplit labels = new TrainTestSplit(training, dataset(nothing, tested, names));
        return new Samples(
                name,
                synthetic,
                training,
                test == null ? null : dataset(features.extractAll(test), tested, names),
                labels,
                test,
                features.shape(),
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
