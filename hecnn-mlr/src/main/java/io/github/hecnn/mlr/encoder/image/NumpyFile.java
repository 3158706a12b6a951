package io.github.hecnn.mlr.encoder.image;

import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.data.WholeFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads arrays that NumPy's {@code save} wrote: features and labels that were made elsewhere. Little-endian, row-major, of 32- or 64-bit floats,
 * or of integers. Every method throws {@link DataFormatException} if the file is something else or of another length than its header says, and
 * {@link java.io.UncheckedIOException} if it cannot be read.
 */
public final class NumpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final long MAX_BYTES = Integer.MAX_VALUE - 16L;
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]*)\\)");
    private static final String FIX = "save it with numpy.save(file, numpy.ascontiguousarray(array))";
    private static final String ROWS = "save array.reshape(len(array), -1)";
    private static final String FLOATS = "save array.astype('<f4')";

    private NumpyFile() {}

    /**
     * Features.
     *
     * @param file a file {@code .npy}
     * @return [rows][columns], finite, at least one of each
     */
    public static double[][] matrix(Path file) {
        Content c = Content.read(file);
        if (c.shape.length != 2 || c.shape[0] == 0 || c.shape[1] == 0) {
            throw c.error("an array of 2 dimensions with something in it", "shape " + Arrays.toString(c.shape), ROWS);
        }
        double[][] out = new double[c.shape[0]][c.shape[1]];
        for (int i = 0; i < out.length; i++) {
            for (int k = 0; k < out[i].length; k++) {
                out[i][k] = c.next();
                if (!Double.isFinite(out[i][k])) {
                    throw c.error(
                            "finite numbers",
                            out[i][k] + " in row " + i + ", column " + k,
                            "correct or remove the row");
                }
            }
        }
        return out;
    }

    /**
     * Labels.
     *
     * @param file a file {@code .npy}
     * @return [rows], integers from 0
     */
    public static int[] labels(Path file) {
        Content c = Content.read(file);
        if (c.shape.length != 1 || c.shape[0] == 0) {
            throw c.error(
                    "an array of 1 dimension with something in it",
                    "shape " + Arrays.toString(c.shape),
                    "save a label for each row, array.reshape(-1)");
        }
        int[] out = new int[c.shape[0]];
        for (int i = 0; i < out.length; i++) {
            double v = c.next();
            if (v != Math.rint(v) || v < 0 || v > Integer.MAX_VALUE) {
                throw c.error("integers from 0", v + " in row " + i, "number the classes from 0");
            }
            out[i] = (int) v;
        }
        return out;
    }

    /**
     * {@return features with their labels; classes are called 0 to the largest label}
     *
     * @param features a file {@code .npy}
     * @param labels a file {@code .npy}
     * @throws DataFormatException as the others, and if the files have different numbers of rows
     */
    public static LabeledDataset dataset(Path features, Path labels) {
        double[][] x = matrix(features);
        int[] y = labels(labels);
        if (x.length != y.length) {
            throw new DataFormatException(labels + ": expected " + x.length + " labels for the rows of " + features
                    + ", found " + y.length + "; use files that belong together");
        }
        return new LabeledDataset(x, y, Math.max(2, 1 + Arrays.stream(y).max().orElse(0)));
    }

    /** An opened file; elements come one after the other. */
    private static final class Content {
        private final Path file;
        private final ByteBuffer body;
        private final String type;
        private final int[] shape;

        private Content(Path file, ByteBuffer body, String type, int[] shape) {
            this.file = file;
            this.body = body;
            this.type = type;
            this.shape = shape;
        }

        static Content read(Path file) {
            byte[] bytes = WholeFile.bytes(file, MAX_BYTES, "save fewer rows, or 32-bit floats");
            ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            if (bytes.length < 12 || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
                throw error(file, "an array of NumPy", "other bytes", FIX);
            }
            int version = in.get(6);
            long length = version == 1 ? in.getShort(8) & 0xffff : in.getInt(8) & 0xffffffffL;
            int start = version == 1 ? 10 : 12;
            if (version < 1 || version > 3 || length > bytes.length - start) {
                throw error(file, "a header of version 1 to 3", "version " + version + " of " + length + " bytes", FIX);
            }
            String header = new String(bytes, start, (int) length, StandardCharsets.ISO_8859_1);
            if (!group(file, ORDER, header).equals("False")) {
                throw error(file, "row-major order", "Fortran's", FIX);
            }
            String type = group(file, TYPE, header);
            int[] shape = Arrays.stream(group(file, SHAPE, header).split(",", -1))
                    .map(String::strip)
                    .filter(s -> !s.isEmpty())
                    .mapToInt(s -> s.length() < 10 ? Integer.parseInt(s) : -1)
                    .toArray();
            double elements = Arrays.stream(shape).mapToDouble(n -> n).reduce(1, (a, b) -> a * b);
            in.position(start + (int) length);
            if (elements * bytesOf(file, type) != in.remaining()
                    || Arrays.stream(shape).anyMatch(n -> n < 0)) {
                throw error(
                        file,
                        "as many bytes as shape " + Arrays.toString(shape) + " of " + type + " takes",
                        in.remaining() + " bytes",
                        "copy it again, or " + FIX);
            }
            return new Content(file, in, type, shape);
        }

        private static int bytesOf(Path file, String type) {
            return switch (type) {
                case "<f8", "<i8" -> 8;
                case "<f4", "<i4" -> 4;
                case "|u1", "|i1" -> 1;
                default -> throw error(file, "elements <f4, <f8, <i4, <i8, |u1 or |i1", type, FLOATS);
            };
        }

        double next() {
            return switch (type) {
                case "<f8" -> body.getDouble();
                case "<f4" -> body.getFloat();
                case "<i8" -> body.getLong();
                case "<i4" -> body.getInt();
                case "|u1" -> body.get() & 0xff;
                default -> body.get();
            };
        }

        private static String group(Path file, Pattern pattern, String header) {
            Matcher m = pattern.matcher(header);
            if (!m.find()) {
                throw error(file, "a header with descr, fortran_order and shape", "'" + shortened(header) + "'", FIX);
            }
            return m.group(1);
        }

        private static String shortened(String header) {
            String line = header.strip().replaceAll("\\p{Cntrl}", "?");
            return line.length() <= 80 ? line : line.substring(0, 80) + "...";
        }

        DataFormatException error(String expected, String found, String fix) {
            return error(file, expected, found, fix);
        }

        private static DataFormatException error(Path file, String expected, String found, String fix) {
            return new DataFormatException(file + ": expected " + expected + ", found " + found + "; " + fix);
        }
    }
}
