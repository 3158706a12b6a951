package io.github.hecnn.mlr.roles;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.ChildJvm;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.training.PreparedTraining;
import io.github.hecnn.mlr.training.TrainingSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Owner, cloud and owner as virtual machines of their own that share one folder; the cloud is killed and started again. */
class ThreeProcessesTest {
    private static final TrainingSettings SETTINGS =
            TrainingSettings.builder().settings(RoleData.SETTINGS).iterations(3).build();

    private static Path csv(Path folder) throws IOException {
        LabeledDataset data = RoleData.dataset();
        StringBuilder text = new StringBuilder("a,b,c,d,e,tree\n");
        for (int i = 0; i < data.samples(); i++) {
            for (double v : data.features()[i]) {
                text.append(v).append(',');
            }
            text.append(data.labelNames().get(data.labels()[i])).append('\n');
        }
        return Files.writeString(folder.resolve("trees.csv"), text);
    }

    /** With keys and encryptions that another process can make, too. */
    private static DataOwner owner(Path csv) {
        PreparedTraining training = PreparedTraining.of(DatasetReader.csv(csv), SETTINGS);
        return DataOwner.prepare(
                training, training.plan(), WorkerPool.single(), RandomSource.reproducible(5), RoleListener.NONE);
    }

    /** Lines that a process printed, once it has ended well. */
    private static List<String> lines(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = out.lines().toList();
            assertThat(process.waitFor()).as("%s", lines).isZero();
            return lines;
        }
    }

    private static ProcessBuilder process(Class<?> main, Path folder, Object... arguments) throws IOException {
        return ChildJvm.of(main, List.of("-Xmx1g", "-Xshare:auto", "-XX:TieredStopAtLevel=1"), arguments)
                .directory(Files.createDirectories(folder).toFile());
    }

    /** Waits for the first iteration, and kills the cloud in the second. */
    private static void killed(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("iteration 1");
            process.destroyForcibly();
            assertThat(process.waitFor()).isNotZero();
        }
    }

    @Test
    void threeProcessesGiveTheModelOfOneThoughTheCloudWasKilled(@TempDir Path folder) throws Exception {
        Path exchange = folder.resolve("exchange");
        Path own = folder.resolve("own");
        Path data = csv(Files.createDirectories(folder.resolve("data")));
        MlrModel expected;
        try (DataOwner owner = owner(data)) {
            expected = owner.open(CloudTrainer.on(WorkerPool.single()).train(owner.job()));
        }
        assertThat(expected.labelNames()).containsExactlyInAnyOrder("oak", "beech", "ash");

        lines(process(OwnerEncrypts.class, folder.resolve("first"), data, own, exchange));
        // Nothing but the shared folder is there while the cloud works.
        Files.delete(data);
        Path away = Files.move(own, folder.resolve("away"));
        killed(process(Cloud.class, folder.resolve("second"), exchange, 1));
        assertThat(names(exchange)).contains("checkpoint.json").doesNotContain("cloud-report.json");
        assertThat(lines(process(Cloud.class, folder.resolve("third"), exchange, 0)))
                .as("iterations of the second cloud")
                .containsExactly("iteration 2", "iteration 3");
        assertThat(names(exchange)).contains("cloud-report.json").doesNotContain("checkpoint.json");
        assertThat(names(exchange)).noneMatch(name -> name.matches("state-.*|.*secret.*"));

        Path model = folder.resolve("trees.model");
        lines(process(OwnerDecrypts.class, folder.resolve("fourth"), away, exchange, model));
        assertThat(MlrModel.read(model)).isEqualTo(expected);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(f -> f.getFileName().toString()).collect(Collectors.toList());
        }
    }

    /** Process 1. */
    static final class OwnerEncrypts {
        private OwnerEncrypts() {}

        public static void main(String[] args) {
            try (DataOwner owner = owner(Path.of(args[0]))) {
                owner.write(Path.of(args[1]), Path.of(args[2]));
            }
        }
    }

    /** Process 2: gets the shared folder, and the iteration after which it waits for its end, or 0. */
    static final class Cloud {
        private Cloud() {}

        public static void main(String[] args) {
            Path exchange = Path.of(args[0]);
            int last = Integer.parseInt(args[1]);
            TrainingJob job = TrainingJob.readOfAnySecurity(exchange, WorkerPool.single());
            CloudTrainer.on(WorkerPool.single())
                    .checkpointsIn(exchange.resolve("checkpoint"))
                    .train(job, report -> tell(report, last))
                    .write(exchange);
        }

        private static void tell(IterationReport report, int last) {
            System.out.println("iteration " + report.iteration());
            System.out.flush();
            if (report.iteration() == last) {
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IllegalStateException("expected to be killed after iteration " + last);
            }
        }
    }

    /** Process 3. */
    static final class OwnerDecrypts {
        private OwnerDecrypts() {}

        public static void main(String[] args) throws IOException {
            Path exchange = Path.of(args[1]);
            try (DataOwner owner = DataOwner.read(Path.of(args[0]), exchange)) {
                owner.open(exchange).write(Path.of(args[2]));
            }
        }
    }
}
