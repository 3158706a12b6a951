package io.github.hecnn.mlr.transfer.text;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes small ONNX models byte by byte, as protocol buffers: a table of vectors from which tokens pick theirs (Gather), and if wanted a
 * matrix after it (MatMul). Field numbers are those of onnx.proto.
 */
final class OnnxBytes {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    private OnnxBytes() {}

    /**
     * A model.
     *
     * @param table [vocabulary][dimension]
     * @param matrix [dimension][dimension], or null
     * @param inputs names of the inputs, of which {@code input_ids} is used
     */
    static byte[] model(float[][] table, float[][] matrix, String... inputs) {
        Message graph = new Message();
        graph.message(1, node("Gather", "table", "input_ids", matrix == null ? "out" : "picked"));
        if (matrix != null) {
            graph.message(1, node("MatMul", "picked", "matrix", "out"));
        }
        graph.text(2, "test");
        graph.message(5, tensor("table", table));
        if (matrix != null) {
            graph.message(5, tensor("matrix", matrix));
        }
        for (String input : inputs) {
            graph.message(11, value(input, INT64, "texts", "tokens"));
        }
        graph.message(12, value("out", FLOAT, "texts", "tokens", "" + table[0].length));
        return new Message()
                .number(1, 8)
                .message(8, new Message().text(1, "").number(2, 13))
                .message(7, graph)
                .bytes();
    }

    private static Message node(String operation, String a, String b, String output) {
        return new Message().text(1, a).text(1, b).text(2, output).text(4, operation);
    }

    private static Message tensor(String name, float[][] rows) {
        ByteBuffer raw = ByteBuffer.allocate(4 * rows.length * rows[0].length).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : rows) {
            for (float v : row) {
                raw.putFloat(v);
            }
        }
        return new Message()
                .number(1, rows.length)
                .number(1, rows[0].length)
                .number(2, FLOAT)
                .text(8, name)
                .bytes(9, raw.array());
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
            varint(field << 3);
            varint(value);
            return this;
        }

        Message bytes(int field, byte[] value) {
            varint((field << 3) | 2);
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
            while (left > 127) {
                out.write((int) ((left & 127) | 128));
                left >>>= 7;
            }
            out.write((int) left);
        }
    }
}
