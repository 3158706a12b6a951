package io.github.hecnn.mlr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.model.MlrModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a data set to a model in one statement, on every algebra. */
class MlrTrainerTest {
    private static final String[] PLANTS = {"ash", "beech", "larch"};

    @TempDir
    Path folder;

    /** 75 samples of 37 features of very different units in 3 classes, with a header and text labels. */
    private Path csv() throws IOException {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder("tree");
        for (int k = 0; k < 37; k++) {
            text.append(",f").append(k);
        }
        for (int i = 0; i < 75; i++) {
            int c = i % 3;
            text.append('\n').append(PLANTS[c]);
            for (int k = 0; k < 37; k++) {
                double v = Math.pow(10, k % 5 - 2) * (random.nextGaussian() + (k % 3 == c ? 1.5 : 0) + k);
                text.append(String.format(Locale.ROOT, ",%.6g", v));
            }
        }
        return Files.writeString(folder.resolve("trees.csv"), text.append('\n'));
    }

    @Test
    void fitsPredictsWritesReadsAndPredictsTheSame() throws IOException {
        LabeledDataset trees = DatasetReader.csv(csv());
        MlrModel model = MlrTrainer.encrypted()
                .scaling(ScalingKind.STANDARDIZE)
                .iterations(2)
                .build()
                .fit(trees);
        assertThat(model.evaluate(trees).accuracy()).isGreaterThan(0.95);
        assertThat(model.predictName(trees.features()[4])).isEqualTo("beech");
        Path file = folder.resolve("trees.model");
        model.write(file);
        MlrModel read = MlrModel.read(file);
        assertThat(read).isEqualTo(model);
        assertThat(read.predict(trees.features())).isEqualTo(model.predict(trees.features()));
        assertThat(read.scores(trees.features())).isDeepEqualTo(model.scores(trees.features()));
    }

    @Test
    void threeAlgebrasOneProgram() throws IOException {
        LabeledDataset trees = DatasetReader.csv(csv());
        double[][] plain = MlrTrainer.plain().iterations(2).build().fit(trees).scores(trees.features());
        double[][] rehearsed = MlrTrainer.rehearsal().iterations(2).build().fit(trees).scores(trees.features());
        double[][] encrypted = MlrTrainer.encrypted().iterations(2).build().fit(trees).scores(trees.features());
        for (int i = 0; i < plain.length; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat(rehearsed[i][j]).isCloseTo(plain[i][j], within(1e-9));
                assertThat(encrypted[i][j]).isCloseTo(plain[i][j], within(1e-4));
            }
        }
    }
}
