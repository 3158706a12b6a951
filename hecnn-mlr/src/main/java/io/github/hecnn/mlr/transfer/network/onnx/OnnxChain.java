package io.github.hecnn.mlr.transfer.network.onnx;

import io.github.hecnn.mlr.transfer.network.Layer;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.PolynomialActivation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns the nodes of a model into a chain of layers, one after the other. */
final class OnnxChain {
    private static final int MOST_POWER = 31;

    private final OnnxModel model;
    private final Map<String, OnnxTensor> constants;
    private final Map<String, ChainValue> values = new HashMap<>();
    private final List<Layer> layers = new ArrayList<>();

    OnnxChain(OnnxModel model) {
        this.model = model;
        constants = new HashMap<>(model.weights());
    }

    /** IllegalArgumentException if the model is no such chain. */
    Network network() {
        if (model.inputs().size() != 1 || model.outputs().size() != 1) {
            throw new IllegalArgumentException("expected a model of one input and one output, found inputs "
                    + model.inputs().keySet() + " and outputs " + model.outputs() + "; export one path");
        }
        String input = model.inputs().keySet().iterator().next();
        int[] sizes =
                model.inputs().get(input).stream().mapToInt(Integer::intValue).toArray();
        if (sizes.length < 2 || Arrays.stream(sizes).skip(1).anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException("expected an input of fixed sizes behind the batch's, found '" + input
                    + "' of sizes " + Arrays.toString(sizes) + " (0 is open); export it for one size of image");
        }
        ChainValue start = ChainValue.of(0, Arrays.copyOfRange(sizes, 1, sizes.length));
        values.put(input, start);
        for (OnnxNode node : model.nodes()) {
            try {
                evaluate(node);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(node + ": " + e.getMessage(), e);
            }
        }
        ChainValue end = values.get(model.outputs().get(0));
        if (end == null || end.layers() != layers.size()) {
            throw new IllegalArgumentException("expected the output at the end of a chain of layers, found '"
                    + model.outputs().get(0) + "' elsewhere; export one path");
        }
        flush(end);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("expected at least one layer, found none; export the whole network");
        }
        return new Network(start.length(), layers);
    }

    private void evaluate(OnnxNode node) {
        if (node.outputs().isEmpty()) {
            throw new IllegalArgumentException("expected an operator with an output, found none; export it again");
        }
        if (node.type().equals("Constant")) {
            constants.put(node.outputs().get(0), constant(node));
            return;
        }
        ChainValue result = switch (node.type()) {
            case "Conv" ->
                append(node, x -> OnnxLayers.conv(node, x.image(), weights(node, 1), optional(node, 2)), null);
            case "Gemm" -> append(node, x -> OnnxLayers.gemm(node, x, weights(node, 1), optional(node, 2)), null);
            case "MatMul" -> append(node, x -> OnnxLayers.matMul(x, weights(node, 1)), null);
            case "BatchNormalization" ->
                append(
                        node,
                        x -> OnnxLayers.batchNormalization(
                                node, x, weights(node, 1), weights(node, 2), weights(node, 3), weights(node, 4)),
                        single(node).shape());
            case "AveragePool" -> append(node, x -> OnnxLayers.averagePool(node, x.image()), null);
            case "GlobalAveragePool" -> append(node, x -> OnnxLayers.globalAverage(x.image()), null);
            case "Flatten" -> single(node).withShape(OnnxShapes.flattened(node, single(node)));
            case "Reshape" -> single(node).withShape(OnnxShapes.reshaped(single(node), weights(node, 1)));
            case "Identity", "Dropout" -> single(node);
            case "Neg" -> single(node).scaled(-1, 0);
            case "Pow" -> power(node);
            case "Add", "Sub", "Mul", "Div" -> arithmetic(node);
            default -> throw new IllegalArgumentException(OnnxLayers.refusal(node.type()));
        };
        values.put(node.outputs().get(0), result);
    }

    private static OnnxTensor constant(OnnxNode node) {
        OnnxTensor tensor = node.tensors().get("value");
        if (tensor != null) {
            return tensor;
        }
        if (node.floats().containsKey("value_float")) {
            return new OnnxTensor("", new int[0], new double[] {node.floats().get("value_float")});
        }
        for (String key : List.of("value_int", "value_ints")) {
            long[] v = node.integers().get(key);
            if (v != null) {
                int[] shape = key.equals("value_int") ? new int[0] : new int[] {v.length};
                return new OnnxTensor(
                        "", shape, Arrays.stream(v).mapToDouble(n -> n).toArray());
            }
        }
        throw new IllegalArgumentException("expected a value, found none that is a number; use an initializer");
    }

    /** The first input, a value. */
    private ChainValue single(OnnxNode node) {
        ChainValue v = node.inputs().isEmpty() ? null : values.get(node.inputs().get(0));
        if (v == null) {
            throw new IllegalArgumentException("expected a value that depends on the model's input first, found "
                    + node.inputs() + "; put constants second");
        }
        return v;
    }

    /** Input i, a constant. */
    private OnnxTensor weights(OnnxNode node, int i) {
        OnnxTensor w = optional(node, i);
        if (w == null) {
            throw new IllegalArgumentException("expected weights as input " + i + ", found "
                    + (i < node.inputs().size() ? "'" + node.inputs().get(i) + "', a value" : "none")
                    + "; export weights as initializers");
        }
        return w;
    }

    private OnnxTensor optional(OnnxNode node, int i) {
        String name = i < node.inputs().size() ? node.inputs().get(i) : "";
        if (values.containsKey(name)) {
            throw new IllegalArgumentException("expected weights as input " + i + ", found '" + name
                    + "', a value; products of two values are activations only");
        }
        return constants.get(name);
    }

    /** Makes a layer of a value. */
    private interface Maker {
        MadeLayer of(ChainValue value);
    }

    private ChainValue append(OnnxNode node, Maker maker, int[] shape) {
        ChainValue x = single(node);
        return append(x, maker.of(x), shape);
    }

    private ChainValue append(ChainValue x, MadeLayer made, int[] shape) {
        if (x.layers() != layers.size()) {
            throw new IllegalArgumentException("expected the output of the layer before, found an earlier one, such as"
                    + " a branch takes; a chain of layers has none");
        }
        flush(x);
        layers.add(made.layer());
        return ChainValue.of(layers.size(), shape == null ? made.shape() : shape);
    }

    private void flush(ChainValue x) {
        if (x.polynomial().length < 2) {
            throw new IllegalArgumentException("expected a value that depends on the input, found the constant "
                    + x.polynomial()[0] + "; look for terms that cancel");
        }
        if (!x.isIdentity()) {
            layers.add(new PolynomialActivation(x.polynomial()));
        }
    }

    private ChainValue power(OnnxNode node) {
        OnnxTensor exponent = weights(node, 1);
        double e = exponent.values().length == 1 ? exponent.values()[0] : 0;
        if (e != Math.rint(e) || e < 1 || e > MOST_POWER) {
            throw new IllegalArgumentException("expected one exponent that is an integer of 1.." + MOST_POWER
                    + ", found " + Arrays.toString(exponent.values()) + "; use a polynomial");
        }
        return single(node).power((int) e);
    }

    private ChainValue arithmetic(OnnxNode node) {
        if (node.inputs().size() != 2) {
            throw new IllegalArgumentException("expected two inputs, found " + node.inputs() + "; export it again");
        }
        ChainValue a = values.get(node.inputs().get(0));
        ChainValue b = values.get(node.inputs().get(1));
        String type = node.type();
        if (a != null && b != null) {
            return switch (type) {
                case "Add" -> a.plus(b, 1);
                case "Sub" -> a.plus(b, -1);
                case "Mul" -> a.times(b);
                default ->
                    throw new IllegalArgumentException(
                            "expected a constant to divide by, found a value; use a polynomial");
            };
        }
        if (a == null && (b == null || type.equals("Div"))) {
            throw new IllegalArgumentException("expected a value that depends on the model's input, found "
                    + node.inputs() + "; fold constants when exporting");
        }
        ChainValue value = a != null ? a : b;
        double[] c = OnnxShapes.broadcast(weights(node, a != null ? 1 : 0), value);
        double[] factors = new double[c.length];
        double[] shifts = new double[c.length];
        for (int i = 0; i < c.length; i++) {
            factors[i] = switch (type) {
                case "Mul" -> c[i];
                case "Div" -> 1 / c[i];
                case "Sub" -> a != null ? 1 : -1;
                default -> 1;
            };
            shifts[i] = type.equals("Add") ? c[i] : type.equals("Sub") ? (a != null ? -c[i] : c[i]) : 0;
        }
        if (c.length == 1) {
            return value.scaled(factors[0], shifts[0]);
        }
        return append(value, OnnxLayers.scale(factors, shifts), value.shape());
    }
}
