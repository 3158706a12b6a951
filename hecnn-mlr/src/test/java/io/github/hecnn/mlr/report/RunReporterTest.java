package io.github.hecnn.mlr.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.Schedule;
import io.github.hecnn.mlr.roles.CloudTrainer;
import io.github.hecnn.mlr.roles.DataOwner;
import io.github.hecnn.mlr.roles.OpenedResult;
import io.github.hecnn.mlr.roles.RoleListener;
import io.github.hecnn.mlr.roles.TrainingExchange;
import io.github.hecnn.mlr.roles.TrainingJob;
import io.github.hecnn.mlr.samples.CsvFiles;
import io.github.hecnn.mlr.samples.CsvSamples;
import io.github.hecnn.mlr.samples.SampleChoice;
import io.github.hecnn.mlr.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run from a CSV file to what it leaves behind, on a small ring that protects nothing. */
class RunReporterTest {
    private static final TrainingSettings SETTINGS = TrainingSettings.builder()
            .iterations(2)
            .preconditioner(Preconditioner.PROGRAM_BOUND)
            .sigmoid(SigmoidApproximation.PAPER_CUBIC)
            .schedule(Schedule.paper())
            .learningRate(1)
            .security(SecurityLevel.NONE)
            .threads(1)
            .build();
    private static final RunDescription RUN = new RunDescription("test", "fast", "trees.csv", null, 1);

    @TempDir
    private Path folder;

    private RunData data;

    @BeforeEach
    void reads() throws IOException {
        data = RunData.of(CsvSamples.load(CsvFiles.of(csv(1)), SampleChoice.first(45)), SETTINGS);
    }

    private Path csv(long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("tree,height,leaf,constant\n");
        for (int i = 0; i < 60; i++) {
            text.append(i % 3 == 0 ? "ash," : i % 3 == 1 ? "beech," : "larch,")
                    .append(20 + 10 * (i % 3) + random.nextGaussian())
                    .append(',')
                    .append(i % 3 == 2 ? 3 : 9 + random.nextGaussian())
                    .append(",7\n");
        }
        return Files.writeString(folder.resolve("trees.csv"), text);
    }

    private RunReporter reporter(RunData of) {
        return new RunReporter(RUN, of, RoleListener.NONE);
    }

    private List<String> written(RunOutputs outputs, Path out) throws IOException {
        outputs.write(Files.createDirectories(out));
        try (Stream<Path> files = Files.list(out)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void anEncryptedRunIsHeldAgainstItsRehearsal() throws IOException {
        Path exchange = folder.resolve("exchange");
        try (DataOwner owner = DataOwner.prepare(data.samples().training(), SETTINGS)) {
            owner.write(folder.resolve("own"), exchange);
            TrainingJob job = TrainingJob.readOfAnySecurity(exchange, WorkerPool.single());
            CloudTrainer.on(WorkerPool.single()).train(job).write(exchange);
        }
        try (DataOwner owner = DataOwner.read(folder.resolve("own"), exchange)) {
            OpenedResult result = owner.result(TrainingExchange.in(exchange));
            RunOutputs outputs = reporter(data).encrypted(owner, result, 1.5, "train again");
            RunReport report = outputs.report();
            assertThat(report.mode()).isEqualTo("encrypted");
            assertThat(report.accuracyPerIteration()).hasSize(2).last().isEqualTo(1.0);
            assertThat(report.maxErrorAgainstRehearsal()).isGreaterThan(0).isLessThan(1e-3);
            assertThat(report.seconds().total()).isGreaterThan(1.5);
            assertThat(report.details().secondsByOperation()).containsKeys("addition", "rescale");
            assertThat(report.details().secondsByOperation().values().stream()
                            .mapToDouble(v -> v)
                            .sum())
                    .as("of one thread")
                    .isPositive()
                    .isLessThan(report.seconds().training());
            assertThat(report.details().testClassCounts()).containsExactly(5, 5, 5);
            assertThat(report.details().notes()).anyMatch(n -> n.startsWith("Features left out, as they are constant"));
            assertThat(written(outputs, folder.resolve("out")))
                    .containsExactly(
                            "model.bin",
                            "report.html",
                            "report.json",
                            "weights-errors.csv",
                            "weights-iteration-1.csv",
                            "weights-iteration-2.csv",
                            "weights.csv");
            MlrModel model = MlrModel.read(folder.resolve("out").resolve(RunOutputs.MODEL));
            assertThat(PredictionsCsv.text(model, new double[][] {{40, 3, 7}, {20, 9, 7}})
                            .lines()
                            .map(line -> line.replaceAll("(\\w+,\\w+).*", "$1")))
                    .containsExactly("row,predicted", "1,larch", "2,ash");

            RunData other = RunData.of(CsvSamples.load(CsvFiles.of(csv(2)), SampleChoice.first(45)), SETTINGS);
            assertThatThrownBy(() -> reporter(other).encrypted(owner, result, 0, "train again"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("decrypt weights of iteration 1: ")
                    .hasMessageEndingWith("train again");
        }
    }

    @Test
    void theOwnerHearsOfEveryKeyAndCiphertext() {
        List<String> heard = new ArrayList<>();
        TrainingPlan plan = data.training().plan();
        RoleListener listener = new RoleListener() {
            @Override
            public void counted(String what, int done, int all) {
                heard.add(what + " " + done + " of " + all);
            }
        };
        DataOwner.prepare(data.training(), plan, WorkerPool.single(), RandomSource.seeded(1), listener)
                .close();
        int uploads = plan.recipe().uploads();
        assertThat(heard).hasSize(plan.keys() + uploads).startsWith("key 1 of " + plan.keys());
        assertThat(heard.get(plan.keys() - 1)).isEqualTo("key " + plan.keys() + " of " + plan.keys());
        assertThat(heard).endsWith("ciphertext " + uploads + " of " + uploads);
    }

    @Test
    void aRehearsalLeavesTheSameBehindButErrors() throws IOException {
        RunOutputs outputs = reporter(data).rehearsed(data.training().plan(), 1.5);
        assertThat(outputs.report().mode()).isEqualTo("rehearsal");
        assertThat(outputs.report().accuracyPerIteration()).last().isEqualTo(1.0);
        assertThat(outputs.report().securityBits()).isNull();
        assertThat(written(outputs, folder.resolve("out")))
                .contains("model.bin", "report.html", "report.json", "weights.csv")
                .doesNotContain("weights-errors.csv");
    }
}
