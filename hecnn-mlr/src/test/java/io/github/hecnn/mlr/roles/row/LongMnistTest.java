package io.github.hecnn.mlr.roles.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.RealData;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.OrientationHistogram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** 52,500 images of MNIST, encrypted with 128 bits of security, through refreshes and the files of the roles. */
@Tag("slow")
class LongMnistTest {
    private static final int STEPS = Integer.getInteger("hecnn.steps", 12);
    private static final int SAMPLES = 52_500;
    private static final long MEMORY = 7_000_000_000L;

    @Test
    void reachesTheAccuracyOfTheSameTrainingInTheClear(@TempDir Path folder, TestReporter reporter) throws IOException {
        assumeTrue(Runtime.getRuntime().maxMemory() >= MEMORY, "skipped: needs a heap of 7 GB, such as -Dtest.heap=8g");
        ImageSet train = DatasetReader.idx(
                RealData.file("mnist/train-images-idx3-ubyte.gz"), RealData.file("mnist/train-labels-idx1-ubyte.gz"));
        ImageSet test = DatasetReader.idx(
                RealData.file("mnist/t10k-images-idx3-ubyte.gz"), RealData.file("mnist/t10k-labels-idx1-ubyte.gz"));
        PreparedLongTraining training = PreparedLongTraining.of(
                features(train, SAMPLES),
                LongSettings.builder().iterations(STEPS).build());
        LabeledDataset heldOut = features(test, test.labels().length);
        WorkerPool workers = WorkerPool.common();
        reporter.publishEntry("plan", training.plan().table(workers.threads()));
        Path own = folder.resolve("own");
        Path exchange = folder.resolve("exchange");
        LongOwnerFile kept = LongOwner.write(training, own, exchange, workers, LongListener.QUIET);
        reporter.publishEntry(
                "preparing",
                kept.keySeconds() + " s for " + kept.keyBytes() + " bytes of keys, " + kept.encryptionSeconds()
                        + " s for " + kept.uploadedBytes() + " bytes of data");
        assertThat(kept.uploadedBytes())
                .isEqualTo(training.plan().uploadBytes())
                .isLessThanOrEqualTo(4_000_000_000L);
        LongResultFile account = LongCloud.on(workers).train(exchange);
        reporter.publishEntry("training", account.trainingSeconds() + " s, " + account.iterationSeconds());
        LongResult result = LongOwner.read(own, exchange, workers).open();
        double accuracy = 0;
        for (int t = 1; t <= STEPS; t++) {
            accuracy = 100 * result.model(t).evaluate(heldOut).accuracy();
            double clear = 100 * training.rehearsed(t).evaluate(heldOut).accuracy();
            reporter.publishEntry("step " + t, accuracy + " %, in the clear " + clear + " %");
            assertThat(accuracy).as("step %d", t).isCloseTo(clear, within(0.2));
        }
        assertThat(accuracy).isGreaterThan(STEPS < 12 ? 90 : 97.2);
    }

    private static LabeledDataset features(ImageSet images, int count) {
        return new LabeledDataset(
                OrientationHistogram.H200.extractAll(Arrays.copyOf(images.pixels(), count)),
                Arrays.copyOf(images.labels(), count),
                10);
    }
}
