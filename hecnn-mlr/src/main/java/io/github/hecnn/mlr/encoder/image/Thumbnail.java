package io.github.hecnn.mlr.encoder.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Small images for pages. */
public final class Thumbnail {
    private Thumbnail() {}

    /**
     * {@return an image in a smaller size and the same shape}
     *
     * @param image any
     * @param side of the longer side, at least 1; an image that is not longer is returned as it is
     * @throws IllegalArgumentException if the side is not positive
     */
    public static RgbImage of(RgbImage image, int side) {
        if (side < 1) {
            throw new IllegalArgumentException(
                    "thumbnail: expected a side of at least 1, found " + side + "; 96 is usual");
        }
        int longer = Math.max(image.width(), image.height());
        if (longer <= side) {
            return image;
        }
        int width = Math.max(1, (int) ((long) image.width() * side / longer));
        int height = Math.max(1, (int) ((long) image.height() * side / longer));
        return Resampling.resize(
                image,
                new Resampling(image.width(), width, 0, width),
                new Resampling(image.height(), height, 0, height));
    }

    /**
     * {@return an image as a PNG file; needs the module {@code java.desktop}}
     *
     * @param image any
     */
    public static byte[] png(RgbImage image) {
        BufferedImage pixels = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                pixels.setRGB(x, y, image.sample(x, y, 0) << 16 | image.sample(x, y, 1) << 8 | image.sample(x, y, 2));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(pixels, "png", out);
        } catch (IOException e) {
            throw new AssertionError("memory is written without errors", e);
        }
        return out.toByteArray();
    }
}
