package io.github.hecnn.docs;

import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.core.files.FolderLock;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.data.image.MnistFile;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.recipe.Schedule;
import io.github.hecnn.mlr.roles.CloudTrainer;
import io.github.hecnn.mlr.roles.DataOwner;
import io.github.hecnn.mlr.roles.TrainingJob;
import io.github.hecnn.mlr.roles.TrainingResult;
import io.github.hecnn.mlr.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What goes wrong most often between owner and cloud, on a ring that protects nothing. */
final class RoleMistakes {
    private static final TrainingSettings SETTINGS = TrainingSettings.builder()
            .iterations(1)
            .preconditioner(Preconditioner.PROGRAM_BOUND)
            .sigmoid(SigmoidApproximation.PAPER_CUBIC)
            .schedule(Schedule.paper())
            .learningRate(1)
            .security(SecurityLevel.NONE)
            .threads(1)
            .build();
    private static final WorkerPool WORKERS = WorkerPool.single();

    private final Path own;
    private final Path exchange;
    private final DataOwner owner;
    private final DataOwner other;

    private RoleMistakes(Path folder) {
        own = folder.resolve("own");
        exchange = folder.resolve("exchange");
        owner = DataOwner.prepare(data(), SETTINGS);
        other = DataOwner.prepare(data(), SETTINGS);
        owner.write(own, exchange);
    }

    static List<ThrowingCallable> all(Path folder) {
        return new RoleMistakes(folder).all();
    }

    private List<ThrowingCallable> all() {
        TrainingResult result = CloudTrainer.on(WORKERS).train(owner.job());
        return List.of(
                () -> CloudTrainer.on(WORKERS).read(exchange),
                () -> other.open(result),
                () -> owner.open(exchange),
                () -> {
                    FolderLock lock = FolderLock.acquire(exchange, "another run");
                    try {
                        CloudTrainer.on(WORKERS).read(exchange);
                    } finally {
                        lock.close();
                    }
                },
                () -> {
                    Path input = find("input-1.ckks");
                    byte[] bytes = Files.readAllBytes(input);
                    bytes[bytes.length / 2] ^= 1;
                    Files.write(input, bytes);
                    TrainingJob.readOfAnySecurity(exchange, WORKERS);
                },
                () -> MnistFile.TRAINING_IMAGES.in(own));
    }

    private Path find(String name) throws IOException {
        try (Stream<Path> files = Files.walk(exchange)) {
            return files.filter(f -> f.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static LabeledDataset data() {
        double[][] features = new double[12][2];
        int[] labels = new int[12];
        for (int i = 0; i < features.length; i++) {
            labels[i] = i % 2;
            features[i] = new double[] {labels[i] + 0.1 * (i % 5), 0.3 * (i % 7)};
        }
        return new LabeledDataset(features, labels, 2);
    }
}
