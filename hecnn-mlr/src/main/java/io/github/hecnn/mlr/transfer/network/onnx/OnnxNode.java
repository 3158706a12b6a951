package io.github.hecnn.mlr.transfer.network.onnx;

import io.github.hecnn.mlr.encoder.onnx.ProtoReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An operator of a model. Field numbers are those of {@code onnx.proto}.
 *
 * @param type name of the operator, with its domain before it unless it is the usual one
 * @param name of the node; may be empty
 * @param inputs names of tensors; empty for one that is left out
 * @param outputs names of tensors
 * @param integers attributes that are integers or lists of them
 * @param floats attributes that are numbers
 * @param texts attributes that are text
 * @param tensors attributes that are tensors
 */
record OnnxNode(
        String type,
        String name,
        List<String> inputs,
        List<String> outputs,
        Map<String, long[]> integers,
        Map<String, Double> floats,
        Map<String, String> texts,
        Map<String, OnnxTensor> tensors) {
    private static final int TYPE_FLOAT = 1;
    private static final int TYPE_INT = 2;
    private static final int TYPE_STRING = 3;
    private static final int TYPE_TENSOR = 4;
    private static final int TYPE_INTS = 7;

    static OnnxNode read(ProtoReader in) {
        OnnxNode node = new OnnxNode(
                "",
                "",
                new ArrayList<>(),
                new ArrayList<>(),
                new HashMap<>(),
                new HashMap<>(),
                new HashMap<>(),
                new HashMap<>());
        String type = "";
        String name = "";
        String domain = "";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> node.inputs.add(in.text());
                case 2 -> node.outputs.add(in.text());
                case 3 -> name = in.text();
                case 4 -> type = in.text();
                case 5 -> node.attribute(in.message());
                case 7 -> domain = in.text();
                default -> {
                    // documentation
                }
            }
        }
        String full = domain.isEmpty() || domain.equals("ai.onnx") ? type : domain + "." + type;
        return new OnnxNode(
                full, name, node.inputs, node.outputs, node.integers, node.floats, node.texts, node.tensors);
    }

    private void attribute(ProtoReader in) {
        String key = "";
        int type = 0;
        double f = 0;
        long[] list = {};
        long single = 0;
        String text = "";
        OnnxTensor tensor = null;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> key = in.text();
                case 2 -> f = in.number32();
                case 3 -> single = in.number();
                case 4 -> text = in.text();
                case 5 -> tensor = OnnxTensor.read(in.message());
                case 8 -> {
                    long[] more = in.numbers();
                    list = Arrays.copyOf(list, list.length + more.length);
                    System.arraycopy(more, 0, list, list.length - more.length, more.length);
                }
                case 20 -> type = (int) in.number();
                default -> {
                    // kinds that no operator here has
                }
            }
        }
        switch (type) {
            case TYPE_FLOAT -> floats.put(key, f);
            case TYPE_INT -> integers.put(key, new long[] {single});
            case TYPE_INTS -> integers.put(key, list);
            case TYPE_STRING -> texts.put(key, text);
            case TYPE_TENSOR -> tensors.put(key, tensor);
            default -> texts.put(key, "of type " + type);
        }
    }

    /** An integer attribute. */
    long integer(String key, long otherwise) {
        long[] v = integers.get(key);
        return v == null || v.length == 0 ? otherwise : v[0];
    }

    /** A list of integers, of that length. */
    int[] list(String key, int length, int otherwise) {
        long[] v = integers.get(key);
        int[] out = new int[length];
        Arrays.fill(out, otherwise);
        if (v == null) {
            return out;
        }
        if (v.length != length) {
            throw new IllegalArgumentException(
                    "expected " + length + " numbers of " + key + ", found " + v.length + "; use two dimensions");
        }
        for (int i = 0; i < length; i++) {
            out[i] = Math.toIntExact(v[i]);
        }
        return out;
    }

    /** Operator and name, for errors. */
    @Override
    public String toString() {
        return type
                + (name.isEmpty()
                        ? outputs.isEmpty() ? "" : " that makes '" + outputs.get(0) + "'"
                        : " '" + name + "'");
    }
}
