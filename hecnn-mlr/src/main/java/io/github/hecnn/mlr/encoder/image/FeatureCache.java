package io.github.hecnn.mlr.encoder.image;

import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import io.github.hecnn.core.files.Sha256;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/**
 * Features on disk, a file for each pair of encoder and set of images, named by their hashes: other pixels, another order, another model or preprocessing
 * is another file. A file that is damaged is computed and written again; features of more than 1 GB are not kept. Files say as much about the images as features do; they are
 * readable by this user only. Immutable and thread-safe.
 */
public final class FeatureCache {
    private static final int MAGIC = 0x48464331; // HFC1
    private static final int HEAD = 12;
    private static final int TAIL = 8;
    private static final long MAX_BYTES = 1L << 30;
    private static final int MAX_COLUMNS = 1 << 24;

    private final Path folder;

    /**
     * A cache in a folder, which is made when it is first written.
     *
     * @param folder of nothing else, best
     */
    public FeatureCache(Path folder) {
        this.folder = folder;
    }

    /** Name of features: a hash of what makes them and of the content of all images in their order. */
    static String key(String fingerprint, ImageSource images) {
        RgbImage first = images.image(0); // pixels in memory do not say their shape
        StringBuilder all = new StringBuilder(fingerprint + '\n' + first.width() + " x " + first.height() + '\n');
        for (int i = 0; i < images.size(); i++) {
            all.append(Sha256.of(images.content(i))).append('\n');
        }
        return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What is there under that key, otherwise what is computed, which is then there. */
    double[][] features(String key, int rows, Supplier<double[][]> compute) {
        Path file = folder.resolve("features-" + key + ".bin");
        Optional<double[][]> kept = read(file, rows);
        if (kept.isPresent()) {
            return kept.get();
        }
        double[][] features = compute.get();
        if (bytes(features) > MAX_BYTES) {
            return features;
        }
        try {
            Files.createDirectories(folder);
            write(file, features);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    folder + ": expected a folder that can be written for features, found: " + e.getMessage()
                            + "; name another one",
                    e);
        }
        return features;
    }

    private static long bytes(double[][] features) {
        return HEAD + (long) Double.BYTES * features.length * features[0].length;
    }

    private static void write(Path file, double[][] features) throws IOException {
        int columns = features[0].length;
        byte[] bytes = new byte[(int) bytes(features)];
        ByteBuffer buffer =
                ByteBuffer.wrap(bytes).putInt(MAGIC).putInt(features.length).putInt(columns);
        for (double[] row : features) {
            for (double v : row) {
                buffer.putDouble(v);
            }
        }
        AtomicFile.write(file, Access.OWNER_ONLY, bytes.length + (long) TAIL, out -> {
            DataOutputStream data = new DataOutputStream(out);
            data.write(bytes);
            data.writeLong(crc(bytes, bytes.length));
            data.flush();
        });
    }

    private static Optional<double[][]> read(Path file, int rows) {
        byte[] bytes;
        try {
            bytes = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + ": expected a readable file, found: " + e.getMessage() + "; check its permissions", e);
        }
        if (bytes.length < HEAD + TAIL) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        boolean head = in.getInt() == MAGIC && in.getInt() == rows;
        int columns = in.getInt();
        if (!head
                || columns < 1
                || columns > MAX_COLUMNS
                || HEAD + 8L * rows * columns + TAIL != bytes.length
                || in.getLong(bytes.length - TAIL) != crc(bytes, bytes.length - TAIL)) {
            return Optional.empty();
        }
        double[][] out = new double[rows][columns];
        for (double[] row : out) {
            Arrays.setAll(row, k -> in.getDouble());
        }
        return Optional.of(out);
    }

    private static long crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }
}
