package io.github.hecnn.mlr.recipe.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.RealData;
import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.OrientationHistogram;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The recipe in the clear against an implementation in numpy, on the first images of MNIST and in the order of the file. */
class LongRecipeReferenceTest {
    private static ImageSet training() {
        return DatasetReader.idx(
                RealData.file("mnist/train-images-idx3-ubyte.gz"), RealData.file("mnist/train-labels-idx1-ubyte.gz"));
    }

    /** Weights in units of features times sqrt(b), which is how the reference counts. */
    private static double[][] scaled(double[][] w, MlrConfig config, ColumnScaling scaling) {
        double[][] out = new double[w.length][w[0].length];
        for (int j = 0; j < w.length; j++) {
            for (int k = 0; k < w[j].length; k++) {
                out[j][k] = w[j][k] / RowUnits.factor(config, scaling, k);
            }
        }
        return out;
    }

    private static double largest(double[][] w) {
        return Arrays.stream(w)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElseThrow();
    }

    private static double sum(double[][] w) {
        return Arrays.stream(w).flatMapToDouble(Arrays::stream).map(Math::abs).sum();
    }

    @Test
    void agreesStepByStep() {
        ImageSet images = training();
        double[][] features = OrientationHistogram.H200.extractAll(Arrays.copyOf(images.pixels(), 2048));
        int[] labels = Arrays.copyOf(images.labels(), 2048);
        double[][] x = FeatureScaler.withOnes(
                FeatureScaler.fit(ScalingKind.CENTER, features, null).transform(features));
        MlrConfig config = RowRecipe.settings(2048, 201, 10, 6, SigmoidApproximation.WEIGHTED_15)
                .build();
        RowRecipe recipe = RowRecipe.of(config, new RowLayout(16384, 16, 10, 201, 16), 1);
        assertThat(recipe.batch()).isEqualTo(1024);
        ColumnScaling scaling = recipe.scaling(x);
        PlainTrainer.History history = recipe.rehearse(x, config.targets(labels));
        double[] largest = {2.8701733900, 4.3247711344, 4.5712609218, 4.7947782738, 4.6528984205, 4.7637953116};
        double[] sums = {288.47323811, 283.96259281, 372.55781665, 399.55480758, 445.67042820, 475.61105272};
        double[] accuracies = {77.5390625, 93.75, 94.677734375, 95.361328125, 95.80078125, 96.142578125};
        for (int s = 0; s < 6; s++) {
            double[][] w = scaled(history.weights().get(s), config, scaling);
            assertThat(largest(w))
                    .as("step %d", s + 1)
                    .isCloseTo(largest[s], within(1e-5)); // single precision of features there
            assertThat(sum(w)).isCloseTo(sums[s], within(1e-3));
            assertThat(100 * new LinearModel(history.weights().get(s)).accuracy(x, labels))
                    .isCloseTo(accuracies[s], within(1e-9));
        }
        assertThat(RowUnits.largestGradient(config, history.weights(), scaling)).isCloseTo(1.8169463107, within(1e-5));
        assertThat(recipe.refreshScale(history, scaling, 1)).isEqualTo(0.125);
        ScoreRange second = history.scores().get(1);
        assertThat(second.lowest()).isCloseTo(-10.787555276, within(1e-4));
        assertThat(second.highest()).isCloseTo(10.59754090, within(1e-4));
    }

    /** 52,500 images, batches of 1,024: accuracy on the test images and weights after 1 to 40 steps. */
    @Test
    @Tag("slow")
    void agreesOnAllOfMnist() {
        ImageSet train = training();
        ImageSet test = DatasetReader.idx(
                RealData.file("mnist/t10k-images-idx3-ubyte.gz"), RealData.file("mnist/t10k-labels-idx1-ubyte.gz"));
        double[][] features = OrientationHistogram.H200.extractAll(Arrays.copyOf(train.pixels(), 52_500));
        FeatureScaler centring = FeatureScaler.fit(ScalingKind.CENTER, features, null);
        double[][] x = FeatureScaler.withOnes(centring.transform(features));
        double[][] heldOut = FeatureScaler.withOnes(centring.transform(OrientationHistogram.H200.extractAll(test)));
        MlrConfig config = RowRecipe.settings(52_500, 201, 10, 40, SigmoidApproximation.WEIGHTED_15)
                .build();
        RowRecipe recipe = RowRecipe.of(config, new RowLayout(16384, 16, 10, 201, 16), 1);
        ColumnScaling scaling = recipe.scaling(x);
        PlainTrainer.History history = recipe.rehearse(x, config.targets(Arrays.copyOf(train.labels(), 52_500)));
        int[] steps = {1, 5, 10, 20, 30, 40};
        double[] accuracies = {78.14, 95.14, 96.94, 97.96, 98.58, 98.54};
        double[] sums = {286.5685, 448.0935, 572.2557, 737.3246, 881.9153, 986.2665};
        for (int s = 0; s < steps.length; s++) {
            double[][] w = history.weights().get(steps[s] - 1);
            assertThat(100 * new LinearModel(w).accuracy(heldOut, test.labels()))
                    .as("step %d", steps[s])
                    .isCloseTo(accuracies[s], within(0.021));
            assertThat(sum(scaled(w, config, scaling)))
                    .isCloseTo(sums[s], within(5e-4 * sums[s])); // single precision there
        }
        assertThat(history.scores().stream()
                        .mapToDouble(ScoreRange::lowest)
                        .min()
                        .orElseThrow())
                .isCloseTo(-15.3, within(0.1));
        assertThat(history.scores().stream()
                        .mapToDouble(ScoreRange::highest)
                        .max()
                        .orElseThrow())
                .isCloseTo(11.3, within(0.1));
    }
}
