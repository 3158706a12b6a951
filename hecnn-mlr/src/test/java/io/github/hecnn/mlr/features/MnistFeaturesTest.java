package io.github.hecnn.mlr.features;

import static io.github.hecnn.mlr.features.OrientationHistogram.H200;
import static io.github.hecnn.mlr.features.OrientationHistogram.H392;
import static io.github.hecnn.mlr.features.OrientationHistogram.H400;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.RealData;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Features, scalings and the paper's iteration on real MNIST, against a numpy implementation of the same definitions (float64, whole
 * test set, first 128 training images).
 */
class MnistFeaturesTest {
    private static final int SAMPLES = 128;
    /** Accuracies are printed with two decimals; five test images of 10,000. */
    private static final double POINTS = 0.05;

    private static ImageSet train;
    private static ImageSet test;

    @BeforeAll
    static void read() {
        train = DatasetReader.idx(
                        RealData.file("mnist/train-images-idx3-ubyte.gz"),
                        RealData.file("mnist/train-labels-idx1-ubyte.gz"))
                .first(SAMPLES);
        test = DatasetReader.idx(
                RealData.file("mnist/t10k-images-idx3-ubyte.gz"), RealData.file("mnist/t10k-labels-idx1-ubyte.gz"));
    }

    @Test
    void singleImagesAgree() {
        byte[] first = train.pixels()[0];
        byte[] middle = train.pixels()[127];
        byte[] last = test.pixels()[9999];
        OrientationHistogramTest.checkVector(
                Deskew.apply(first), 107.94117647058823, 42366.91176511579, 0.9921568627450981);
        OrientationHistogramTest.checkVector(
                Deskew.apply(last), 164.05098039215684, 64390.00980431894, 0.9955943872065983);
        check(H392, first, 15.839038841943427, 3201.726194489985, 0.13133424099703575);
        check(H392, middle, 14.772464670513838, 2708.5107062799443, 0.14300820064609565);
        check(H392, last, 15.437533084827615, 2976.6858621481397, 0.1327872252360885);
        check(H400, first, 15.776497357671717, 3246.2747770116275, 0.13720212672199134);
        check(H400, middle, 14.911270313555239, 2821.6020666977465, 0.14387425916257884);
        check(H400, last, 15.658091007331418, 3015.2330287986497, 0.13716463866522371);
        check(H200, first, 11.584978051952525, 1205.5014913739628, 0.16654581789783898);
        check(H200, middle, 10.907330756470495, 1024.8513452590887, 0.184263394199829);
        check(H200, last, 11.43861223376129, 1132.2863797393297, 0.17340015595882088);
    }

    private static void check(OrientationHistogram h, byte[] image, double sum, double weighted, double max) {
        OrientationHistogramTest.checkVector(h.extract(image), sum, weighted, max);
    }

    @Test
    void accuraciesOfH392Agree() {
        Map<ScalingKind, double[]> expected = Map.of(
                ScalingKind.NONE, new double[] {21.06, 22.90, 21.68},
                ScalingKind.CENTER, new double[] {66.33, 68.67, 68.46},
                ScalingKind.STANDARDIZE_POOLED, new double[] {73.22, 75.39, 75.22},
                ScalingKind.DCT, new double[] {86.33, 86.77, 86.80},
                ScalingKind.WHITEN, new double[] {93.14, 93.15, 93.15});
        checkAccuracies(H392, expected);
    }

    @Test
    void accuraciesOfH400Agree() {
        Map<ScalingKind, double[]> expected = Map.of(
                ScalingKind.NONE, new double[] {21.16, 28.97, 25.33},
                ScalingKind.CENTER, new double[] {70.09, 72.12, 71.98},
                ScalingKind.STANDARDIZE_POOLED, new double[] {74.93, 77.06, 76.82},
                ScalingKind.DCT, new double[] {86.10, 86.44, 86.42},
                ScalingKind.WHITEN, new double[] {90.86, 90.84, 90.84});
        checkAccuracies(H400, expected);
    }

    @Test
    void accuraciesOfH200Agree() {
        Map<ScalingKind, double[]> expected = Map.of(
                ScalingKind.NONE, new double[] {21.02, 23.49, 21.95},
                ScalingKind.CENTER, new double[] {66.55, 68.61, 68.51},
                ScalingKind.STANDARDIZE_POOLED, new double[] {73.61, 75.96, 75.74},
                ScalingKind.DCT, new double[] {85.42, 86.14, 86.08},
                ScalingKind.WHITEN, new double[] {92.17, 92.17, 92.17});
        checkAccuracies(H200, expected);
    }

    /** expected: percent after each iteration. */
    private static void checkAccuracies(OrientationHistogram h, Map<ScalingKind, double[]> expected) {
        double[][] f = h.extractAll(train);
        double[][] held = h.extractAll(test);
        for (ScalingKind kind : expected.keySet()) {
            FeatureScaler scaler = FeatureScaler.fit(kind, f, h.shape());
            double[][] x = FeatureScaler.withOnes(scaler.transform(f));
            double[][] heldX = FeatureScaler.withOnes(scaler.transform(held));
            List<double[][]> history = PlainTrainer.train(x, train.labels(), MlrConfig.of(SAMPLES, x[0].length, 10, 3));
            for (int t = 0; t < 3; t++) {
                assertThat(100 * new LinearModel(history.get(t)).accuracy(heldX, test.labels()))
                        .as("%s, %s, iteration %d", h.name(), kind, t + 1)
                        .isCloseTo(expected.get(kind)[t], within(POINTS));
            }
        }
    }
}
