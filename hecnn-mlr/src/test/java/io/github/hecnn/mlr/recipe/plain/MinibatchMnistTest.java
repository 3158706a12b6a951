package io.github.hecnn.mlr.recipe.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.RealData;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.OrientationHistogram;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.Schedule;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All of MNIST, h200 features, centred only, batches of 512: here training itself does the work. */
@Tag("slow")
class MinibatchMnistTest {
    @Test
    void agreesWithTheReferenceAfterEachEpoch() {
        ImageSet train = DatasetReader.idx(
                RealData.file("mnist/train-images-idx3-ubyte.gz"), RealData.file("mnist/train-labels-idx1-ubyte.gz"));
        ImageSet test = DatasetReader.idx(
                RealData.file("mnist/t10k-images-idx3-ubyte.gz"), RealData.file("mnist/t10k-labels-idx1-ubyte.gz"));
        double[][] features = OrientationHistogram.H200.extractAll(train);
        FeatureScaler scaler = FeatureScaler.fit(ScalingKind.CENTER, features, null);
        double[][] x = FeatureScaler.withOnes(scaler.transform(features));
        double[][] heldOut = FeatureScaler.withOnes(scaler.transform(OrientationHistogram.H200.extractAll(test)));

        int epoch = train.size() / 512;
        // The cubic is left, up to |z| = 15, as in the reference.
        MlrConfig config = MlrConfig.builder(train.size(), 201, 10, 3 * epoch)
                .schedule(Schedule.nesterov())
                .outsideInterval(OutsideInterval.GO_ON)
                .build();
        List<double[][]> history = PlainTrainer.trainMinibatches(x, train.labels(), config, 512);

        double[] expected = {97.6, 98.1, 98.3}; // a numpy implementation of the same steps, rounded
        for (int e = 0; e < 3; e++) {
            double[][] weights = history.get((e + 1) * epoch - 1);
            assertThat(100 * new LinearModel(weights).accuracy(heldOut, test.labels()))
                    .as("epoch %d", e + 1)
                    .isCloseTo(expected[e], within(0.1));
            assertThat(PlainTrainer.largestScore(x, weights)).isLessThan(15);
        }
    }
}
