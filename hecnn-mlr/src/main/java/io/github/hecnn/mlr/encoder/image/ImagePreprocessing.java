package io.github.hecnn.mlr.encoder.image;

import java.util.Arrays;

/**
 * What is done to an image before a network sees it, as torchvision does it: the shorter side is resized, the middle cut out, samples are divided by
 * 255, and each channel is shifted by its mean and divided by its deviation.
 *
 * <p>Resizing is bilinear with the triangle widened by the factor of reduction ("antialias"), columns first, each pass rounded to 8 bits, as Pillow
 * does it. Immutable.
 */
public final class ImagePreprocessing {
    private static final int MAX_SIDE = 4096;

    private final int resize;
    private final int crop;
    private final double[] mean;
    private final double[] deviation;

    private ImagePreprocessing(Builder b) {
        resize = b.resize;
        crop = b.crop;
        mean = b.mean.clone();
        deviation = b.deviation.clone();
        if (crop < 1 || resize < crop || resize > MAX_SIDE) {
            throw new IllegalArgumentException("image preprocessing: expected 1 <= crop <= resize <= " + MAX_SIDE
                    + ", found crop " + crop + " and resize " + resize + "; 224 and 256 are usual");
        }
        if (mean.length != RgbImage.CHANNELS || deviation.length != RgbImage.CHANNELS) {
            throw new IllegalArgumentException("image preprocessing: expected 3 means and deviations, found "
                    + mean.length + " and " + deviation.length + "; give one for each of red, green, blue");
        }
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
            if (!Double.isFinite(mean[c]) || !(deviation[c] > 0 && Double.isFinite(deviation[c]))) {
                throw new IllegalArgumentException("image preprocessing: expected finite means and positive deviations,"
                        + " found " + mean[c] + " and " + deviation[c] + "; 0.5 and 0.25 are about usual");
            }
        }
    }

    /** {@return settings with those of ImageNet to begin with} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return what most networks of torchvision want: shorter side 256, the middle 224 x 224, mean and deviation of ImageNet} Newer weights
     * (those named V2) want 232 in place of 256.
     */
    public static ImagePreprocessing imageNet() {
        return builder().build();
    }

    /** Collects settings; not thread-safe. */
    public static final class Builder {
        private int resize = 256;
        private int crop = 224;
        private double[] mean = {0.485, 0.456, 0.406};
        private double[] deviation = {0.229, 0.224, 0.225};

        private Builder() {}

        /**
         * {@return this builder}
         * @param pixels length of the shorter side after resizing, in pixels
         */
        public Builder resize(int pixels) {
            resize = pixels;
            return this;
        }

        /**
         * {@return this builder}
         * @param pixels side of the square cut out of the middle, in pixels; at most the shorter side
         */
        public Builder crop(int pixels) {
            crop = pixels;
            return this;
        }

        /**
         * {@return this builder}
         * @param perChannel [3] means of red, green and blue on samples of 0..1
         */
        public Builder mean(double... perChannel) {
            mean = perChannel.clone();
            return this;
        }

        /**
         * {@return this builder}
         * @param perChannel [3] deviations of red, green and blue on samples of 0..1
         */
        public Builder deviation(double... perChannel) {
            deviation = perChannel.clone();
            return this;
        }

        /**
         * {@return the settings}
         *
         * @throws IllegalArgumentException if they make no sense
         */
        public ImagePreprocessing build() {
            return new ImagePreprocessing(this);
        }
    }

    /** {@return side of the square that the network sees} */
    public int crop() {
        return crop;
    }

    /**
     * Prepares an image.
     *
     * @param image of any size
     * @return [channels][rows][columns], {@link #crop} rows and columns, row-major
     */
    public float[] apply(RgbImage image) {
        float[] out = new float[RgbImage.CHANNELS * crop * crop];
        apply(image, out, 0);
        return out;
    }

    void apply(RgbImage image, float[] out, int offset) {
        RgbImage square = square(image);
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
            for (int y = 0; y < crop; y++) {
                for (int x = 0; x < crop; x++) {
                    out[offset++] = (float) ((square.sample(x, y, c) / 255.0 - mean[c]) / deviation[c]);
                }
            }
        }
    }

    /**
     * The first half: resizes an image and cuts the square out of its middle.
     *
     * @param image of any size
     * @return {@link #crop} columns and rows
     */
    public RgbImage square(RgbImage image) {
        int shorter = Math.min(image.width(), image.height());
        int width = scaled(image.width(), shorter);
        int height = scaled(image.height(), shorter);
        return Resampling.resize(
                image,
                new Resampling(image.width(), width, (int) Math.rint((width - crop) / 2.0), crop),
                new Resampling(image.height(), height, (int) Math.rint((height - crop) / 2.0), crop));
    }

    private int scaled(int side, int shorter) {
        return (int) ((long) resize * side / shorter);
    }

    /** All settings, so that equal texts mean equal results. */
    @Override
    public String toString() {
        return "resize as Pillow " + resize + ", crop " + crop + ", mean " + Arrays.toString(mean) + ", deviation "
                + Arrays.toString(deviation);
    }
}
