package io.github.hecnn.mlr.transfer.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.encoder.OnnxBytes;
import io.github.hecnn.mlr.transfer.network.EncryptedNetwork;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.NetworkPacking;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On models that the test writes, beside what ONNX Runtime makes of them. */
class OnnxNetworkTest {
    private final Random random = new Random(1);

    private float[] weights(int count) {
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            out[i] = (float) (0.5 * random.nextGaussian());
        }
        return out;
    }

    /** Reads a model with the library and runs it in both, on three inputs. */
    private Network check(OnnxBytes model, int... shape) throws OrtException {
        byte[] bytes = model.bytes();
        Network network = OnnxNetwork.of("model", bytes);
        long[] sizes = new long[shape.length + 1];
        sizes[0] = 1;
        Arrays.setAll(sizes, i -> i == 0 ? 1 : shape[i - 1]);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(bytes)) {
            for (int n = 0; n < 3; n++) {
                float[] x = weights(network.inputs());
                double[] exact = new double[x.length];
                for (int i = 0; i < x.length; i++) {
                    exact[i] = x[i];
                }
                try (OnnxTensor in = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), sizes);
                        OrtSession.Result result = session.run(Map.of("x", in))) {
                    float[] expected =
                            ((OnnxTensor) result.get(0)).getFloatBuffer().array();
                    double[] found = network.apply(exact);
                    assertThat(found).hasSize(expected.length);
                    for (int i = 0; i < found.length; i++) {
                        assertThat(found[i]).isCloseTo(expected[i], within(1e-4 * (1 + Math.abs(expected[i]))));
                    }
                }
            }
        }
        return network;
    }

    private static OnnxBytes images(String channels, String height, String width) {
        return new OnnxBytes().input("x", "batch", channels, height, width);
    }

    @Test
    void aCnnIsWhatOnnxRuntimeComputes() throws OrtException {
        OnnxBytes model = images("2", "9", "8")
                .tensor("k", weights(4 * 2 * 3 * 2), 4, 2, 3, 2)
                .tensor("b", weights(4), 4)
                .node("Conv", List.of("x", "k", "b"), "c", "strides", List.of(2, 1), "pads", List.of(1, 0, 2, 1))
                .tensor("s", weights(4), 4)
                .tensor("t", weights(4), 4)
                .tensor("m", weights(4), 4)
                .tensor("v", new float[] {1, 2, 0.5f, 3}, 4)
                .node("BatchNormalization", List.of("c", "s", "t", "m", "v"), "n", "epsilon", 0.01f)
                .node("Mul", List.of("n", "n"), "a")
                .node("AveragePool", List.of("a"), "p", "kernel_shape", List.of(2, 2), "strides", List.of(2, 2))
                .node("Flatten", List.of("p"), "f")
                .tensor("w", weights(3 * 32), 3, 32)
                .tensor("d", weights(3), 3)
                .node("Gemm", List.of("f", "w", "d"), "y", "transB", 1, "alpha", 0.5f, "beta", 2f)
                .output("y", "batch", "3");
        Network network = check(model, 2, 9, 8);
        EncryptedNetwork compiled = EncryptedNetwork.compile(network, NetworkPacking.of(network, 512, 1, 1));
        assertThat(compiled.levels()).isEqualTo(3);
    }

    @Test
    void polynomialsAreCollectedFromTheirTerms() throws OrtException {
        OnnxBytes model = new OnnxBytes()
                .input("x", "1", "6")
                .tensor("w", weights(6 * 9), 6, 9)
                .node("MatMul", List.of("x", "w"), "h")
                .tensor("b", weights(9), 9)
                .node("Add", List.of("b", "h"), "z")
                .tensor("c0", new float[] {0.5f})
                .tensor("c1", new float[] {0.6f})
                .tensor("c3", new float[] {-0.1f}, 1)
                .tensor("three", new float[] {3})
                .node("Pow", List.of("z", "three"), "z3")
                .node("Mul", List.of("z3", "c3"), "t3")
                .node("Mul", List.of("z", "z"), "z2")
                .node("Neg", List.of("z2"), "t2")
                .node("Mul", List.of("c1", "z"), "t1")
                .node("Sub", List.of("t3", "t2"), "u")
                .node("Add", List.of("u", "t1"), "v")
                .node("Sub", List.of("c0", "v"), "a")
                .node("Div", List.of("a", "c1"), "q")
                .tensor("o", weights(18), 9, 2)
                .node("MatMul", List.of("q", "o"), "y")
                .output("y", "1", "2");
        Network network = check(model, 6);
        EncryptedNetwork compiled = EncryptedNetwork.compile(network, NetworkPacking.of(network, 64, 1, 1));
        assertThat(compiled.levels()).isEqualTo(4);
        assertThat(network.layers()).hasSize(4);
    }

    @Test
    void groupsPaddingNamesAndReshapes() throws OrtException {
        OnnxBytes model = images("4", "5", "5")
                .tensor("k", weights(6 * 2 * 2 * 2), 6, 2, 2, 2)
                .node("Conv", List.of("x", "k"), "c", "group", 2, "auto_pad", "SAME_UPPER", "strides", List.of(2, 2))
                .tensor("shift", weights(6), 6, 1, 1)
                .node("Sub", List.of("c", "shift"), "e")
                .tensor("k2", weights(3 * 6 * 2 * 2), 3, 6, 2, 2)
                .node("Conv", List.of("e", "k2"), "g", "auto_pad", "SAME_LOWER")
                .node(
                        "AveragePool",
                        List.of("g"),
                        "p",
                        "kernel_shape",
                        List.of(3, 3),
                        "pads",
                        List.of(1, 1, 1, 1),
                        "count_include_pad",
                        1)
                .integers("shape", 0, -1, 3, 3)
                .node("Reshape", List.of("p", "shape"), "r")
                .node("GlobalAveragePool", List.of("r"), "m")
                .integers("flat", -1, 3)
                .node("Reshape", List.of("m", "flat"), "i")
                .node("Identity", List.of("i"), "y")
                .output("y", "batch", "3");
        check(model, 4, 5, 5);
        OnnxBytes counted = images("1", "4", "4")
                .node("AveragePool", List.of("x"), "y", "kernel_shape", List.of(3, 2), "pads", List.of(1, 0, 0, 1))
                .output("y", "batch", "1", "3", "4");
        check(counted, 1, 4, 4);
    }

    private static void refuses(OnnxBytes model, String... texts) {
        assertThatThrownBy(() -> OnnxNetwork.of("model", model.bytes()))
                .isInstanceOf(DataFormatException.class)
                .hasMessageStartingWith("model: ")
                .hasMessageContainingAll("expected", "found")
                .hasMessageContainingAll(texts);
    }

    private OnnxBytes dense() {
        return new OnnxBytes()
                .input("x", "batch", "3")
                .tensor("w", weights(9), 3, 3)
                .node("MatMul", List.of("x", "w"), "h");
    }

    @Test
    void otherOperatorsAreRefusedByName() {
        for (String type : List.of("Relu", "MaxPool", "Softmax", "LSTM", "Transpose", "Concat")) {
            refuses(dense().node(type, List.of("h"), "y").output("y", "batch", "3"), type + " that makes 'y'", type);
        }
        refuses(dense().node("Relu", List.of("h"), "y").output("y", "batch", "3"), "train with a polynomial");
        refuses(dense().node("Softmax", List.of("h"), "y").output("y", "batch", "3"), "leave it out");
    }

    @Test
    void whatIsNoChainIsRefused() {
        refuses(dense().node("Add", List.of("h", "x"), "y").output("y", "batch", "3"), "Add", "residual");
        refuses(
                dense().node("MatMul", List.of("x", "w"), "g")
                        .node("Add", List.of("h", "g"), "y")
                        .output("y", "b", "3"),
                "MatMul",
                "branch");
        refuses(dense().node("MatMul", List.of("h", "h"), "y").output("y", "batch", "3"), "MatMul", "a value");
        refuses(
                dense().node("Sub", List.of("h", "h"), "z")
                        .node("MatMul", List.of("z", "w"), "y")
                        .output("y", "b", "3"),
                "constant 0.0");
        refuses(dense().output("x", "batch", "3"), "at the end of a chain");
        refuses(dense().output("h", "batch", "3").output("g", "batch", "3"), "one output");
        refuses(
                new OnnxBytes()
                        .input("x", "b", "3")
                        .node("Identity", List.of("x"), "y")
                        .output("y", "b", "3"),
                "at least one layer");
    }

    @Test
    void wrongShapesAndAttributesAreRefused() {
        refuses(
                new OnnxBytes()
                        .input("x", "b", "n")
                        .node("Neg", List.of("x"), "y")
                        .output("y", "b", "n"),
                "fixed sizes");
        refuses(
                dense().tensor("v", weights(8), 4, 2)
                        .node("MatMul", List.of("h", "v"), "y")
                        .output("y", "b", "2"),
                "[batch][4]");
        refuses(
                dense().tensor("v", weights(2), 2)
                        .node("Add", List.of("h", "v"), "y")
                        .output("y", "b", "3"),
                "broadcast");
        refuses(
                dense().integers("s", 2, 2)
                        .node("Reshape", List.of("h", "s"), "y")
                        .output("y", "b", "3"),
                "Reshape");
        refuses(dense().node("Flatten", List.of("h"), "y", "axis", 0).output("y", "b", "3"), "axis 1");
        refuses(
                dense().tensor("e", new float[] {0.5f})
                        .node("Pow", List.of("h", "e"), "y")
                        .output("y", "b", "3"),
                "Pow");
        OnnxBytes conv = images("2", "4", "4").tensor("k", weights(36), 2, 2, 3, 3);
        refuses(
                conv.node("Conv", List.of("x", "k"), "y", "dilations", List.of(2, 2))
                        .output("y", "b", "2", "1", "1"),
                "Conv",
                "dilations");
        refuses(
                images("3", "4", "4")
                        .tensor("k", weights(36), 2, 2, 3, 3)
                        .node("Conv", List.of("x", "k"), "y")
                        .output("y", "b", "2", "2", "2"),
                "3 channels");
        refuses(
                images("2", "2", "2")
                        .tensor("k", weights(36), 2, 2, 3, 3)
                        .node("Conv", List.of("x", "k"), "y")
                        .output("y", "b", "2", "2", "2"),
                "3 x 3");
        refuses(
                dense().tensor("k", weights(36), 2, 2, 3, 3)
                        .node("Conv", List.of("h", "k"), "y")
                        .output("y", "b", "2"),
                "[channels][height][width]");
        refuses(
                images("2", "4", "4")
                        .node("AveragePool", List.of("x"), "y", "kernel_shape", List.of(2, 2), "ceil_mode", 1)
                        .output("y", "b", "2", "2", "2"),
                "ceil_mode");
        refuses(
                new OnnxBytes()
                        .input("x", "b", "3")
                        .tensor("w", new float[] {1, Float.NaN, 3}, 3, 1)
                        .node("MatMul", List.of("x", "w"), "y")
                        .output("y", "b", "1"),
                "MatMul",
                "finite");
    }

    @Test
    void damagedFilesAreRefused(@TempDir Path folder) throws IOException {
        byte[] whole = dense().output("h", "batch", "3").bytes();
        Path file = Files.write(folder.resolve("whole.onnx"), whole);
        // docs/networks.md of reading starts
        Network network = OnnxNetwork.read(file); // the operator is named if it cannot be
        // docs/networks.md of reading ends
        assertThat(network.outputs()).isEqualTo(3);
        for (int length = 0; length < whole.length; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> OnnxNetwork.of("cut", cut)).isInstanceOf(DataFormatException.class);
        }
        Random r = new Random(4);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = whole.clone();
            damaged[r.nextInt(damaged.length)] ^= (byte) (1 << r.nextInt(8));
            try {
                OnnxNetwork.of("damaged", damaged);
            } catch (DataFormatException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(500);
        assertThatThrownBy(() -> OnnxNetwork.read(folder.resolve("none.onnx")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none.onnx");
        OnnxBytes external = new OnnxBytes()
                .input("x", "b", "3")
                .externalTensor("w", 3, 3)
                .node("MatMul", List.of("x", "w"), "y")
                .output("y", "b", "3");
        refuses(external, "another file");
    }
}
