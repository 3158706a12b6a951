package io.github.hecnn.mlr.data;

import java.nio.file.Path;

/**
 * Reads data sets from files: CSV with the label first, and the IDX files of MNIST. Every file may be plain or gzip, told apart by
 * content, not by name. Nothing is allocated on the word of a header alone. Stateless and thread-safe.
 *
 * <p>Content that is not as described throws {@link DataFormatException} with file, place, expected and found; a file that is not there
 * or cannot be read throws {@link java.io.UncheckedIOException}.
 */
public final class DatasetReader {
    /** Labels of a CSV file without a given number of classes must stay below this. */
    public static final int MAX_CLASSES = 4096;

    private DatasetReader() {}

    /**
     * Reads a CSV file; the number of classes is the largest label plus one, at least two.
     *
     * @param file UTF-8; each line a label and then the features, separated by commas, without a header line; the label an integer,
     *     also if written 5.0; blank lines are ignored
     * @throws DataFormatException if a line is ragged, a cell no number, NaN or infinite, a label out of range, or there is no line
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static LabeledDataset csv(Path file) {
        return CsvParser.parse(file, 0);
    }

    /**
     * Reads a CSV file as {@link #csv(Path)}, with labels 0..classes-1.
     *
     * @throws DataFormatException as there, and if a label is not below classes
     * @throws IllegalArgumentException if classes is not 2..{@value #MAX_CLASSES}
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static LabeledDataset csv(Path file, int classes) {
        if (classes < 2 || classes > MAX_CLASSES) {
            throw new IllegalArgumentException("read CSV: expected 2.." + MAX_CLASSES + " classes, found " + classes
                    + "; give the number of classes");
        }
        return CsvParser.parse(file, classes);
    }

    /**
     * Reads a CSV file of numbers alone, such as weights.
     *
     * @param file UTF-8; cells separated by commas, rows equally long; blank lines are ignored
     * @return [rows][columns], finite, at least one cell
     * @throws DataFormatException if a line is ragged, a cell no number, NaN or infinite, or there is no line
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static double[][] matrix(Path file) {
        return CsvParser.matrix(file);
    }

    /**
     * Reads an IDX file of unsigned bytes in three dimensions (magic 0x00000803), without labels.
     *
     * @throws DataFormatException on another magic, sizes out of range, too few bytes or bytes left over
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static ImageSet idxImages(Path file) {
        return IdxParser.images(file);
    }

    /**
     * Reads an IDX file of unsigned bytes in one dimension (magic 0x00000801).
     *
     * @return labels, 0..255
     * @throws DataFormatException on another magic, a count out of range, too few bytes or bytes left over
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static int[] idxLabels(Path file) {
        return IdxParser.labels(file);
    }

    /**
     * Reads images with their labels from two IDX files.
     *
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
