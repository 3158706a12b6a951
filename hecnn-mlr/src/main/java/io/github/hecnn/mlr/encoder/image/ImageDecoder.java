package io.github.hecnn.mlr.encoder.image;

import io.github.hecnn.mlr.data.DataFormatException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * PNG and JPEG to three channels of 8 bits. Samples are taken as they are stored, whatever colour profile is named: grey is repeated, alpha
 * is dropped, 16 bits are rounded to 8. What is damaged is refused, although the readers of the platform would fill in what is missing.
 */
final class ImageDecoder {
    private static final int MAX_SIDE = 32_768;
    private static final long MAX_PIXELS = 64L << 20;

    private ImageDecoder() {}

    /** Decodes; place is for errors. */
    static RgbImage decode(String place, byte[] bytes) {
        String format;
        if (PngChunks.isPng(bytes)) {
            PngChunks.check(place, bytes);
            format = "png";
        } else if (JpegFrame.isJpeg(bytes)) {
            JpegFrame.check(place, bytes);
            format = "jpeg";
        } else {
            throw new DataFormatException(place + ": expected a PNG or JPEG image, found "
                    + (bytes.length == 0 ? "an empty file" : "something else") + "; convert or remove it");
        }
        ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
        AtomicReference<String> warning = new AtomicReference<>();
        reader.addIIOReadWarningListener(new IIOReadWarningListener() {
            @Override
            public void warningOccurred(ImageReader source, String text) {
                if (text != null && (text.startsWith("Premature") || text.startsWith("Corrupt"))) {
                    warning.set(text);
                }
            }
        });
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            requireSize(place, reader.getWidth(0), reader.getHeight(0));
            BufferedImage image = reader.read(0);
            if (warning.get() != null) {
                throw damaged(place, format, warning.get(), null);
            }
            return rgb(place, image);
        } catch (IIOException e) {
            throw damaged(place, format, e.getMessage(), e);
        } catch (DataFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // the readers throw what they happen to meet
            throw damaged(place, format, e.toString(), e);
        } finally {
            reader.dispose();
        }
    }

    private static void requireSize(String place, int width, int height) {
        if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > MAX_PIXELS) {
            throw new DataFormatException(place + ": expected at most " + MAX_PIXELS + " pixels and " + MAX_SIDE
                    + " on a side, found " + width + " x " + height + "; make the image smaller");
        }
    }

    private static DataFormatException damaged(String place, String format, String found, Exception cause) {
        return new DataFormatException(
                place + ": expected a sound " + (format.equals("png") ? "PNG" : "JPEG") + " image, found damage ("
                        + found + "); copy it again, or remove it",
                cause);
    }

    private static RgbImage rgb(String place, BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] out = new byte[Math.multiplyExact(Math.multiplyExact(RgbImage.CHANNELS, width), height)];
        Raster raster = image.getRaster();
        IndexColorModel palette = image.getColorModel() instanceof IndexColorModel m ? m : null;
        int bands = raster.getNumBands();
        int bits = raster.getSampleModel().getSampleSize(0);
        if (palette == null && (bands > 4 || (bits != 8 && bits != 16))) {
            throw new DataFormatException(place + ": expected 1 to 4 channels of 8 or 16 bits, found " + bands + " of "
                    + bits + "; convert it to RGB with 8 bits");
        }
        int[] row = new int[bands * width];
        int at = 0;
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < RgbImage.CHANNELS; c++) {
                    int v = palette != null
                            ? palette.getRGB(row[x]) >> (16 - 8 * c)
                            : row[x * bands + (bands >= RgbImage.CHANNELS ? c : 0)];
                    out[at++] = (byte) (palette == null && bits == 16 ? (v * 255 + 32767) / 65535 : v);
                }
            }
        }
        return new RgbImage(width, height, out);
    }
}
