package io.github.hecnn.mlr.encoder;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes small ONNX models byte by byte, as protocol buffers. Field numbers are those of onnx.proto. */
public final class OnnxBytes {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int ATTRIBUTE_FLOAT = 1;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_STRING = 3;
    private static final int ATTRIBUTE_INTS = 7;

    private final Message graph = new Message().text(2, "test");

    /**
     * A table of vectors from which tokens pick theirs (Gather), and if wanted a matrix after it (MatMul).
     *
     * @param table [vocabulary][dimension]
     * @param matrix [dimension][dimension], or null
     * @param inputs names of the inputs, of which {@code input_ids} is used
     */
    public static byte[] embedding(float[][] table, float[][] matrix, String... inputs) {
        OnnxBytes model = new OnnxBytes();
        model.node("Gather", List.of("table", "input_ids"), matrix == null ? "out" : "picked");
        model.tensor("table", flat(table), table.length, table[0].length);
        if (matrix != null) {
            model.node("MatMul", List.of("picked", "matrix"), "out");
            model.tensor("matrix", flat(matrix), matrix.length, matrix[0].length);
        }
        for (String input : inputs) {
            model.graph.message(11, value(input, INT64, "texts", "tokens"));
        }
        return model.output("out", "texts", "tokens", "" + table[0].length).bytes();
    }

    /**
     * Adds a node.
     *
     * @param attributes name, value, name, value: integers, lists of integers, floats and texts
     */
    public OnnxBytes node(String operation, List<String> inputs, String output, Object... attributes) {
        Message node = new Message();
        inputs.forEach(i -> node.text(1, i));
        node.text(2, output).text(4, operation);
        for (int i = 0; i < attributes.length; i += 2) {
            Message a = new Message().text(1, (String) attributes[i]);
            if (attributes[i + 1] instanceof Integer v) {
                a.number(3, v).number(20, ATTRIBUTE_INT);
            } else if (attributes[i + 1] instanceof Float v) {
                a.fixed32(2, v).number(20, ATTRIBUTE_FLOAT);
            } else if (attributes[i + 1] instanceof String v) {
                a.text(4, v).number(20, ATTRIBUTE_STRING);
            } else {
                ((List<?>) attributes[i + 1]).forEach(v -> a.number(8, (Integer) v));
                a.number(20, ATTRIBUTE_INTS);
            }
            node.message(5, a);
        }
        graph.message(1, node);
        return this;
    }

    /** Adds weights. */
    public OnnxBytes tensor(String name, float[] values, int... shape) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float v : values) {
            raw.putFloat(v);
        }
        Message tensor = new Message();
        for (int n : shape) {
            tensor.number(1, n);
        }
        graph.message(5, tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array()));
        return this;
    }

    /** Adds integers, such as a shape. */
    public OnnxBytes integers(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long v : values) {
            raw.putLong(v);
        }
        graph.message(
                5,
                new Message()
                        .number(1, values.length)
                        .number(2, INT64)
                        .text(8, name)
                        .bytes(9, raw.array()));
        return this;
    }

    /** Adds weights that are said to be in another file. */
    public OnnxBytes externalTensor(String name, int... shape) {
        Message tensor = new Message();
        for (int n : shape) {
            tensor.number(1, n);
        }
        Message location = new Message().text(1, "location").text(2, "model.onnx.data");
        graph.message(
                5, tensor.number(2, FLOAT).text(8, name).message(13, location).number(14, 1));
        return this;
    }

    /** Adds an input of floats; dimensions that are no numbers may have any size. */
    public OnnxBytes input(String name, String... dimensions) {
        graph.message(11, value(name, FLOAT, dimensions));
        return this;
    }

    /** Adds an output of floats. */
    public OnnxBytes output(String name, String... dimensions) {
        graph.message(12, value(name, FLOAT, dimensions));
        return this;
    }

    /** The file. */
    public byte[] bytes() {
        return new Message()
                .number(1, 8)
                .message(8, new Message().text(1, "").number(2, 13))
                .message(7, graph)
                .bytes();
    }

    /** Rows one after the other. */
    public static float[] flat(float[][] rows) {
        float[] out = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, out, i * rows[0].length, rows[0].length);
        }
        return out;
    }

    private static Message value(String name, int type, String... dimensions) {
        Message shape = new Message();
        for (String d : dimensions) {
            boolean fixed = Character.isDigit(d.charAt(0));
            shape.message(1, fixed ? new Message().number(1, Long.parseLong(d)) : new Message().text(2, d));
        }
        Message tensor = new Message().number(1, type).message(2, shape);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }

    /** A message of protocol buffers. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        byte[] bytes() {
            return out.toByteArray();
        }

        Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message fixed32(int field, float value) {
            varint((long) field << 3 | 5);
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(value)
                    .array());
            return this;
        }

        Message bytes(int field, byte[] value) {
            varint((long) field << 3 | 2);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return bytes(field, value.bytes());
        }

        private void varint(long value) {
            long left = value;
            while ((left & ~127L) != 0) {
                out.write((int) ((left & 127) | 128));
                left >>>= 7;
            }
            out.write((int) left);
        }
    }
}
