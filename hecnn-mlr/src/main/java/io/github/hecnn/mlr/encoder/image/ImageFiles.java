package io.github.hecnn.mlr.encoder.image;

import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.data.WholeFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads the usual files of images. Every method throws {@link DataFormatException}, naming file and place, if the content is not as described, and
 * {@link java.io.UncheckedIOException} if a file cannot be read. Stateless and thread-safe.
 */
public final class ImageFiles {
    /** Classes of CIFAR-10 in their order. */
    public static final List<String> CIFAR_10_CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    private static final int CIFAR_SIDE = 32;
    private static final int CIFAR_AREA = CIFAR_SIDE * CIFAR_SIDE;
    private static final int CIFAR_RECORD = 1 + RgbImage.CHANNELS * CIFAR_AREA;
    private static final long MAX_BYTES = 1L << 30;

    private ImageFiles() {}

    /**
     * {@return grey images and their labels in two IDX files, plain or gzip, as those of MNIST; classes are called 0 to the largest label}
     *
     * @param images file of images
     * @param labels file of labels
     */
    public static ImageSource idx(Path images, Path labels) {
        ImageSet set = DatasetReader.idx(images, labels);
        if (set.size() == 0) {
            throw new DataFormatException(
                    images + ": expected at least one image, found none; give a file with images");
        }
        int classes = 1 + Arrays.stream(set.labels()).max().orElse(0);
        return new PixelImages(
                images.getFileName().toString(),
                set.pixels(),
                set.rows(),
                set.columns(),
                true,
                set.labels(),
                numbered(Math.max(2, classes)));
    }

    /**
     * {@return the binary version of CIFAR-10: records of a label and 32 x 32 bytes of red, green and blue; the files one after the other}
     *
     * @param files in binary form, one after the other
     */
    public static ImageSource cifar10(List<Path> files) {
        List<byte[]> pixels = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (Path file : files) {
            byte[] bytes = WholeFile.bytes(file, MAX_BYTES, "give the files of the binary version, unpacked");
            if (bytes.length == 0 || bytes.length % CIFAR_RECORD != 0) {
                throw new DataFormatException(
                        file + ": expected records of " + CIFAR_RECORD + " bytes, at least one, found " + bytes.length
                                + " bytes; give a file of the binary version of CIFAR-10, unpacked");
            }
            for (int at = 0; at < bytes.length; at += CIFAR_RECORD) {
                int label = bytes[at] & 0xff;
                if (label >= CIFAR_10_CLASSES.size()) {
                    throw new DataFormatException(file + ", offset " + at + ": expected a label 0..9, found " + label
                            + "; give a file of the binary version of CIFAR-10");
                }
                labels.add(label);
                pixels.add(interleaved(bytes, at + 1));
            }
        }
        if (pixels.isEmpty()) {
            throw new DataFormatException(
                    "CIFAR-10: expected at least one file, found none; name data_batch_1.bin and so on");
        }
        return new PixelImages(
                "CIFAR-10",
                pixels.toArray(new byte[0][]),
                CIFAR_SIDE,
                CIFAR_SIDE,
                false,
                labels.stream().mapToInt(i -> i).toArray(),
                CIFAR_10_CLASSES);
    }

    private static byte[] interleaved(byte[] bytes, int from) {
        byte[] out = new byte[RgbImage.CHANNELS * CIFAR_AREA];
        for (int i = 0; i < out.length; i++) {
            out[i] = bytes[from + i % RgbImage.CHANNELS * CIFAR_AREA + i / RgbImage.CHANNELS];
        }
        return out;
    }

    /**
     * {@return USPS as text, plain or gzip: a line an image of 16 x 16 grey values of -1..1} Either a label 0..9 and 256 values
     * ({@code zip.train}), or LIBSVM's form, a label 1..10 for digits 0..9 and values as {@code index:value} with indices 1..256, those left
     * out being -1.
     *
     * @param file plain or gzip
     */
    public static ImageSource usps(Path file) {
        return UspsText.read(file);
    }

    private static List<String> numbered(int classes) {
        return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }
}
