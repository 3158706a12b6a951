package io.github.hecnn.mlr.encoder.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pixels of three channels with 8 bits each. The array is taken over, not copied: do not change it afterwards. */
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
     * A grey image: three channels that are equal.
     *
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

    /** Columns. */
    public int width() {
        return width;
    }

    /** Rows. */
    public int height() {
        return height;
    }

    /** A channel of a pixel, 0..255. */
    public int sample(int x, int y, int channel) {
        return pixels[(y * width + x) * CHANNELS + channel] & 0xff;
    }

    /** Luma by ITU-R 601, [height][width] unsigned bytes: 0.299 red, 0.587 green, 0.114 blue, rounded. */
    public byte[] grey() {
        byte[] out = new byte[width * height];
        for (int i = 0; i < out.length; i++) {
            int at = CHANNELS * i;
            double luma = 0.299 * (pixels[at] & 0xff) + 0.587 * (pixels[at + 1] & 0xff) + 0.114 * (pixels[at + 2] & 0xff);
            out[i] = (byte) Math.round(luma);
        }
        return out;
    }

    /**
     * A smaller one for pages, of the same shape.
     *
     * @param side of the longer side, at least 1; an image that is not longer is returned as it is
     * @throws IllegalArgumentException if the side is not positive
     */
    public RgbImage thumbnail(int side) {
        if (side < 1) {
            throw new IllegalArgumentException("thumbnail: expected a side of at least 1, found " + side + "; 96 is usual");
        }
        int longer = Math.max(width, height);
        if (longer <= side) {
            return this;
        }
        int w = Math.max(1, (int) ((long) width * side / longer));
        int h = Math.max(1, (int) ((long) height * side / longer));
        return Resampling.resize(this, new Resampling(width, w, 0, w), new Resampling(height, h, 0, h));
    }

    /** The image as a PNG file. */
    public byte[] png() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, sample(x, y, 0) << 16 | sample(x, y, 1) << 8 | sample(x, y, 2));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException("png: expected memory to be written, found: " + e.getMessage(), e);
        }
        return out.toByteArray();
    }
}
