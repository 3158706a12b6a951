package io.github.hecnn.mlr.roles.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.serving.Predictions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/long-training.md, in a small ring. */
class LongDocumentTest {
    @Test
    void theCodeOfTheDocumentTrains(@TempDir Path folder) throws IOException {
        LabeledDataset dataset = LongFixture.data(512, 1);
        LongSettings settings =
                LongFixture.settings().iterations(2).extendableTo(2).batch(512).build();
        WorkerPool workers = LongFixture.WORKERS;
        LongCloud cloud = LongFixture.cloud();
        Path own = folder.resolve("own");
        Path exchange = folder.resolve("exchange");
        // docs/long-training.md of three processes starts
        PreparedLongTraining training = PreparedLongTraining.of(dataset, settings); // process 1: the owner
        String plan = training.plan().table(2); // seconds, memory, upload, disk; nothing has been encrypted yet
        LongOwner.write(training, own, exchange, workers, LongListener.QUIET); // keys and encrypted data

        cloud.train(exchange); // process 2: the cloud

        LongResult result = LongOwner.read(own, exchange, workers).open(); // process 3: the owner, without its data
        MlrModel model = result.model(); // takes features as they come
        // docs/long-training.md of three processes ends
        assertThat(plan).contains("GB to train", "512 samples");
        assertThat(result.iterations()).isEqualTo(2);
        assertThat(model.evaluate(dataset).accuracy()).isGreaterThan(0.6);
        double[][] features = LongFixture.data(40, 5).features();
        // docs/serving.md of a training starts
        LongOwner owner = LongOwner.read(own, exchange, workers);
        owner.askPredictions(features); // as they come

        cloud.answerPredictions(exchange); // with the weights of its checkpoint

        Predictions predictions = owner.readPredictions();
        // docs/serving.md of a training ends
        double[][] expected = model.scores(features);
        for (int i = 0; i < features.length; i++) {
            assertThat(predictions.scores()[i])
                    .containsExactly(expected[i], within(predictions.errors()[i]));
        }
        assertThat(Arrays.stream(predictions.errors()).max().orElseThrow()).isLessThan(0.5);
    }
}
