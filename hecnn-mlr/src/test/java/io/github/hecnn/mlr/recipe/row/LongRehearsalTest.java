package io.github.hecnn.mlr.recipe.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.RealData;
import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.features.OrientationHistogram;
import io.github.hecnn.mlr.model.MlrModel;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LongRehearsalTest {
    /** Check values of an implementation in numpy, on the first images and in the order of the file. */
    @Test
    void agreesWithTheReferenceStepByStep() {
        ImageSet images = DatasetReader.idx(
                RealData.file("mnist/train-images-idx3-ubyte.gz"), RealData.file("mnist/train-labels-idx1-ubyte.gz"));
        double[][] features = OrientationHistogram.H200.extractAll(Arrays.copyOf(images.pixels(), 2048));
        LongFeatures preparation = LongFeatures.fit(features);
        double[][] x = preparation.transform(features);
        int[] labels = Arrays.copyOf(images.labels(), 2048);
        LongRehearsal rehearsal = new LongRehearsal(LongSettings.DEGREE_15, x, labels, 10, 1024);
        double[] largest = {2.8701733900, 4.3247711344, 4.5712609218, 4.7947782738, 4.6528984205, 4.7637953116};
        double[] sums = {288.47323811, 283.96259281, 372.55781665, 399.55480758, 445.67042820, 475.61105272};
        double[] accuracies = {77.5390625, 93.75, 94.677734375, 95.361328125, 95.80078125, 96.142578125};
        for (int s = 0; s < 6; s++) {
            double[][] w = rehearsal.step();
            assertThat(largest(w)).as("step %d", s + 1).isCloseTo(largest[s], within(1e-5)); // features there have single precision
            assertThat(sum(w)).isCloseTo(sums[s], within(1e-3));
            assertThat(100 * accuracy(w, x, labels)).isCloseTo(accuracies[s], within(1e-9));
        }
        assertThat(rehearsal.largestGradient()).isCloseTo(1.8169463107, within(1e-5));
        ScoreRange second = rehearsal.scores().get(1);
        assertThat(second.lowest()).isCloseTo(-10.787555276, within(1e-4));
        assertThat(second.highest()).isCloseTo(10.59754090, within(1e-4));
        assertThat(ScoreRange.outside(rehearsal.scores(), SigmoidApproximation.WEIGHTED_15)).isEmpty();
    }

    private static double largest(double[][] w) {
        return Arrays.stream(w).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElseThrow();
    }

    private static double sum(double[][] w) {
        return Arrays.stream(w).flatMapToDouble(Arrays::stream).map(Math::abs).sum();
    }

    private static double accuracy(double[][] w, double[][] x, int[] labels) {
        int right = 0;
        for (int i = 0; i < x.length; i++) {
            int best = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < w.length; c++) {
                double z = 0;
                for (int k = 0; k < x[i].length; k++) {
                    z += x[i][k] * w[c][k];
                }
                best = z > most ? c : best;
                most = Math.max(most, z);
            }
            right += best == labels[i] ? 1 : 0;
        }
        return right / (double) x.length;
    }

    /** The reference with its 52,500 images in the order of the file: accuracy and weights after 1 to 40 steps. */
    @Test
    @Tag("slow")
    void agreesWithTheReferenceOnAllOfMnist() {
        ImageSet train = DatasetReader.idx(
                RealData.file("mnist/train-images-idx3-ubyte.gz"), RealData.file("mnist/train-labels-idx1-ubyte.gz"));
        ImageSet test = DatasetReader.idx(
                RealData.file("mnist/t10k-images-idx3-ubyte.gz"), RealData.file("mnist/t10k-labels-idx1-ubyte.gz"));
        double[][] features = OrientationHistogram.H200.extractAll(Arrays.copyOf(train.pixels(), 52_500));
        LongFeatures preparation = LongFeatures.fit(features);
        double[][] x = preparation.transform(features);
        double[][] heldOut = preparation.transform(OrientationHistogram.H200.extractAll(test));
        LongRehearsal rehearsal =
                new LongRehearsal(LongSettings.DEGREE_15, x, Arrays.copyOf(train.labels(), 52_500), 10, 1024);
        int[] steps = {1, 5, 10, 20, 30, 40};
        double[] accuracies = {78.14, 95.14, 96.94, 97.96, 98.58, 98.54};
        double[] sums = {286.5685, 448.0935, 572.2557, 737.3246, 881.9153, 986.2665};
        double[][] w = null;
        for (int s = 0, t = 0; s < steps.length; s++) {
            while (t < steps[s]) {
                w = rehearsal.step();
                t++;
            }
            assertThat(100 * accuracy(w, heldOut, test.labels()))
                    .as("step %d", t)
                    .isCloseTo(accuracies[s], within(0.021));
            assertThat(sum(w)).isCloseTo(sums[s], within(5e-4 * sums[s])); // single precision there
        }
        ScoreRange all = new ScoreRange(
                40,
                rehearsal.scores().stream().mapToDouble(ScoreRange::lowest).min().orElseThrow(),
                rehearsal.scores().stream().mapToDouble(ScoreRange::highest).max().orElseThrow());
        assertThat(all.lowest()).isCloseTo(-15.3, within(0.1));
        assertThat(all.highest()).isCloseTo(11.3, within(0.1));
        MlrModel model = new MlrModel(preparation.weightsOfCentred(w));
        assertThat(model.accuracy(centred(preparation, heldOut), test.labels()))
                .isCloseTo(accuracy(w, heldOut, test.labels()), within(1e-12));
    }

    /** Prepared features divided by their factors. */
    private static double[][] centred(LongFeatures preparation, double[][] x) {
        double[][] ones = new double[1][preparation.size()];
        Arrays.fill(ones[0], 1);
        double[] factors = preparation.weightsOfCentred(ones)[0];
        double[][] out = new double[x.length][preparation.size()];
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < factors.length; k++) {
                out[i][k] = k == 0 ? 1 : x[i][k] / factors[k];
            }
        }
        return out;
    }

    @Test
    void writesStepsOutAsSumsOfGradients() {
        // V_6 on G_1 .. G_5 in the reference
        assertThat(GradientWeights.ofMomentumPoint(5))
                .containsExactly(new double[] {1.0, 1.50788, 1.802568, 1.849053, 1.598779}, within(6e-7));
        assertThat(GradientWeights.ofWeights(1)).containsExactly(1);
        assertThat(GradientWeights.ofMomentumPoint(0)).isEmpty();
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> new LongSettings(0, 0.1, -2.2, SigmoidApproximation.WEIGHTED_15))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("positive step");
        assertThatThrownBy(() -> new LongSettings(16, 1, -2.2, SigmoidApproximation.WEIGHTED_15))
                .hasMessageContaining("label smoothing");
        assertThatThrownBy(() -> new LongSettings(16, 0.1, -25, SigmoidApproximation.WEIGHTED_15))
                .hasMessageContaining("starting score");
        double[][] x = {{1, 2}, {1, 3}};
        assertThatThrownBy(() -> new LongRehearsal(LongSettings.DEGREE_15, x, new int[2], 2, 3))
                .hasMessageContaining("batch of 1..2");
    }
}
