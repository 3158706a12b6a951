package io.github.hecnn.mlr.encoder.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Images of coloured noise, and files of them. */
final class TestImages {
    private TestImages() {}

    /** Noise around a colour. */
    static BufferedImage noise(int width, int height, int type, Random random) {
        BufferedImage image = new BufferedImage(width, height, type);
        int base = random.nextInt(1 << 24);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, 0xff000000 | (base ^ (random.nextInt(1 << 24) & 0x1f3f1f)));
            }
        }
        return image;
    }

    static byte[] png(BufferedImage image) throws IOException {
        return bytes(image, "png");
    }

    static byte[] bytes(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("no writer of " + format + " for " + image);
        }
        return out.toByteArray();
    }

    /** A folder of classes a, b and so on with some PNG files in each, of several sizes. */
    static Path folder(Path parent, int classes, int each, long seed) throws IOException {
        Random random = new Random(seed);
        Path folder = Files.createDirectories(parent.resolve("images" + seed));
        for (int c = 0; c < classes; c++) {
            Path sub = Files.createDirectories(folder.resolve("" + (char) ('a' + c)));
            for (int i = 0; i < each; i++) {
                BufferedImage image =
                        noise(20 + random.nextInt(20), 20 + random.nextInt(20), BufferedImage.TYPE_INT_RGB, random);
                Files.write(sub.resolve(i + ".png"), png(image));
            }
        }
        return folder;
    }
}
