package io.github.hecnn.mlr.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.RealData;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The paper's iteration on the paper's features (REGNET_X_400MF of the first MNIST training images) against the weights that its authors'
 * own encrypted run printed after iterations 1 and 2.
 */
class PublishedWeightsTest {
    @Test
    void plainTrainingReproducesThePublishedRun() {
        LabeledDataset rows = DatasetReader.csv(RealData.file("paper/regnet-x-400mf-mnist-first512.csv.gz"), 10);
        LabeledDataset training = rows.slice(0, 128);
        LabeledDataset heldOut = rows.slice(128, 512);
        double[][] x = FeatureScaler.withOnes(training.features());
        MlrConfig config =
                MlrConfig.builder(128, 401, 10, 2).initialWeight(0.0128).build();
        List<double[][]> history = PlainTrainer.train(x, training.labels(), config);

        assertThat(farthest(history.get(0), 1)).isLessThan(1e-7);
        assertThat(farthest(history.get(1), 2)).isLessThan(4e-6);
        double[][] heldOutX = FeatureScaler.withOnes(heldOut.features());
        assertThat(new LinearModel(history.get(0)).accuracy(heldOutX, heldOut.labels()))
                .isCloseTo(0.2109, within(1e-4));
        assertThat(new LinearModel(history.get(1)).accuracy(heldOutX, heldOut.labels()))
                .isCloseTo(0.2161, within(1e-4));
    }

    private static double farthest(double[][] weights, int iteration) {
        double[][] published =
                DatasetReader.matrix(RealData.file("paper/published-weights-iteration-" + iteration + ".csv"));
        double max = 0;
        for (int j = 0; j < 10; j++) {
            for (int k = 0; k < 401; k++) {
                max = Math.max(max, Math.abs(weights[j][k] - published[j][k]));
            }
        }
        return max;
    }
}
