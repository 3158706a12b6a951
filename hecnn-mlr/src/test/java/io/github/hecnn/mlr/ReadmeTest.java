package io.github.hecnn.mlr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.data.TrainTestSplit;
import io.github.hecnn.mlr.model.ClassificationReport;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.roles.CloudTrainer;
import io.github.hecnn.mlr.roles.DataOwner;
import io.github.hecnn.mlr.roles.TrainingJob;
import io.github.hecnn.mlr.roles.TrainingResult;
import io.github.hecnn.mlr.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the README and of the guide's roles: it compiles, it does what it says, and they show this very text. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Path GUIDE = Path.of("..", "docs", "guide.md");
    private static final Path SELF = Path.of("src", "test", "java", "io", "github", "hecnn", "mlr", "ReadmeTest.java");

    private static String roles(Path csv, Path own, Path exchange, double[] sample) {
        // docs/guide.md of roles starts
        TrainingSettings settings = TrainingSettings.builder().iterations(2).build(); // process 1: owner of the data
        LabeledDataset dataset = DatasetReader.csv(csv);
        DataOwner owner = DataOwner.prepare(dataset, settings);
        owner.write(own, exchange); // secrets into one folder, what the cloud may see into the other

        CloudTrainer cloud = CloudTrainer.on(WorkerPool.common()); // process 2: cloud, with the second folder only
        TrainingJob job = cloud.read(exchange);
        TrainingResult result = cloud.train(job);
        result.write(exchange);

        MlrModel model = DataOwner.read(own, exchange).open(exchange); // process 3: owner, without its data
        String name = model.predictName(sample);
        // docs/guide.md of roles ends
        owner.close();
        return name;
    }

    private static String[] fit(Path csv, Path file, double[] sample) {
        // README of fit starts
        LabeledDataset trees = DatasetReader.csv(csv); // header, separator and label column are found
        TrainTestSplit parts = TrainTestSplit.stratified(trees, 60, 1);
        MlrModel model = MlrTrainer.encrypted().iterations(2).build().fit(parts.training());
        ClassificationReport report = model.evaluate(parts.test());
        model.write(file); // weights, scaling, names of classes and settings
        String name = MlrModel.read(file).predictName(sample); // features as they come
        // README of fit ends
        return new String[] {name, report.toString()};
    }

    private static Path trees(Path folder) throws IOException {
        Random random = new Random(2);
        StringBuilder text = new StringBuilder("height,width,tree\n");
        for (int i = 0; i < 80; i++) {
            boolean ash = i % 2 == 0;
            text.append((ash ? 30 : 20) + random.nextGaussian())
                    .append(',')
                    .append(0.1 * (random.nextGaussian() + (ash ? 0 : 3)))
                    .append(ash ? ",ash\n" : ",beech\n");
        }
        return Files.writeString(folder.resolve("trees.csv"), text);
    }

    @Test
    void theShortCodePredicts(@TempDir Path folder) throws IOException {
        Path csv = trees(folder);
        String[] ash = fit(csv, folder.resolve("trees.model"), new double[] {30, 0});
        assertThat(ash[0]).isEqualTo("ash");
        assertThat(ash[1]).startsWith("accuracy 100.00 % (20 of 20)");
        assertThat(fit(csv, folder.resolve("trees.model"), new double[] {20, 0.3})[0])
                .isEqualTo("beech");
    }

    @Test
    void threeProcessesShareTwoFolders(@TempDir Path folder) throws IOException {
        Path csv = trees(folder);
        assertThat(roles(csv, folder.resolve("own"), folder.resolve("exchange"), new double[] {30, 0}))
                .isEqualTo("ash");
        assertThat(folder.resolve("exchange/job.json")).exists();
    }

    @Test
    void readmeAndGuideShowThisCode() throws IOException {
        String fit = shown("README of fit");
        assertThat(fit.chars().filter(c -> c == ';').count()).isLessThanOrEqualTo(6);
        assertThat(Files.readString(README)).contains(fit);
        String roles = shown("docs/guide.md of roles");
        assertThat(roles.chars().filter(c -> c == ';').count()).isLessThanOrEqualTo(12);
        assertThat(Files.readString(GUIDE)).contains(roles);
    }

    private static String shown(String mark) throws IOException {
        return Files.readAllLines(SELF).stream()
                .dropWhile(line -> !line.contains("// " + mark + " starts"))
                .skip(1)
                .takeWhile(line -> !line.contains("// " + mark + " ends"))
                .map(line -> line.isBlank() ? "" : line.substring(8))
                .collect(Collectors.joining("\n"));
    }
}
