package io.github.hecnn.mlr.encoder.image;

/** Pixels of three channels with 8 bits each. The array is taken over, not copied: do not change it afterwards. Thread-safe on that condition. */
public final class RgbImage {
    /** Channels of a pixel. */
    public static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final byte[] pixels;

    /**
     * Takes pixels over.
     *
     * @param width columns, at least 1
     * @param height rows, at least 1
     * @param pixels [height][width][red, green, blue], row-major, unsigned bytes
     * @throws IllegalArgumentException if the numbers do not fit together
     */
    public RgbImage(int width, int height, byte[] pixels) {
        if (width < 1 || height < 1 || (long) CHANNELS * width * height != pixels.length) {
            throw new IllegalArgumentException("image: expected 3 bytes for each of " + width + " x " + height
                    + " pixels, at least one, found " + pixels.length + " bytes; give the image's size");
        }
        this.width = width;
        this.height = height;
        this.pixels = pixels;
    }

    /**
     * {@return a grey image: three channels that are equal}
     *
     * @param width in pixels
     * @param height in pixels
     * @param grey [height][width], row-major, unsigned bytes
     * @throws IllegalArgumentException as the constructor
     */
    public static RgbImage grey(int width, int height, byte[] grey) {
        byte[] pixels = new byte[Math.multiplyExact(CHANNELS, grey.length)];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = grey[i / CHANNELS];
        }
        return new RgbImage(width, height, pixels);
    }

    /** {@return columns} */
    public int width() {
        return width;
    }

    /** {@return rows} */
    public int height() {
        return height;
    }

    /**
     * {@return a channel of a pixel, 0..255}
     *
     * @param x column, from 0
     * @param y row, from 0
     * @param channel 0 red, 1 green, 2 blue
     */
    public int sample(int x, int y, int channel) {
        return pixels[(y * width + x) * CHANNELS + channel] & 0xff;
    }

    /** {@return luma by ITU-R 601, [height][width] unsigned bytes: 0.299 red, 0.587 green, 0.114 blue, rounded} */
    public byte[] grey() {
        byte[] out = new byte[width * height];
        for (int i = 0; i < out.length; i++) {
            int at = CHANNELS * i;
            double luma =
                    0.299 * (pixels[at] & 0xff) + 0.587 * (pixels[at + 1] & 0xff) + 0.114 * (pixels[at + 2] & 0xff);
            out[i] = (byte) Math.round(luma);
        }
        return out;
    }
}
