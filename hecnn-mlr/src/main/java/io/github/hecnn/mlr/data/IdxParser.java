package io.github.hecnn.mlr.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The IDX format: magic 00 00 type dimensions, big-endian sizes, then the elements. Only unsigned bytes, the type of MNIST. */
final class IdxParser {
    private static final int LABELS_MAGIC = 0x00000801;
    private static final int IMAGES_MAGIC = 0x00000803;
    private static final int MAX_COUNT = 10_000_000;
    private static final int MAX_SIDE = 1024;
    private static final int CHUNK = 1 << 16;

    private final Path file;
    private final InputStream in;
    private long offset;

    private IdxParser(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    static int[] labels(Path file) {
        return Sources.read(file, source -> {
            IdxParser p = new IdxParser(file, source.stream());
            p.magic(LABELS_MAGIC, "labels");
            int count = p.size("number of labels", 0, MAX_COUNT);
            p.checkLength(source.compressed(), count);
            // In chunks: the count is believed only as far as bytes have come.
            byte[] bytes = new byte[Math.min(count, CHUNK)];
            int done = 0;
            while (done < count) {
                if (done == bytes.length) {
                    bytes = Arrays.copyOf(bytes, (int) Math.min(count, 2L * done));
                }
                p.fill(bytes, done, bytes.length - done, count - done);
                done = bytes.length;
            }
            p.end();
            int[] labels = new int[count];
            for (int i = 0; i < count; i++) {
                labels[i] = bytes[i] & 0xff;
            }
            return labels;
        });
    }

    static ImageSet images(Path file) {
        return Sources.read(file, source -> {
            IdxParser p = new IdxParser(file, source.stream());
            p.magic(IMAGES_MAGIC, "images");
            int count = p.size("number of images", 0, MAX_COUNT);
            int rows = p.size("rows", 1, MAX_SIDE);
            int columns = p.size("columns", 1, MAX_SIDE);
            int area = rows * columns;
            p.checkLength(source.compressed(), (long) count * area);
            List<byte[]> pixels = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] image = new byte[area];
                p.fill(image, 0, area, (long) (count - i) * area);
                pixels.add(image);
            }
            p.end();
            return new ImageSet(pixels.toArray(new byte[0][]), rows, columns, new int[0]);
        });
    }

    private void magic(int expected, String what) throws IOException {
        int found = readInt();
        if (found != expected) {
            throw error(
                    0,
                    "IDX " + what + " of unsigned bytes (magic " + hex(expected) + ")",
                    "magic " + hex(found),
                    advice(found));
        }
    }

    private static String advice(int magic) {
        return switch (magic) {
            case LABELS_MAGIC -> "this is a file of labels";
            case IMAGES_MAGIC -> "this is a file of images";
            default -> "give an IDX file, plain or gzip";
        };
    }

    private static String hex(int v) {
        return String.format("0x%08x", v);
    }

    private int size(String what, int least, int most) throws IOException {
        long at = offset;
        int v = readInt();
        if (v < least || v > most) {
            throw error(
                    at,
                    what + " " + least + ".." + most,
                    Integer.toUnsignedString(v),
                    "the file is damaged or foreign");
        }
        return v;
    }

    /** Plain files say their length; gzip files turn out short or long while they are read. */
    private void checkLength(boolean compressed, long body) throws IOException {
        if (!compressed && Files.isRegularFile(file) && Files.size(file) != offset + body) {
            throw error(
                    offset,
                    (offset + body) + " bytes in all by its header",
                    Files.size(file) + " bytes",
                    "copy the file again");
        }
    }

    private int readInt() throws IOException {
        byte[] b = new byte[4];
        fill(b, 0, 4, 4);
        return (b[0] & 0xff) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | (b[3] & 0xff);
    }

    private void fill(byte[] into, int from, int length, long needed) throws IOException {
        int got = in.readNBytes(into, from, length);
        if (got < length) {
            throw error(offset + got, (needed - got) + " more bytes", "the end", "copy the file again");
        }
        offset += length;
    }

    private void end() throws IOException {
        if (in.read() >= 0) {
            throw error(offset, "the end by its header", "more bytes", "the file is damaged or foreign");
        }
    }

    private DataFormatException error(long at, String expected, String found, String fix) {
        return new DataFormatException(
                file + ", offset " + at + ": expected " + expected + ", found " + found + "; " + fix);
    }
}
