package io.github.hecnn.mlr.data;

import java.nio.file.Path;

/**
 * Reads data sets from files: CSV, and the IDX files of MNIST. Every file may be plain or gzip, told apart by content, not by name.
 * Nothing is allocated on the word of a header alone. Stateless and thread-safe.
 *
 * <p>Content that is not as described throws {@link DataFormatException} with file, place, expected and found; a file that is not there
 * or cannot be read throws {@link java.io.UncheckedIOException}.
 */
public final class DatasetReader {
    /** A CSV file may not have more classes. */
    public static final int MAX_CLASSES = CsvOptions.MAX_CLASSES;

    private DatasetReader() {}

    /**
     * Reads a CSV file as it is: {@link #csv(Path, CsvOptions)} with {@link CsvOptions#DEFAULT}.
     *
     * @param file plain or gzip
     * @return the samples
     * @throws DataFormatException as there
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static LabeledDataset csv(Path file) {
        return csv(file, CsvOptions.DEFAULT);
    }

    /**
     * Reads a CSV file: a column of labels, all others features. What the options leave open is found out and told in
     * {@link LabeledDataset#description()}, or refused if more than one answer fits:
     *
     * <ul>
     *   <li>encoding: UTF-8 or UTF-16, with or without a byte order mark;
     *   <li>separator: the one of comma, semicolon, tab and pipe that splits lines best, or what a first line {@code sep=;} says;
     *   <li>header: a first line of names over columns of numbers;
     *   <li>decimal mark: point, or comma in a file without points;
     *   <li>label column: the one called label, class, target or y; otherwise the only one of text; otherwise the first or the last,
     *       whichever has few different integers.
     * </ul>
     *
     * <p>Labels are integers, also if written 5.0, or texts. Integers are sorted by size, texts by alphabet, and become classes from 0;
     * {@link LabeledDataset#labelNames()} keeps what they were. Numbers are read as {@link Double#parseDouble} reads them. Blank lines are
     * ignored.
     *
     * @param file plain or gzip
     * @param options how the file is written
     * @return the samples
     * @throws DataFormatException if an encoding, a separator or the label column is neither given nor clear, a line is ragged, a cell is
     *     missing, no number or infinite, names of columns repeat, labels are all the same, fractions or nearly as many as rows, or there is
     *     no row
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static LabeledDataset csv(Path file, CsvOptions options) {
        return CsvParser.dataset(file, options);
    }

    /**
     * Reads a CSV file as {@link #csv(Path)}, with labels 0..classes-1, each its own class, whether it is in the file or not.
     *
     * @param file plain or gzip
     * @param classes number of classes
     * @return the samples
     * @throws DataFormatException as there, and if a label is not below classes
     * @throws IllegalArgumentException if classes is not 2..{@value #MAX_CLASSES}
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static LabeledDataset csv(Path file, int classes) {
        return csv(file, CsvOptions.DEFAULT.withClasses(classes));
    }

    /**
     * Reads training data and test data from two CSV files. The test file has the label column, the classes and the features of the
     * training file; how it is written may differ.
     *
     * @param training file to train on
     * @param test file to test on
     * @param options how the file is written
     * @return the samples
     * @throws DataFormatException as {@link #csv(Path, CsvOptions)}, and if the test file has other features or another label
     * @throws java.io.UncheckedIOException if a file cannot be read
     */
    public static TrainTestSplit csv(Path training, Path test, CsvOptions options) {
        return CsvParser.split(training, test, options);
    }

    /**
     * Reads a CSV file of numbers alone, such as weights; separator, header and encoding as for {@link #csv(Path)}.
     *
     * @param file numbers only
     * @return [rows][columns], finite, at least one cell
     * @throws DataFormatException if a line is ragged, a cell missing, no number or infinite, or there is no line
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static double[][] matrix(Path file) {
        return matrix(file, CsvOptions.DEFAULT);
    }

    /**
     * Reads a CSV file of numbers alone that is written in a known way, without the columns that the options ignore.
     *
     * @param file numbers only
     * @param options a label column or names of classes are not looked at
     * @return [rows][columns], finite, at least one cell
     * @throws DataFormatException as {@link #matrix(Path)}, and if there is no such column to ignore
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static double[][] matrix(Path file, CsvOptions options) {
        return CsvParser.matrix(file, options);
    }

    /**
     * Reads an IDX file of unsigned bytes in three dimensions (magic 0x00000803), without labels.
     *
     * @param file plain or gzip
     * @return the images
     * @throws DataFormatException on another magic, sizes out of range, too few bytes or bytes left over
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static ImageSet idxImages(Path file) {
        return IdxParser.images(file);
    }

    /**
     * Reads an IDX file of unsigned bytes in one dimension (magic 0x00000801).
     *
     * @param file plain or gzip
     * @return [samples] labels, 0..255
     * @throws DataFormatException on another magic, a count out of range, too few bytes or bytes left over
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static int[] idxLabels(Path file) {
        return IdxParser.labels(file);
    }

    /**
     * Reads images with their labels from two IDX files.
     *
     * @param images file of images
     * @param labels file of labels
     * @return the images with their labels
     * @throws DataFormatException as the single readers, and if the files hold different numbers
     * @throws java.io.UncheckedIOException if a file cannot be read
     */
    public static ImageSet idx(Path images, Path labels) {
        int[] classes = idxLabels(labels);
        ImageSet set = idxImages(images);
        if (classes.length != set.size()) {
            throw new DataFormatException(labels + ": expected " + set.size() + " labels for the images of " + images
                    + ", found " + classes.length + "; use files that belong together");
        }
        return set.withLabels(classes);
    }
}
