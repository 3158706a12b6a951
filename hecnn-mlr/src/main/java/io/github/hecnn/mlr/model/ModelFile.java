package io.github.hecnn.mlr.model;

import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.WholeFile;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.GridShape;
import io.github.hecnn.mlr.features.ScalingKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * Files of models, big-endian throughout: an 8-byte mark, a version, and then
 *
 * <ul>
 *   <li>names of classes and of features, each a count and texts; a text is its length in bytes and UTF-8;
 *   <li>the scaling: name of its kind, number of features, orientations and cells of the grid (0, 0 without one), means and divisors
 *       (a count, 0 for none, and doubles), columns of the matrix (0 for none) and its rows;
 *   <li>weights: columns, the leading 1 counted, and a row of doubles for each class, the bias first;
 *   <li>provenance: a count, and for each setting its name, a tag (1 text, 2 int, 3 long, 4 double, 5 boolean) and its value;
 *   <li>a CRC-32 of all before it.
 * </ul>
 */
final class ModelFile {
    private static final long MARK = 0x4845434e4d4c5221L; // "HECNMLR!"
    private static final int VERSION = 1;
    private static final int LEAST_BYTES = 16;
    private static final long MAX_BYTES = 1L << 30;

    /**
     * What is in a file.
     *
     * @param linear weights on scaled features behind a leading 1, with the names of classes
     * @param scaling what is done to features first
     * @param featureNames [features], or empty
     * @param provenance how it was trained
     */
    record Content(LinearModel linear, FeatureScaler scaling, List<String> featureNames, Provenance provenance) {}

    private ModelFile() {}

    static void write(Path file, Content model) {
        byte[] bytes = bytes(model);
        try {
            AtomicFile.write(file, Access.USUAL, bytes.length, out -> out.write(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    static byte[] bytes(Content model) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(MARK);
            out.writeInt(VERSION);
            writeTexts(out, model.linear().labelNames());
            writeTexts(out, model.featureNames());
            writeScaling(out, model.scaling().statistics());
            out.writeInt(model.linear().width());
            for (double[] row : model.linear().weights()) {
                writeDoubles(out, row);
            }
            writeProvenance(out, model.provenance());
            out.flush();
            CRC32 crc = new CRC32();
            crc.update(bytes.toByteArray());
            out.writeInt((int) crc.getValue());
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static void writeScaling(DataOutputStream out, FeatureScaler.Statistics s) throws IOException {
        writeText(out, s.kind().toString());
        out.writeInt(s.inputs());
        out.writeInt(s.grid() == null ? 0 : s.grid().orientations());
        out.writeInt(s.grid() == null ? 0 : s.grid().cells());
        for (double[] v : new double[][] {s.mean(), s.divisor()}) {
            out.writeInt(v == null ? 0 : v.length);
            writeDoubles(out, v == null ? new double[0] : v);
        }
        out.writeInt(s.matrix() == null ? 0 : s.matrix()[0].length);
        for (double[] row : s.matrix() == null ? new double[0][] : s.matrix()) {
            writeDoubles(out, row);
        }
    }

    private static void writeProvenance(DataOutputStream out, Provenance provenance) throws IOException {
        out.writeInt(provenance.settings().size());
        for (Map.Entry<String, Object> setting : provenance.settings().entrySet()) {
            writeText(out, setting.getKey());
            Object value = setting.getValue();
            if (value instanceof String text) {
                out.writeByte(1);
                writeText(out, text);
            } else if (value instanceof Integer i) {
                out.writeByte(2);
                out.writeInt(i);
            } else if (value instanceof Long l) {
                out.writeByte(3);
                out.writeLong(l);
            } else if (value instanceof Double d) {
                out.writeByte(4);
                out.writeDouble(d);
            } else {
                out.writeByte(5);
                out.writeBoolean((Boolean) value);
            }
        }
    }

    private static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            writeText(out, text);
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void writeDoubles(DataOutputStream out, double[] v) throws IOException {
        for (double d : v) {
            out.writeDouble(d);
        }
    }

    /**
     * Reads a file.
     *
     * @param maker makes the model, and refuses what does not fit together with an IllegalArgumentException
     */
    static <T> T read(Path file, Function<Content, T> maker) {
        byte[] bytes = WholeFile.bytes(file, MAX_BYTES, "give the file of a model");
        if (bytes.length < LEAST_BYTES || ByteBuffer.wrap(bytes).getLong() != MARK) {
            throw new DataFormatException(
                    file + ": expected the file of a model, found another kind; give what MlrModel.write wrote");
        }
        int version = ByteBuffer.wrap(bytes).getInt(8);
        if (version != VERSION) {
            throw new DataFormatException(file + ": expected version " + VERSION + " of a model's file, found "
                    + version + "; read it with the version of the library that wrote it");
        }
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, bytes.length - 4);
        if (ByteBuffer.wrap(bytes).getInt(bytes.length - 4) != (int) crc.getValue()) {
            throw new DataFormatException(
                    file + ": expected the whole file of a model, found a wrong checksum; copy it again");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 12, bytes.length - 16))) {
            T model = maker.apply(readContent(in));
            if (in.available() > 0) {
                throw new IllegalArgumentException(in.available() + " bytes behind the model");
            }
            return model;
        } catch (EOFException e) {
            throw new DataFormatException(file + ": expected more of a model, found the end; write it again", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new DataFormatException(
                    file + ": expected a sound model, found: " + e.getMessage() + "; write it again", e);
        }
    }

    private static Content readContent(DataInputStream in) throws IOException {
        List<String> labelNames = readTexts(in);
        List<String> featureNames = readTexts(in);
        FeatureScaler scaling = FeatureScaler.of(readScaling(in));
        double[][] weights = readMatrix(in, labelNames.size(), count(in, 8L * Math.max(1, labelNames.size())));
        return new Content(new LinearModel(weights, labelNames), scaling, featureNames, readProvenance(in));
    }

    private static FeatureScaler.Statistics readScaling(DataInputStream in) throws IOException {
        ScalingKind kind = ScalingKind.named(readText(in));
        int inputs = in.readInt();
        if (inputs < 1) {
            throw new IllegalArgumentException("a scaling of " + inputs + " features");
        }
        int orientations = in.readInt();
        int cells = in.readInt();
        GridShape grid = orientations == 0 && cells == 0 ? null : new GridShape(orientations, cells);
        double[][] statistics = new double[2][];
        for (int i = 0; i < 2; i++) {
            int length = count(in, 8);
            statistics[i] = length == 0 ? null : readDoubles(in, length);
        }
        int columns = count(in, 8L * Math.max(1, inputs));
        double[][] matrix = columns == 0 ? null : readMatrix(in, inputs, columns);
        return new FeatureScaler.Statistics(kind, inputs, grid, statistics[0], statistics[1], matrix);
    }

    private static Provenance readProvenance(DataInputStream in) throws IOException {
        int count = count(in, 6);
        Map<String, Object> settings = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = readText(in);
            int tag = in.readByte();
            settings.put(
                    name,
                    switch (tag) {
                        case 1 -> readText(in);
                        case 2 -> in.readInt();
                        case 3 -> in.readLong();
                        case 4 -> in.readDouble();
                        case 5 -> in.readBoolean();
                        default -> throw new IllegalArgumentException("a setting of kind " + tag);
                    });
        }
        return new Provenance(settings);
    }

    private static List<String> readTexts(DataInputStream in) throws IOException {
        int count = count(in, 4);
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(readText(in));
        }
        return texts;
    }

    private static String readText(DataInputStream in) throws IOException {
        byte[] bytes = new byte[count(in, 1)];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static double[][] readMatrix(DataInputStream in, int rows, int columns) throws IOException {
        double[][] out = new double[rows][];
        for (int i = 0; i < rows; i++) {
            out[i] = readDoubles(in, columns);
        }
        return out;
    }

    private static double[] readDoubles(DataInputStream in, int count) throws IOException {
        double[] out = new double[count];
        for (int i = 0; i < count; i++) {
            out[i] = in.readDouble();
        }
        return out;
    }

    /** A number of things of so many bytes at least, which must be there before anything is allocated for them. */
    private static int count(DataInputStream in, long bytesEach) throws IOException {
        int n = in.readInt();
        if (n < 0) {
            throw new IllegalArgumentException("a count of " + n);
        }
        if (n * bytesEach > in.available()) {
            throw new EOFException();
        }
        return n;
    }
}
