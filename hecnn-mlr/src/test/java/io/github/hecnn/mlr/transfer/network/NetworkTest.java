package io.github.hecnn.mlr.transfer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkTest {
    @Test
    void layersComputeWhatTheySay() {
        assertThat(new Conv1d(new double[] {1, 10, 100}).apply(new double[] {1, 2, 3}))
                .containsExactly(210, 321, 32);
        assertThat(new Conv1d(new double[] {1, 2, 3, 4, 5}).apply(new double[] {7}))
                .containsExactly(21);
        assertThat(new AveragePooling(3).apply(new double[] {1, 2, 3, 7})).containsExactly(2, 4);
        assertThat(new Dense(new double[][] {{1, 2}, {3, 4}}, new double[] {5, 6}).apply(new double[] {1, 10}))
                .containsExactly(26, 49);
        assertThat(PolynomialActivation.CUBIC_RELU.valueAt(2))
                .isCloseTo(0.49383 + 0.59259 * 2 + 0.092593 * 4 - 0.0061728 * 8, within(1e-12));
        assertThat(PolynomialActivation.CUBIC_RELU.slopeAt(2))
                .isCloseTo(0.59259 + 2 * 0.092593 * 2 - 3 * 0.0061728 * 4, within(1e-12));
        for (double x = -4; x <= PolynomialActivation.CUBIC_RANGE; x += 0.1) {
            assertThat(PolynomialActivation.CUBIC_RELU.valueAt(x)).isCloseTo(Math.max(0, x), within(0.55));
        }
    }

    @Test
    void foldingKeepsTheFunction() {
        Network n = Networks.random(20, 5, 3, 1);
        FoldedNetwork f = FoldedNetwork.of(n);
        assertThat(f.stages()).hasSize(3);
        double[][] x = Networks.inputs(4, 20, 2);
        for (double[] v : x) {
            assertThat(f.apply(v)).containsExactly(n.apply(v), within(1e-12));
        }
        assertThat(n.applyAll(x)[3]).isEqualTo(n.apply(x[3]));
    }

    @Test
    void foldsAPolynomialAtTheStart() {
        Network n = new Network(3, List.of(PolynomialActivation.CUBIC_RELU, new AveragePooling(2)));
        FoldedNetwork f = FoldedNetwork.of(n);
        assertThat(f.stages()).hasSize(3);
        assertThat(f.inputs()).isEqualTo(3);
        double[] x = {1, -2, 0.5};
        assertThat(f.apply(x)).containsExactly(n.apply(x), within(1e-14));
    }

    @Test
    void valuesAreCopiedAndCompared() {
        double[] taps = {1, 2, 3};
        Conv1d c = new Conv1d(taps);
        taps[0] = 9;
        c.taps()[1] = 9;
        assertThat(c).isEqualTo(new Conv1d(new double[] {1, 2, 3})).hasSameHashCodeAs(new Conv1d(new double[] {1, 2, 3
        }));
        Dense d = new Dense(new double[][] {{1}}, new double[] {2});
        d.weights()[0][0] = 5;
        d.bias()[0] = 5;
        assertThat(d)
                .isEqualTo(new Dense(new double[][] {{1}}, new double[] {2}))
                .isNotEqualTo(c);
    }
}
