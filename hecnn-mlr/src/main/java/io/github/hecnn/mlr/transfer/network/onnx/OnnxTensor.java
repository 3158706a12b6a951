package io.github.hecnn.mlr.transfer.network.onnx;

import io.github.hecnn.mlr.encoder.onnx.ProtoReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers of a model: weights, constants, shapes. Field numbers are those of {@code onnx.proto}.
 *
 * @param name may be empty
 * @param shape sizes of its dimensions; none for a single number
 * @param values row-major
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OnnxTensor(String name, int[] shape, double[] values) {
    private static final int FLOAT = 1;
    private static final int INT32 = 6;
    private static final int INT64 = 7;
    private static final int DOUBLE = 11;
    private static final long MOST_VALUES = 1L << 27;

    /** Reads one; IllegalStateException if it is not a tensor of the kinds above, all in this file. */
    static OnnxTensor read(ProtoReader tensor) {
        String name = "";
        List<Integer> shape = new ArrayList<>();
        int type = 0;
        ByteBuffer raw = null;
        ByteBuffer floats = null;
        List<Long> integers = new ArrayList<>();
        List<Float> single = new ArrayList<>();
        while (tensor.next()) {
            switch (tensor.field()) {
                case 1 -> {
                    for (long n : tensor.numbers()) {
                        shape.add(size(n));
                    }
                }
                case 2 -> type = (int) tensor.number();
                case 4, 10 -> {
                    if (tensor.content().hasRemaining()) {
                        floats = tensor.content();
                    } else {
                        single.add(tensor.number32());
                    }
                }
                case 5, 7 -> Arrays.stream(tensor.numbers()).forEach(integers::add);
                case 8 -> name = tensor.text();
                case 9 -> raw = tensor.content();
                case 14 -> {
                    if (tensor.number() != 0) {
                        throw new IllegalStateException("weights in another file, which external_data=False avoids");
                    }
                }
                default -> {
                    // documentation, segments
                }
            }
        }
        long count = 1;
        for (int n : shape) {
            count = Math.min(MOST_VALUES, count * n);
        }
        ByteBuffer packed = raw != null ? raw : floats;
        double[] values = packed != null ? numbers(packed, type, name) : listed(integers, single);
        if (values.length != count) {
            throw new IllegalStateException(
                    "tensor '" + name + "' of shape " + shape + " with " + values.length + " numbers");
        }
        return new OnnxTensor(name, shape.stream().mapToInt(Integer::intValue).toArray(), values);
    }

    static int size(long n) {
        if (n < 0 || n >= MOST_VALUES) {
            throw new IllegalStateException("a dimension of " + n);
        }
        return (int) n;
    }

    private static double[] listed(List<Long> integers, List<Float> floats) {
        return integers.isEmpty()
                ? floats.stream().mapToDouble(Float::doubleValue).toArray()
                : integers.stream().mapToDouble(Long::doubleValue).toArray();
    }

    private static double[] numbers(ByteBuffer bytes, int type, String name) {
        ByteBuffer in = bytes.order(ByteOrder.LITTLE_ENDIAN);
        int size = switch (type) {
            case FLOAT, INT32 -> 4;
            case DOUBLE, INT64 -> 8;
            default ->
                throw new IllegalStateException("tensor '" + name + "' of data type " + type
                        + ", which is none of float, double, int32 and int64");
        };
        if (in.remaining() % size != 0) {
            throw new IllegalStateException("tensor '" + name + "' of " + in.remaining() + " bytes");
        }
        double[] out = new double[in.remaining() / size];
        for (int i = 0; i < out.length; i++) {
            out[i] = switch (type) {
                case FLOAT -> in.getFloat();
                case INT32 -> in.getInt();
                case INT64 -> in.getLong();
                default -> in.getDouble();
            };
        }
        return out;
    }
}
