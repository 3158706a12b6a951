package io.github.hecnn.mlr.transfer.network.onnx;

import io.github.hecnn.mlr.encoder.onnx.ProtoReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The graph of a model as it is in the file. Field numbers are those of {@code onnx.proto}.
 *
 * @param nodes in an order in which they can be evaluated
 * @param weights tensors by name
 * @param inputs names of inputs that are no weights, with their sizes; 0 where a size has no number
 * @param outputs names of outputs
 */
record OnnxModel(
        List<OnnxNode> nodes,
        Map<String, OnnxTensor> weights,
        Map<String, List<Integer>> inputs,
        List<String> outputs) {
    private static final int MODEL_GRAPH = 7;

    /** Reads a file's bytes; IllegalStateException if they are no model. */
    static OnnxModel read(byte[] file) {
        OnnxModel out =
                new OnnxModel(new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
        ProtoReader fields = new ProtoReader(file);
        while (fields.next()) {
            if (fields.field() == MODEL_GRAPH) {
                out.graph(fields.message());
            }
        }
        if (out.outputs.isEmpty()) {
            throw new IllegalStateException("none: no graph with an output");
        }
        out.inputs.keySet().removeAll(out.weights.keySet());
        return out;
    }

    private void graph(ProtoReader graph) {
        while (graph.next()) {
            switch (graph.field()) {
                case 1 -> nodes.add(OnnxNode.read(graph.message()));
                case 5 -> {
                    OnnxTensor tensor = OnnxTensor.read(graph.message());
                    weights.put(tensor.name(), tensor);
                }
                case 11 -> value(graph.message(), inputs);
                case 12 -> {
                    Map<String, List<Integer>> one = new LinkedHashMap<>();
                    value(graph.message(), one);
                    outputs.addAll(one.keySet());
                }
                default -> {
                    // names, shapes in between
                }
            }
        }
    }

    /** ValueInfoProto: a name, and a type that is a tensor of a shape. */
    private static void value(ProtoReader value, Map<String, List<Integer>> to) {
        String name = "";
        List<Integer> sizes = new ArrayList<>();
        while (value.next()) {
            if (value.field() == 1) {
                name = value.text();
            } else if (value.field() == 2) {
                sizes = sizes(value.message());
            }
        }
        to.put(name, sizes);
    }

    private static List<Integer> sizes(ProtoReader type) {
        List<Integer> out = new ArrayList<>();
        while (type.next()) {
            ProtoReader tensor = type.message();
            while (type.field() == 1 && tensor.next()) {
                ProtoReader shape = tensor.message();
                while (tensor.field() == 2 && shape.next()) {
                    out.add(size(shape.message()));
                }
            }
        }
        return out;
    }

    private static int size(ProtoReader dimension) {
        int out = 0;
        while (dimension.next()) {
            if (dimension.field() == 1) {
                out = OnnxTensor.size(dimension.number());
            }
        }
        return out;
    }
}
