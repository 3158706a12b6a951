package io.github.hecnn.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.mlr.model.MlrModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that a run left answers for rows it has not seen. */
class PredictionTest {
    @TempDir
    private Path folder;

    private Path out;

    @BeforeEach
    void trains() throws IOException {
        out = folder.resolve("out");
        Cli run = Cli.run("--rehearse", "--csv", csv("train.csv", 60, true), "--samples", 48, "--out", out);
        assertThat(run.err()).isEmpty();
    }

    private Path csv(String name, int rows, boolean labels) throws IOException {
        Random random = new Random(rows);
        StringBuilder text = new StringBuilder(labels ? "wood,height,width\n" : "height,width\n");
        for (int i = 0; i < rows; i++) {
            boolean ash = i % 2 == 0;
            text.append(labels ? (ash ? "\"ash, tall\"," : "beech,") : "")
                    .append((ash ? 300 : 200) + random.nextGaussian())
                    .append(',')
                    .append(ash ? 1 : 5)
                    .append('\n');
        }
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void rowsWithoutLabelsGetThem() throws IOException {
        Cli run = Cli.run("--predict", csv("new.csv", 4, false), "--out", out);
        assertThat(run.err()).isEmpty();
        List<String> lines = Files.readAllLines(out.resolve("predictions.csv"));
        assertThat(lines.get(0)).isEqualTo("row,predicted,\"score of ash, tall\",score of beech");
        assertThat(lines).hasSize(5);
        assertThat(lines.get(1)).startsWith("1,\"ash, tall\",");
        assertThat(lines.get(2)).startsWith("2,beech,");
        MlrModel model = MlrModel.read(out.resolve("model.bin"));
        assertThat(model.featureNames()).containsExactly("height", "width");
        String[] cells = lines.get(2).split(",", -1);
        assertThat(Double.parseDouble(cells[3])).isGreaterThan(Double.parseDouble(cells[2]));
    }

    @Test
    void rowsWithLabelsAreCounted() throws IOException {
        Cli run = Cli.run("--predict", csv("new.csv", 6, true), "--label-column", "wood", "--out", out);
        assertThat(run.err()).isEmpty();
        assertThat(String.join("\n", run.out())).contains("6 rows predicted", "accuracy 100.00 % (6 of 6)");
        assertThat(out.resolve("report.json")).exists();
    }

    @Test
    void withoutAModelOrWithOtherFeaturesItSaysSo() throws IOException {
        Path rows = csv("new.csv", 4, false);
        assertThat(Cli.run("--predict", rows, "--out", folder.resolve("empty"))
                        .err()
                        .get(0))
                .contains("model.bin: expected the model of an earlier run, found none; train first");
        Path wide = Files.writeString(folder.resolve("wide.csv"), "1,2,3\n4,5,6\n");
        assertThat(Cli.run("--predict", wide, "--out", out).err().get(0))
                .contains("predict: expected 2 features as in the training data, found 3");
        Cli both = Cli.run("--predict", rows, "--role", "cloud-train", "--out", out);
        assertThat(both.status()).isEqualTo(2);
        assertThat(both.err().get(0)).contains("--predict: expected no --role");
    }
}
