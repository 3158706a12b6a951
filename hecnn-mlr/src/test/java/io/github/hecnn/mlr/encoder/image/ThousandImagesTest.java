package io.github.hecnn.mlr.encoder.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.MlrTrainer;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.samples.FolderSamples;
import io.github.hecnn.mlr.samples.SampleChoice;
import io.github.hecnn.mlr.samples.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a folder of 1,000 PNG files through a network to a head trained on encrypted features. */
@Tag("slow")
class ThousandImagesTest {
    private static final int SIDE = 32;

    @TempDir
    private Path parent;

    @Test
    void aFolderBecomesAnEncryptedHead() throws IOException {
        ImageFolder images = ImageFolder.read(TestImages.folder(parent, 4, 250, 5));
        TinyCnn cnn = new TinyCnn(SIDE, 5);
        Path model = Files.write(parent.resolve("cnn.onnx"), cnn.onnx("n"));
        ImagePreprocessing preprocessing =
                ImagePreprocessing.builder().resize(36).crop(SIDE).build();
        try (ImageEncoder encoder = ImageEncoder.open(model, preprocessing);
                WorkerPool workers = WorkerPool.ofThreads(2)) {
            double[][] features = encoder.features(images, workers, done -> {});
            for (int i = 0; i < images.size(); i++) {
                assertThat(features[i])
                        .containsExactly(cnn.features(preprocessing.apply(images.image(i))), within(1e-4));
            }
            Samples samples = FolderSamples.divided(images, 0.25, new SampleChoice(SampleChoice.ALL, 1L))
                    .samples(i -> encoder.encode(i, workers), null);
            assertThat(samples.training().samples()).isEqualTo(750);
            MlrModel encrypted = MlrTrainer.encrypted().iterations(2).build().fit(samples.training());
            MlrModel plain = MlrTrainer.plain().iterations(2).build().fit(samples.training());
            assertThat(encrypted.evaluate(samples.test()).accuracy())
                    .isCloseTo(plain.evaluate(samples.test()).accuracy(), within(0.005));
        }
    }
}
