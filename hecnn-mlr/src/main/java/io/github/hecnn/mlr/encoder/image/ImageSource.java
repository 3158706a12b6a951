package io.github.hecnn.mlr.encoder.image;

import java.util.List;

/** Images with their classes, decoded one at a time. Implementations are thread-safe. */
public interface ImageSource {
    /** What to call it, as in "images of digits". */
    String name();

    /** Number of images, at least 1. */
    int size();

    /** Classes, [images], 0..classes-1; a copy. */
    int[] labels();

    /** What each class is called, [classes], at least 2, all different. */
    List<String> classNames();

    /** Where an image comes from, as errors name it. */
    String place(int index);

    /**
     * What determines its pixels: the bytes of its file, or the pixels. Never change them.
     *
     * @throws java.io.UncheckedIOException if a file cannot be read
     */
    byte[] content(int index);

    /**
     * Decodes an image.
     *
     * @throws io.github.hecnn.mlr.data.DataFormatException if it is damaged, too large or of a kind that cannot be used; the text names it
     * @throws java.io.UncheckedIOException if a file cannot be read
     */
    RgbImage image(int index);
}
