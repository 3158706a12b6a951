package io.github.hecnn.mlr.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.ScalingKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of a model that every later version must read; it was made from docs/format.md, by no code of this library. */
class ModelGoldenTest {
    private static MlrModel model() {
        FeatureScaler scaling = FeatureScaler.of(new FeatureScaler.Statistics(
                ScalingKind.STANDARDIZE, 2, null, new double[] {1, 2}, new double[] {2, 4}, null));
        Provenance provenance = Provenance.EMPTY
                .with("trainer", "plain")
                .with("iterations", 2)
                .with("seed", 1L << 40)
                .with("rate", 0.1)
                .with("balanced", true);
        return new MlrModel(
                new LinearModel(new double[][] {{0.5, 1, -1}, {-0.5, -1, 1}}, List.of("ash", "bu\u0308che")),
                scaling,
                List.of("height", "width"),
                provenance);
    }

    private static byte[] golden() throws IOException {
        try (InputStream in = ModelGoldenTest.class.getResourceAsStream("model.v1")) {
            return in.readAllBytes();
        }
    }

    @Test
    void theGoldenFileIsRead(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("model.bin"), golden());
        MlrModel read = MlrModel.read(file);
        assertThat(read).isEqualTo(model());
        assertThat(read.provenance().settings())
                .containsExactlyEntriesOf(model().provenance().settings());
        assertThat(read.predictName(new double[] {5, -6})).isEqualTo("ash");
    }

    @Test
    void theSameModelIsWrittenToTheSameBytes(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.bin");
        model().write(file);
        assertThat(Files.readAllBytes(file)).isEqualTo(golden());
    }
}
