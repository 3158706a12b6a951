package io.github.hecnn.mlr.transfer.network;

import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.WholeFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Files of networks, the server's secret: an 8-byte mark, the input length, the number of layers, each as a tag, its sizes and its
 * numbers (big-endian doubles), and a CRC-32 of all before it. A {@link Layer.Affine}, such as a convolution of images, is written as the
 * dense layer that it is.
 */
public final class NetworkFile {
    private static final long MARK = 0x4845434e4e4e4e31L; // "HECNNNN1"
    private static final int MAX_LENGTH = 1 << 16;
    private static final long MAX_BYTES = 1L << 30;

    private NetworkFile() {}

    /**
     * Writes a network, readable by this user only. An earlier file is replaced once the new one is complete.
     *
     * @param file where to; replaced if it exists
     * @param network the network
     * @throws UncheckedIOException if that fails
     */
    public static void write(Path file, Network network) {
        try {
            byte[] bytes = bytes(network);
            AtomicFile.write(file, Access.OWNER_ONLY, bytes.length, out -> out.write(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * The whole content of a network's file.
     *
     * @param network the network
     * @return what {@link #write} writes
     */
    public static byte[] bytes(Network network) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(MARK);
            out.writeInt(network.inputs());
            out.writeInt(network.layers().size());
            int width = network.inputs();
            for (Layer layer : network.layers()) {
                writeLayer(out, layer instanceof Layer.Affine a ? FoldedNetwork.matrixOf(a, width) : layer);
                width = layer.outputs(width);
            }
            CRC32 crc = new CRC32();
            crc.update(bytes.toByteArray());
            out.writeInt((int) crc.getValue());
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new AssertionError("memory is written without errors", e);
        }
    }

    private static void writeLayer(DataOutputStream out, Layer layer) throws IOException {
        if (layer instanceof Conv1d c) {
            out.writeByte(1);
            writeNumbers(out, c.taps());
        } else if (layer instanceof Dense d) {
            out.writeByte(2);
            writeNumbers(out, d.bias());
            out.writeInt(d.inputs());
            for (double[] row : d.weights()) {
                for (double w : row) {
                    out.writeDouble(w);
                }
            }
        } else if (layer instanceof AveragePooling a) {
            out.writeByte(3);
            out.writeInt(a.width());
        } else {
            out.writeByte(4);
            writeNumbers(out, ((PolynomialActivation) layer).coefficients());
        }
    }

    private static void writeNumbers(DataOutputStream out, double[] numbers) throws IOException {
        out.writeInt(numbers.length);
        for (double v : numbers) {
            out.writeDouble(v);
        }
    }

    /**
     * Reads a network.
     *
     * @param file as {@link #write} made it
     * @return the network
     * @throws UncheckedIOException if the file is missing or cannot be read
     * @throws DataFormatException if it is something else, damaged or cut off, or describes a network that cannot be: sizes that do
     *     not fit, numbers that are not finite
     */
    public static Network read(Path file) {
        byte[] bytes = WholeFile.bytes(file, MAX_BYTES, "give the weights' file");
        CRC32 crc = new CRC32();
        if (bytes.length < 20 || ByteBuffer.wrap(bytes).getLong() != MARK) {
            throw new DataFormatException(
                    file + ": expected a network file, found another kind; give the weights' file");
        }
        crc.update(bytes, 0, bytes.length - 4);
        if (ByteBuffer.wrap(bytes).getInt(bytes.length - 4) != (int) crc.getValue()) {
            throw new DataFormatException(
                    file + ": expected a whole network file, found a wrong checksum; copy it again");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 8, bytes.length - 12))) {
            int inputs = length(in);
            int count = length(in);
            List<Layer> layers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                layers.add(readLayer(in));
            }
            if (in.available() > 0) {
                throw new IllegalArgumentException(in.available() + " bytes after the last layer");
            }
            return new Network(inputs, layers);
        } catch (EOFException e) {
            throw new DataFormatException(file + ": expected more layers, found the end; write it again", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new DataFormatException(
                    file + ": expected a sound network, found: " + e.getMessage() + "; write it again", e);
        }
    }

    private static Layer readLayer(DataInputStream in) throws IOException {
        int tag = in.readByte();
        return switch (tag) {
            case 1 -> new Conv1d(readNumbers(in, length(in)));
            case 2 -> readDense(in);
            case 3 -> new AveragePooling(in.readInt());
            case 4 -> new PolynomialActivation(readNumbers(in, length(in)));
            default -> throw new IllegalArgumentException("layer tag " + tag);
        };
    }

    private static Dense readDense(DataInputStream in) throws IOException {
        double[] bias = readNumbers(in, length(in));
        int inputs = length(in);
        double[][] weights = new double[bias.length][];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = readNumbers(in, inputs);
        }
        return new Dense(weights, bias);
    }

    private static int length(DataInputStream in) throws IOException {
        int n = in.readInt();
        if (n < 0 || n > MAX_LENGTH) {
            throw new IllegalArgumentException("a length of " + n);
        }
        return n;
    }

    private static double[] readNumbers(DataInputStream in, int count) throws IOException {
        if (8L * count > in.available()) { // before anything is allocated
            throw new EOFException();
        }
        double[] out = new double[count];
        for (int i = 0; i < count; i++) {
            out[i] = in.readDouble();
        }
        return out;
    }
}
