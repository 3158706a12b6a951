package io.github.hecnn.mlr.samples;

import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.data.TrainTestSplit;
import io.github.hecnn.mlr.encoder.image.ImageSource;
import io.github.hecnn.mlr.encoder.image.RgbImage;
import io.github.hecnn.mlr.features.GridShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Images of classes, divided into training and test, with features by any encoder. Immutable. */
public final class FolderSamples {
    private final ImageSource images;
    private final ImageSource testImages;
    private final int[] train;
    private final int[] test;
    private final List<String> notes;

    private FolderSamples(ImageSource images, ImageSource testImages, int[] train, int[] test, List<String> notes) {
        this.images = images;
        this.testImages = testImages;
        this.train = train;
        this.test = test;
        this.notes = List.copyOf(notes);
    }

    /**
     * An image to show.
     *
     * @param image as it was read
     * @param label name of its class
     * @param place where it is, as errors name it
     */
    public record Picture(RgbImage image, String label, String place) {}

    /**
     * Divides images by class at random.
     *
     * @param images all of them
     * @param testFraction share of them that tests, between 0 and 1; not looked at if the choice has a count
     * @param choice how many train, by which seed; seed 1 if it has none, since folders are sorted by class
     * @return training and test samples
     * @throws IllegalArgumentException if that leaves fewer than 2 images to train or none to test on
     */
    public static FolderSamples divided(ImageSource images, double testFraction, SampleChoice choice) {
        int all = images.size();
        int count = choice.count() == SampleChoice.ALL ? (int) Math.round(all * (1 - testFraction)) : choice.count();
        if (count < 2 || count >= all) {
            throw new IllegalArgumentException("SampleChoice.count: expected 2.." + (all - 1) + " of the " + all + " "
                    + images.name() + ", so that some are left to test on, found " + count
                    + "; take others, or give a folder of test images");
        }
        long seed = choice.seed() == null ? 1 : choice.seed();
        int[][] parts =
                TrainTestSplit.stratified(images.labels(), images.classNames().size(), count, seed);
        return new FolderSamples(
                images, images, parts[0], parts[1], List.of(chosen(count, all, seed) + "; the others test."));
    }

    /**
     * Trains on images of the one and tests on all of the other.
     *
     * @param images to train on
     * @param testImages of the same classes
     * @param choice how many train, by which seed; seed 1 if it has none
     * @return training and test samples
     * @throws IllegalArgumentException if there are fewer images, or the classes differ
     */
    public static FolderSamples of(ImageSource images, ImageSource testImages, SampleChoice choice) {
        int all = images.size();
        int count = choice.count() == SampleChoice.ALL ? all : choice.count();
        if (count > all || !images.classNames().equals(testImages.classNames())) {
            throw new IllegalArgumentException("SampleChoice.count: expected at most " + all
                    + " images, and test images of the classes " + images.classNames() + ", found " + count + " and "
                    + testImages.classNames() + "; take fewer, or read test images with the training classes");
        }
        long seed = choice.seed() == null ? 1 : choice.seed();
        int[] train = count == all
                ? IntStream.range(0, all).toArray()
                : TrainTestSplit.stratified(images.labels(), images.classNames().size(), count, seed)[0];
        return new FolderSamples(
                images,
                testImages,
                train,
                IntStream.range(0, testImages.size()).toArray(),
                List.of((count == all ? "All " + all + " images train" : chosen(count, all, seed)) + ", "
                        + testImages.size() + " others test."));
    }

    private static String chosen(int count, int all, long seed) {
        return String.format(Locale.ROOT, "%d of %d images train, chosen by class with seed %d", count, all, seed);
    }

    /**
     * {@return the samples}
     *
     * @param features of all images of a source, in their order
     * @param grid that features lie on, or null
     * @throws IllegalArgumentException if not every class that is tested is trained
     */
    public Samples samples(Function<ImageSource, LabeledDataset> features, GridShape grid) {
        LabeledDataset all = features.apply(images);
        LabeledDataset tested = testImages == images ? all : features.apply(testImages);
        TrainTestSplit split = new TrainTestSplit(all.rows(train), tested.rows(test));
        List<String> words = new ArrayList<>(notes);
        words.add(all.description() + ".");
        return new Samples(
                images.name(),
                false,
                split.training(),
                split.test(),
                split,
                null,
                grid,
                CsvSamples.fingerprint(split.training()),
                words);
    }

    /**
     * {@return the first test images, in the order of the test samples}
     *
     * @param most how many
     */
    public List<Picture> testPictures(int most) {
        int[] labels = testImages.labels();
        return IntStream.of(test)
                .limit(most)
                .mapToObj(i ->
                        new Picture(testImages.image(i), testImages.classNames().get(labels[i]), testImages.place(i)))
                .toList();
    }
}
