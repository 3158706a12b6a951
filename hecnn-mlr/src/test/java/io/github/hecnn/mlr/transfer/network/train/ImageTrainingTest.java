package io.github.hecnn.mlr.transfer.network.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.PolynomialActivation;
import io.github.hecnn.mlr.transfer.network.conv.AveragePooling2d;
import io.github.hecnn.mlr.transfer.network.conv.ImageShape;
import io.github.hecnn.mlr.transfer.network.conv.Window;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageTrainingTest {
    private static final ImageShape IMAGE = new ImageShape(2, 6, 6);

    private static TrainableNetwork.Builder layers(long seed) {
        Window first = Window.square(3, 1, 1);
        ImageShape hidden = first.over(IMAGE, 3);
        AveragePooling2d pooling = new AveragePooling2d(hidden, Window.square(2, 2, 0), true);
        return TrainableNetwork.builder(72, seed)
                .convolution2d(IMAGE, first, 3)
                .polynomial(PolynomialActivation.SQUARE, 4, 0)
                .averagePooling2d(pooling)
                .convolution2d(pooling.output(), Window.square(2, 1, 0), 2)
                .dense(4);
    }

    /** Every layer's gradient against a difference quotient of the softmax' loss. */
    @Test
    void gradientsAreThoseOfTheLoss() {
        LayerStack n = layers(4).buildClassifier().stack();
        CrossEntropy loss = new CrossEntropy(4);
        int[] labels = {3, 0, 1};
        Random r = new Random(5);
        float[] batch = new float[3 * 72];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = (float) r.nextGaussian();
        }
        float[] z = n.forward(batch, 3, null);
        float[] gradient = new float[z.length];
        for (int i = 0; i < 3; i++) {
            loss.gradient(z, i, labels[i], 3, gradient);
        }
        n.backward(gradient, 3);
        int checked = 0;
        for (Parameters p : n.parameters()) {
            for (int i = 0; i < p.value.length; i += 3) {
                float keep = p.value[i];
                float h = 1e-2f;
                p.value[i] = keep + h;
                double up = mean(loss, n.forward(batch, 3, null), labels);
                p.value[i] = keep - h;
                double down = mean(loss, n.forward(batch, 3, null), labels);
                p.value[i] = keep;
                double slope = (up - down) / (2 * h);
                assertThat((double) p.gradient[i]).isCloseTo(slope, within(0.02 * Math.abs(slope) + 0.002));
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(30);
    }

    private static double mean(CrossEntropy loss, float[] z, int[] labels) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            sum += loss.loss(z, i, labels[i]);
        }
        return sum / labels.length;
    }

    /** Four classes: where in the image the bright spot is. */
    private static double[][] spots(int n, long seed, int[] labels) {
        Random r = new Random(seed);
        double[][] x = new double[n][72];
        for (int i = 0; i < n; i++) {
            labels[i] = r.nextInt(4);
            for (int k = 0; k < 72; k++) {
                x[i][k] = 0.3 * r.nextGaussian();
            }
            int y = labels[i] / 2 * 3 + r.nextInt(2);
            x[i][r.nextInt(2) * 36 + y * 6 + labels[i] % 2 * 3 + r.nextInt(2)] += 2;
        }
        return x;
    }

    @Test
    void learnsSeveralClassesAndRepeats() {
        int[] labels = new int[600];
        double[][] x = spots(600, 1, labels);
        int[] testLabels = new int[200];
        double[][] test = spots(200, 2, testLabels);
        NetworkTrainingSettings settings = new NetworkTrainingSettings(20, 16, 3e-3, 0.01, 0.1, 4, 5);
        TrainableNetwork a = layers(1).buildClassifier();
        TrainableNetwork b = layers(1).buildClassifier();
        a.fit(x, labels, settings);
        b.fit(x, labels, settings);
        double[][] scores = a.scores(test);
        assertThat(b.scores(test)).isDeepEqualTo(scores);
        int right = 0;
        Network network = a.export(5);
        for (int i = 0; i < 200; i++) {
            int best = 0;
            for (int c = 1; c < 4; c++) {
                best = scores[i][c] > scores[i][best] ? c : best;
            }
            right += best == testLabels[i] ? 1 : 0;
            assertThat(network.apply(test[i])).containsExactly(scores[i], within(1e-4));
        }
        assertThat(right).isGreaterThan(180);
        double[][] again = TrainableNetwork.builder(72, 9)
                .network(network, 4, 0)
                .buildClassifier()
                .scores(test);
        assertThat(again[7]).containsExactly(scores[7], within(1e-5));
    }

    @Test
    void refusesWhatIsNotAsDescribed() {
        TrainableNetwork n = layers(1).buildClassifier();
        NetworkTrainingSettings settings = new NetworkTrainingSettings(1, 16, 3e-3, 0.01, 0, 1, 5);
        assertThatThrownBy(() -> n.fit(new double[1][72], new int[] {4}, settings))
                .hasMessageContaining("labels 0..3");
        assertThatThrownBy(() -> n.predict(new double[1][72])).hasMessageContaining("scores(x)");
        assertThatThrownBy(() -> layers(1).build()).hasMessageContaining("4 outputs");
        assertThatThrownBy(() -> layers(1).dense(1).buildClassifier()).hasMessageContaining("2 classes");
        assertThatThrownBy(() -> layers(1).convolution2d(IMAGE, Window.square(3, 1, 1), 2))
                .hasMessageContaining("72 numbers before convolution2d, found 4");
    }
}
