package io.github.hecnn.mlr.transfer.network.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.PolynomialActivation;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainingTest {
    private static final int WIDTH = 24;

    /** Two noisy patterns that no linear map tells apart: the sign of a product. */
    private static double[][] samples(int n, long seed, int[] labels) {
        Random r = new Random(seed);
        double[][] x = new double[n][WIDTH];
        for (int i = 0; i < n; i++) {
            double a = r.nextBoolean() ? 1 : -1;
            double b = r.nextBoolean() ? 1 : -1;
            labels[i] = a * b > 0 ? 1 : 0;
            for (int k = 0; k < WIDTH; k++) {
                x[i][k] = (k % 2 == 0 ? a : b) * 0.5 + 0.3 * r.nextGaussian();
            }
        }
        return x;
    }

    private static TrainableNetwork fresh() {
        return CryptoTlShapes.encoderWithHead(WIDTH, 3);
    }

    @Test
    void learnsAndRepeats() {
        int[] labels = new int[400];
        double[][] x = samples(400, 1, labels);
        int[] testLabels = new int[200];
        double[][] test = samples(200, 2, testLabels);
        NetworkTrainingSettings settings = new NetworkTrainingSettings(15, 16, 3e-3, 0.01, 0.1, 4, 5);
        TrainableNetwork a = fresh();
        TrainingHistory history = a.fit(x, labels, settings);
        assertThat(BinaryMetrics.of(a.predict(test), testLabels).accuracy()).isGreaterThan(0.95);
        assertThat(history.losses().get(history.losses().size() - 1))
                .isLessThan(history.losses().get(0) / 2);
        assertThat(history.validationLosses()).hasSameSizeAs(history.losses());
        assertThat(history.bestEpoch()).isBetween(1, 15);
        TrainableNetwork b = fresh();
        b.fit(x, labels, settings);
        assertThat(b.predict(test)).isEqualTo(a.predict(test));
        Network encoder = a.export(CryptoTlShapes.ENCODER_LAYERS);
        assertThat(encoder.outputs()).isEqualTo(WIDTH - 2);
        assertThatThrownBy(() -> a.export(7)).hasMessageContaining("Relu");
        assertThatThrownBy(() -> a.export(70)).hasMessageContaining("layers");
        for (double[] row : a.export(2).applyAll(test)) {
            assertThat(Arrays.stream(row).map(Math::abs).max().orElseThrow()).isLessThan(8);
        }
        TrainableNetwork head = CryptoTlShapes.head(WIDTH - 2, 9);
        head.fit(encoder.applyAll(x), labels, settings);
        assertThat(BinaryMetrics.of(head.predict(encoder.applyAll(test)), testLabels)
                        .accuracy())
                .isGreaterThan(0.9);
        TrainableNetwork tuned = CryptoTlShapes.fineTuning(encoder, 9);
        assertThat(tuned.export(CryptoTlShapes.ENCODER_LAYERS).apply(test[0]))
                .containsExactly(encoder.apply(test[0]), within(1e-9));
    }

    /** Every layer's gradient against a difference quotient of the loss, through Adam's gradients. */
    @Test
    void gradientsAreThoseOfTheLoss() {
        LayerStack n = TrainableNetwork.builder(9, 4)
                .conv(5, 1.5)
                .dense(8)
                .polynomial(PolynomialActivation.CUBIC_RELU, 1, 0)
                .averagePooling(3)
                .dense(6)
                .relu()
                .maxPooling(2)
                .dense(1)
                .build()
                .stack();
        Random r = new Random(5);
        float[] batch = new float[3 * 9];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = (float) r.nextGaussian();
        }
        n.forward(batch, 3, null);
        n.backward(new float[] {1, -2, 0.5f}, 3);
        int checked = 0;
        for (Parameters p : n.parameters()) {
            for (int i = 0; i < p.value.length; i += 5) {
                float keep = p.value[i];
                float h = 1e-2f;
                p.value[i] = keep + h;
                double up = weighted(n.forward(batch, 3, null));
                p.value[i] = keep - h;
                double down = weighted(n.forward(batch, 3, null));
                p.value[i] = keep;
                double slope = (up - down) / (2 * h);
                assertThat((double) p.gradient[i]).isCloseTo(slope, within(0.02 * Math.abs(slope) + 0.02));
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(20);
    }

    private static double weighted(float[] logits) {
        return logits[0] - 2.0 * logits[1] + 0.5 * logits[2];
    }

    @Test
    void thePenaltyKeepsInputsOfTheCubicInRange() {
        int[] labels = new int[200];
        double[][] x = samples(200, 1, labels);
        double[] largest = new double[2];
        for (int i = 0; i < 2; i++) {
            TrainableNetwork n = TrainableNetwork.builder(WIDTH, 1)
                    .conv(3, 6)
                    .dense(WIDTH)
                    .polynomial(PolynomialActivation.CUBIC_RELU, 2, i * 1.0)
                    .dense(1)
                    .build();
            n.fit(x, labels, new NetworkTrainingSettings(20, 16, 3e-3, 0, 0, 1, 5));
            for (double[] row : n.export(2).applyAll(x)) {
                for (double z : row) {
                    largest[i] = Math.max(largest[i], Math.abs(z));
                }
            }
        }
        assertThat(largest[1]).isLessThan(largest[0] / 1.5);
    }

    @Test
    void productsOfMatrices() {
        Random r = new Random(1);
        int m = 5;
        int k = 70;
        int n = 7;
        float[] a = floats(r, m * k);
        float[] b = floats(r, k * n);
        float[] c = new float[m * n];
        FloatGemm.multiplyAdd(m, k, n, a, b, c);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += (double) a[i * k + l] * b[l * n + j];
                }
                assertThat((double) c[i * n + j]).isCloseTo(sum, within(1e-4));
            }
        }
        assertThat(FloatGemm.transpose(k, m, FloatGemm.transpose(m, k, a))).isEqualTo(a);
    }

    private static float[] floats(Random r, int n) {
        float[] out = new float[n];
        for (int i = 0; i < n; i++) {
            out[i] = (float) r.nextGaussian();
        }
        return out;
    }

    @Test
    void metrics() {
        BinaryMetrics m = new BinaryMetrics(40, 10, 35, 15);
        assertThat(m.accuracy()).isCloseTo(0.75, within(1e-12));
        assertThat(m.precision()).isCloseTo(0.8, within(1e-12));
        assertThat(m.recall()).isCloseTo(40 / 55.0, within(1e-12));
        assertThat(m.f1()).isCloseTo(80 / 105.0, within(1e-12));
        assertThat(m.kappa()).isCloseTo((0.75 - 0.5) / 0.5, within(1e-12)); // chance: (50*55 + 50*45)/100^2
        assertThat(new BinaryMetrics(0, 0, 7, 0).f1()).isZero();
        assertThat(new BinaryMetrics(0, 0, 7, 0).kappa()).isZero();
        assertThat(BinaryMetrics.of(new double[] {0.5, 0.4, 0.9, 0.1}, new int[] {1, 1, 0, 0}))
                .isEqualTo(new BinaryMetrics(1, 1, 1, 1));
        assertThat(m.plus(m).samples()).isEqualTo(200);
        assertThatThrownBy(() -> BinaryMetrics.of(new double[] {Double.NaN}, new int[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BinaryMetrics.of(new double[] {1}, new int[] {1, 0}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BinaryMetrics(-1, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatIsNotAsDescribed() {
        TrainableNetwork n = CryptoTlShapes.head(4, 1);
        NetworkTrainingSettings s = NetworkTrainingSettings.head(1);
        assertThatThrownBy(() -> n.fit(new double[1][3], new int[1], s)).hasMessageContaining("length 4");
        assertThatThrownBy(() -> n.fit(new double[1][4], new int[2], s)).hasMessageContaining("labels");
        assertThatThrownBy(() -> n.fit(new double[1][4], new int[] {3}, s)).hasMessageContaining("0 and 1");
        assertThatThrownBy(() -> n.predict(new double[][] {{1, 2, Double.NaN, 4}}))
                .hasMessageContaining("finite");
        double[][] huge = new double[2][40];
        Arrays.fill(huge[0], 3e38);
        Arrays.fill(huge[1], -3e38);
        assertThatThrownBy(() -> CryptoTlShapes.head(40, 1).fit(huge, new int[] {0, 1}, s))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("finite loss");
        assertThatThrownBy(() -> new NetworkTrainingSettings(0, 1, 1, 0, 0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NetworkTrainingSettings(1, 1, -1, 0, 0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NetworkTrainingSettings(1, 1, 1, 0, 0.9, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TrainableNetwork.builder(0, 1)).isInstanceOf(IllegalArgumentException.class);
        TrainableNetwork.Builder b = TrainableNetwork.builder(4, 1);
        assertThatThrownBy(b::build).hasMessageContaining("no layer");
        assertThatThrownBy(() -> b.dense(0)).hasMessageContaining("output");
        assertThatThrownBy(() -> b.dropout(1)).hasMessageContaining("dropout");
        assertThatThrownBy(() -> b.conv(2, 1)).hasMessageContaining("odd");
        assertThatThrownBy(() -> b.maxPooling(5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> b.averagePooling(5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> b.polynomial(PolynomialActivation.CUBIC_RELU, -1, 0))
                .hasMessageContaining("range");
    }
}
