package io.github.hecnn.mlr.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.RealData;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.OrientationHistogram;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.Schedule;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Both preconditioners on h200 features of real MNIST; accuracies on the first 3,000 test images. */
class PreconditionerMnistTest {
    private static final int TESTED = 3000;

    private static double[][] train;
    private static int[] labels;
    private static double[][] held;
    private static int[] heldLabels;

    @BeforeAll
    static void read() {
        ImageSet images = DatasetReader.idx(
                        RealData.file("mnist/train-images-idx3-ubyte.gz"),
                        RealData.file("mnist/train-labels-idx1-ubyte.gz"))
                .first(4096);
        ImageSet test = DatasetReader.idx(
                        RealData.file("mnist/t10k-images-idx3-ubyte.gz"),
                        RealData.file("mnist/t10k-labels-idx1-ubyte.gz"))
                .first(TESTED);
        train = OrientationHistogram.H200.extractAll(images);
        labels = images.labels();
        held = OrientationHistogram.H200.extractAll(test);
        heldLabels = test.labels();
    }

    /** Training and test design matrix of the first samples. */
    private static double[][][] design(ScalingKind kind, int samples) {
        double[][] first = Arrays.copyOf(train, samples);
        FeatureScaler scaler = FeatureScaler.fit(kind, first, OrientationHistogram.H200.shape());
        return new double[][][] {
            FeatureScaler.withOnes(scaler.transform(first)), FeatureScaler.withOnes(scaler.transform(held))
        };
    }

    /** Known answers of this library, on the first TESTED test images: three epochs of eight batches of 512. */
    @Test
    void withManyCentredSamplesThePapersOwnDiagonalLearnsFaster() {
        double[][][] x = design(ScalingKind.CENTER, 4096);
        check(x, Preconditioner.ALGORITHM_1, 91.0, 92.3, 93.7);
        check(x, Preconditioner.PROGRAM_BOUND, 84.2, 90.7, 92.3);
    }

    private static void check(double[][][] x, Preconditioner preconditioner, double... percent) {
        MlrConfig config = MlrConfig.builder(4096, 201, 10, 24)
                .schedule(Schedule.nesterov())
                .preconditioner(preconditioner)
                .outsideInterval(OutsideInterval.GO_ON)
                .build();
        List<double[][]> history = PlainTrainer.trainMinibatches(x[0], labels, config, 512);
        for (int epoch = 1; epoch <= 3; epoch++) {
            assertThat(100 * new LinearModel(history.get(8 * epoch - 1)).accuracy(x[1], heldLabels))
                    .as("%s, epoch %d", preconditioner, epoch)
                    .isCloseTo(percent[epoch - 1], within(0.1));
        }
    }

    @Test
    void withFewSamplesAndIterationsItIsWorse() {
        double[][][] x = design(ScalingKind.DCT, 128);
        int[] first = Arrays.copyOf(labels, 128);
        double exact = afterTwo(x, first, Preconditioner.ALGORITHM_1);
        assertThat(exact).isLessThan(afterTwo(x, first, Preconditioner.PROGRAM_BOUND));
        assertThat(PreconditionerChoice.of(x[0], first, MlrConfig.of(128, 201, 10, 2))
                        .chosen())
                .isEqualTo(Preconditioner.PROGRAM_BOUND);
    }

    private static double afterTwo(double[][][] x, int[] classes, Preconditioner preconditioner) {
        MlrConfig config = MlrConfig.of(128, 201, 10, 2).withPreconditioner(preconditioner);
        return new LinearModel(PlainTrainer.train(x[0], classes, config).get(1)).accuracy(x[1], heldLabels);
    }

    @Test
    void theRehearsalFindsTheBetterOne() {
        double[][][] x = design(ScalingKind.CENTER, 1024);
        PreconditionerChoice choice =
                PreconditionerChoice.of(x[0], Arrays.copyOf(labels, 1024), MlrConfig.of(1024, 201, 10, 2));
        assertThat(choice.chosen()).isEqualTo(Preconditioner.ALGORITHM_1);
        assertThat(choice.algorithm1Right()).isGreaterThan(choice.programBoundRight() + 40);
    }
}
