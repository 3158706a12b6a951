package io.github.hecnn.mlr.data;

import java.util.Arrays;

/**
 * Grey images of one size, with their classes if known.
 *
 * <p>The arrays are taken over, not copied: do not change them afterwards. Thread-safe on that condition.
 *
 * @param pixels [images][rows * columns], row-major, unsigned bytes
 * @param rows height, at least 1
 * @param columns width, at least 1
 * @param labels [images], or empty if unknown; none negative
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data; compared by content below
public record ImageSet(byte[][] pixels, int rows, int columns, int[] labels) {
    /**
     * Checks the components.
     *
     * @param pixels [images][rows * columns], row-major, unsigned bytes
     * @param rows height, at least 1
     * @param columns width, at least 1
     * @param labels [images], or empty if unknown; none negative
     * @throws IllegalArgumentException if an image has another size, or labels are negative or of another number
     */
    public ImageSet {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("images: expected at least 1 row and 1 column, found " + rows + " x "
                    + columns + "; give the size of the images");
        }
        if (labels.length != 0 && labels.length != pixels.length) {
            throw new IllegalArgumentException("images: expected one label per image, found " + pixels.length
                    + " images and " + labels.length + " labels; use files that belong together");
        }
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i].length != (long) rows * columns) {
                throw new IllegalArgumentException("images: expected " + rows + " x " + columns + " pixels, found "
                        + pixels[i].length + " for image " + i + "; resize it");
            }
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0) {
                throw new IllegalArgumentException("images: expected labels from 0, found " + labels[i] + " for image "
                        + i + "; map labels to 0..classes-1");
            }
        }
    }

    /** {@return number of images} */
    public int size() {
        return pixels.length;
    }

    /** {@return whether the classes are known} */
    public boolean labeled() {
        return labels.length > 0;
    }

    /**
     * {@return the same images with classes}
     *
     * @param classes [images], none negative
     * @throws IllegalArgumentException as the constructor
     */
    public ImageSet withLabels(int[] classes) {
        return new ImageSet(pixels, rows, columns, classes);
    }

    /**
     * {@return the first images, sharing their pixels}
     *
     * @param count 0 to the number of images
     * @throws IllegalArgumentException if there are fewer than count, or count is negative
     */
    public ImageSet first(int count) {
        if (count < 0 || count > size()) {
            throw new IllegalArgumentException(
                    "images: expected to take 0.." + size() + " images, found " + count + "; ask for what is there");
        }
        return new ImageSet(
                Arrays.copyOf(pixels, count), rows, columns, labeled() ? Arrays.copyOf(labels, count) : labels);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ImageSet s
                && rows == s.rows
                && columns == s.columns
                && Arrays.equals(labels, s.labels)
                && Arrays.deepEquals(pixels, s.pixels);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(labels) + Arrays.deepHashCode(pixels);
    }

    @Override
    public String toString() {
        return size() + (labeled() ? " labelled" : "") + " images of " + rows + " x " + columns;
    }
}
