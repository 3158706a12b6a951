package io.github.hecnn.mlr.transfer.network;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class NetworkRefusalTest {
    private static final double[] NOT_FINITE = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};

    private final Network halves = new Network(2, List.of(new AveragePooling(2)));
    private final Dense identity = new Dense(new double[][] {{1, 0}, {0, 1}}, new double[2]);

    private static void refuses(String text, ThrowingCallable code) {
        assertThatThrownBy(code)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text)
                .hasMessageContaining("expected")
                .hasMessageContaining("found");
    }

    @Test
    void filtersThatCannotBe() {
        refuses("odd", () -> new Conv1d(new double[2]));
        refuses("odd", () -> new Conv1d(new double[0]));
        for (double bad : NOT_FINITE) {
            refuses("finite", () -> new Conv1d(new double[] {1, bad, 1}));
        }
    }

    @Test
    void denseLayersThatCannotBe() {
        refuses("at least one", () -> new Dense(new double[0][], new double[0]));
        refuses("at least one", () -> new Dense(new double[1][0], new double[1]));
        refuses("row 1", () -> new Dense(new double[][] {{1}, {1, 2}}, new double[2]));
        refuses("biases", () -> new Dense(new double[][] {{1}}, new double[2]));
        for (double bad : NOT_FINITE) {
            refuses("row 1", () -> new Dense(new double[][] {{1}, {bad}}, new double[2]));
            refuses("bias", () -> new Dense(new double[][] {{1}, {1}}, new double[] {0, bad}));
        }
    }

    @Test
    void poolingsThatCannotBe() {
        refuses("width", () -> new AveragePooling(0));
        refuses("width", () -> new AveragePooling(-3));
    }

    @Test
    void polynomialsThatCannotBe() {
        refuses("degree", () -> new PolynomialActivation(new double[] {1}));
        refuses("degree", () -> new PolynomialActivation(new double[0]));
        refuses("degree", () -> new PolynomialActivation(new double[] {1, 0}));
        for (double bad : NOT_FINITE) {
            refuses("finite", () -> new PolynomialActivation(new double[] {bad, 1}));
        }
    }

    @Test
    void networksThatCannotBe() {
        refuses("layer", () -> new Network(2, List.of()));
        refuses("1 input", () -> new Network(0, List.of(PolynomialActivation.CUBIC_RELU)));
        refuses("layer 1", () -> new Network(2, List.of(identity, new AveragePooling(3))));
        refuses("layer 0", () -> new Network(3, List.of(identity)));
    }

    @Test
    void foldedNetworksThatCannotBe() {
        refuses("stage 0", () -> new FoldedNetwork(List.of(new AveragePooling(2))));
        refuses("stage 1", () -> new FoldedNetwork(List.of(identity, identity)));
    }

    @Test
    void inputsOfAnotherLength() {
        double[] three = new double[3];
        refuses("length 2", () -> halves.apply(three));
        refuses("length 2", () -> halves.applyAll(new double[][] {new double[2], three}));
        refuses("length 2", () -> FoldedNetwork.of(halves).apply(three));
        refuses("length 2", () -> identity.apply(three));
        refuses("length 2", () -> identity.outputs(3));
        refuses("at least 2", () -> new AveragePooling(2).apply(new double[1]));
        refuses("at least 2", () -> new AveragePooling(2).outputs(1));
    }
}
