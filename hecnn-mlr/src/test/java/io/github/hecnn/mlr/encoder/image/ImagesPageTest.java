package io.github.hecnn.mlr.encoder.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.LabeledDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/images.md, on a small network that takes images of the usual size. */
class ImagesPageTest {
    private static LabeledDataset encoded(Path folder, Path model, Path cache) throws IOException {
        // docs/images.md of encoding starts
        ImageSource images = ImageFolder.read(folder); // a subfolder for each class
        try (ImageEncoder encoder = ImageEncoder.open(model, ImagePreprocessing.imageNet());
                WorkerPool workers = WorkerPool.ofThreads(2)) {
            return encoder.encode(images, new FeatureCache(cache), workers, done -> {});
        }
        // docs/images.md of encoding ends
    }

    @Test
    void aFolderOfImagesBecomesFeatures(@TempDir Path temporary) throws IOException {
        TinyCnn cnn = new TinyCnn(224, 1);
        Path model = Files.write(temporary.resolve("model.onnx"), cnn.onnx("images"));
        LabeledDataset features = encoded(TestImages.folder(temporary, 2, 2, 1), model, temporary.resolve("cache"));
        assertThat(features.width()).isEqualTo(cnn.features());
        assertThat(features.samples()).isEqualTo(4);
    }
}
