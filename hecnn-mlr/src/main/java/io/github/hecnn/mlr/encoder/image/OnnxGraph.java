package io.github.hecnn.mlr.encoder.image;

import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.encoder.onnx.ProtoReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Nodes and names of an ONNX file, as far as it takes to find a layer and to make it an output. Field numbers are those of {@code onnx.proto}.
 */
final class OnnxGraph {
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int GRAPH_OUTPUT = 12;
    private static final int NODE_INPUT = 1;
    private static final int NODE_OUTPUT = 2;
    private static final int NODE_TYPE = 4;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_LOCATION = 14;
    private static final int VALUE_NAME = 1;
    private static final Set<String> TRANSPARENT = Set.of("Softmax", "LogSoftmax", "Sigmoid", "Identity");
    private static final int SHOWN_TENSORS = 8;

    private final String name;
    private final Map<String, Node> makers = new LinkedHashMap<>();
    private final Set<String> weights = new HashSet<>();
    private final List<String> outputs = new ArrayList<>();

    private record Node(String type, List<String> inputs) {}

    /** Reads a file's bytes; name is for errors. */
    OnnxGraph(String name, byte[] model) {
        this.name = name;
        try {
            ProtoReader fields = new ProtoReader(model);
            while (fields.next()) {
                if (fields.field() == MODEL_GRAPH) {
                    graph(fields.message());
                }
            }
        } catch (IllegalStateException e) {
            throw new DataFormatException(
                    name + ": expected an ONNX model, found " + e.getMessage() + "; export it again", e);
        }
        if (outputs.isEmpty()) {
            throw new DataFormatException(
                    name + ": expected an ONNX model with an output, found none; export it again");
        }
    }

    private void graph(ProtoReader graph) {
        while (graph.next()) {
            switch (graph.field()) {
                case GRAPH_NODE -> node(graph.message());
                case GRAPH_INITIALIZER -> tensor(graph.message());
                case GRAPH_OUTPUT -> {
                    ProtoReader value = graph.message();
                    while (value.next()) {
                        if (value.field() == VALUE_NAME) {
                            outputs.add(value.text());
                        }
                    }
                }
                default -> {
                    // names and shapes, which nothing here needs
                }
            }
        }
    }

    private void node(ProtoReader node) {
        List<String> in = new ArrayList<>();
        List<String> out = new ArrayList<>();
        String type = "";
        while (node.next()) {
            switch (node.field()) {
                case NODE_INPUT -> in.add(node.text());
                case NODE_OUTPUT -> out.add(node.text());
                case NODE_TYPE -> type = node.text();
                default -> {
                    // attributes
                }
            }
        }
        Node made = new Node(type, List.copyOf(in));
        out.forEach(o -> makers.put(o, made));
        if (type.equals("Constant")) {
            weights.addAll(out);
        }
    }

    private void tensor(ProtoReader tensor) {
        while (tensor.next()) {
            if (tensor.field() == TENSOR_NAME) {
                weights.add(tensor.text());
            } else if (tensor.field() == TENSOR_LOCATION && tensor.number() != 0) {
                throw new DataFormatException(name + ": expected a model in one file, found weights in another one;"
                        + " export it with external_data=False");
            }
        }
    }

    /**
     * What goes into the last dense layer (Gemm, or MatMul with weights), behind which only a bias, a softmax or the like may come; the first output itself
     * if it is not made by one.
     */
    String lastButOne() {
        String at = outputs.get(0);
        for (int steps = 0; steps <= makers.size(); steps++) {
            Node node = makers.get(at);
            if (node == null || node.inputs.isEmpty()) {
                break;
            }
            String first = node.inputs.get(0);
            if (node.type.equals("Gemm") || (node.type.equals("MatMul") && weights.contains(node.inputs.get(1)))) {
                return makers.containsKey(first) && !weights.contains(first) ? first : outputs.get(0);
            }
            if (node.type.equals("Add") && node.inputs.size() == 2) {
                at = weights.contains(first) ? node.inputs.get(1) : first;
                if (!weights.contains(first) && !weights.contains(node.inputs.get(1))) {
                    break; // a sum of two paths, no bias
                }
            } else if (TRANSPARENT.contains(node.type)) {
                at = first;
            } else {
                break;
            }
        }
        return outputs.get(0);
    }

    /** The file with that tensor among its outputs. */
    byte[] withOutput(byte[] model, String tensor) {
        if (outputs.contains(tensor)) {
            return model;
        }
        if (!makers.containsKey(tensor)) {
            List<String> all = new ArrayList<>(makers.keySet());
            throw new IllegalArgumentException(name + ": expected the name of one of its tensors, found '" + tensor
                    + "'; its outputs are " + outputs + ", the last tensors "
                    + all.subList(Math.max(0, all.size() - SHOWN_TENSORS), all.size()));
        }
        byte[] value = field(VALUE_NAME, tensor.getBytes(StandardCharsets.UTF_8));
        byte[] graph = field(MODEL_GRAPH, field(GRAPH_OUTPUT, value)); // messages that come twice are merged
        byte[] out = Arrays.copyOf(model, Math.addExact(model.length, graph.length));
        System.arraycopy(graph, 0, out, model.length, graph.length);
        return out;
    }

    private static byte[] field(int number, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(number << 3 | 2);
        int left = content.length;
        for (; left > 127; left >>>= 7) {
            out.write((left & 127) | 128);
        }
        out.write(left);
        out.writeBytes(content);
        return out.toByteArray();
    }
}
