package io.github.hecnn.mlr.encoder.image;

import java.util.List;

/** Images with their classes, decoded one at a time. Implementations are thread-safe. */
public interface ImageSource {
    /** {@return what to call it, as in "images of digits"} */
    String name();

    /** {@return number of images, at least 1} */
    int size();

    /** {@return classes, [images], 0..classes-1; a copy} */
    int[] labels();

    /** {@return what each class is called, [classes], at least 2, all different} */
    List<String> classNames();

    /**
     * {@return where an image comes from, as errors name it}
     *
     * @param index from 0
     */
    String place(int index);

    /**
     * {@return what determines its pixels: the bytes of its file, or the pixels} Never change them.
     *
     * @param index from 0
     * @throws java.io.UncheckedIOException if a file cannot be read
     */
    byte[] content(int index);

    /**
     * Decodes an image.
     *
     * @param index from 0
     * @return the image
     * @throws io.github.hecnn.mlr.data.DataFormatException if it is damaged, too large or of a kind that cannot be used; the text names it
     * @throws java.io.UncheckedIOException if a file cannot be read
     */
    RgbImage image(int index);
}
