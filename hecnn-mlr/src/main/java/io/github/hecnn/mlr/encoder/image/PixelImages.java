package io.github.hecnn.mlr.encoder.image;

import java.util.List;

/**
 * Images of one size in memory, grey or of three channels. The arrays are taken over, not copied: do not change them afterwards. Thread-safe on that
 * condition.
 */
public final class PixelImages extends LabeledImages {
    private final byte[][] pixels;
    private final int rows;
    private final int columns;
    private final boolean grey;

    /**
     * Takes pixels over.
     *
     * @param name what to call them
     * @param pixels [images][rows][columns] if grey, otherwise [images][rows][columns][red, green, blue]; row-major, unsigned bytes
     * @param rows height
     * @param columns width
     * @param grey whether pixels have one channel
     * @param labels [images], 0..classes-1
     * @param classNames [classes]
     * @throws IllegalArgumentException if there is no image, one has another size, or a label is out of range
     */
    public PixelImages(
            String name, byte[][] pixels, int rows, int columns, boolean grey, int[] labels, List<String> classNames) {
        super(name, labels, classNames);
        this.pixels = pixels;
        this.rows = rows;
        this.columns = columns;
        this.grey = grey;
        if (pixels.length == 0 || labels.length != pixels.length) {
            throw new IllegalArgumentException(name + ": expected as many labels as images, at least one, found "
                    + pixels.length + " images and " + labels.length + " labels; use files that belong together");
        }
        long area = (long) rows * columns * (grey ? 1 : RgbImage.CHANNELS);
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i].length != area) {
                throw new IllegalArgumentException(name + ": expected " + area + " bytes an image, found "
                        + pixels[i].length + " for image " + i + "; give the size of the images");
            }
            if (labels[i] < 0 || labels[i] >= classNames.size()) {
                throw new IllegalArgumentException(name + ": expected labels 0.." + (classNames.size() - 1) + ", found "
                        + labels[i] + " for image " + i + "; name all classes");
            }
        }
    }

    @Override
    public String place(int index) {
        return name() + ", image " + index;
    }

    @Override
    public byte[] content(int index) {
        return pixels[index];
    }

    @Override
    public RgbImage image(int index) {
        return grey ? RgbImage.grey(columns, rows, pixels[index]) : new RgbImage(columns, rows, pixels[index]);
    }
}
