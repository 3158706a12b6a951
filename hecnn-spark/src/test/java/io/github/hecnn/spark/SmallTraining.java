package io.github.hecnn.spark;

import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.roles.row.LongCloud;
import io.github.hecnn.mlr.roles.row.LongListener;
import io.github.hecnn.mlr.roles.row.LongOwner;
import io.github.hecnn.mlr.roles.row.LongSettings;
import io.github.hecnn.mlr.roles.row.PreparedLongTraining;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** 1,792 samples of 3 classes in 7 blocks, a minibatch of all of them, and a job on them in a small ring that is not secure. */
final class SmallTraining {
    static final int BLOCKS = 7;
    private static final int SAMPLES = 256 * BLOCKS;
    private static final int FEATURES = 6;
    private static final int CLASSES = 3;

    private final Path folder;
    private int trainings;

    private SmallTraining(Path folder) {
        this.folder = folder;
    }

    /** The owner's part. */
    static SmallTraining write(Path folder) throws IOException {
        Random random = new Random(4);
        int[] labels = random.ints(SAMPLES, 0, CLASSES).toArray();
        double[][] x = new double[SAMPLES][FEATURES];
        for (int i = 0; i < SAMPLES; i++) {
            int label = labels[i];
            Arrays.setAll(x[i], k -> (k % CLASSES == label ? 1 : 0) + 0.4 * random.nextGaussian());
        }
        LongSettings settings = LongSettings.builder()
                .iterations(2)
                .extendableTo(4)
                .batch(SAMPLES)
                .groupWidth(4)
                .logRingDegree(11)
                .sigmoid(SigmoidApproximation.WEIGHTED_7)
                .learningRate(2)
                .security(SecurityLevel.NONE)
                .build();
        LongOwner.write(
                PreparedLongTraining.of(new LabeledDataset(x, labels, CLASSES), settings),
                folder.resolve("own"),
                folder.resolve("exchange"),
                WorkerPool.common(),
                RandomSource.seeded(5),
                "",
                LongListener.QUIET);
        return new SmallTraining(folder);
    }

    /** A copy of it somewhere else. */
    SmallTraining copy(Path to) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(p -> !p.equals(folder)).forEach(p -> {
                try {
                    Files.copy(p, to.resolve(folder.relativize(p).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        SmallTraining copy = new SmallTraining(to);
        copy.trainings = trainings;
        return copy;
    }

    Path exchange() {
        return folder.resolve("exchange");
    }

    /** The folder with blocks, manifest and keys. */
    Path run() throws IOException {
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(exchange(), "run-*")) {
            return runs.iterator().next();
        }
    }

    /** A cloud with a new folder for checkpoints. */
    LongCloud cloud() {
        trainings++;
        return LongCloud.on(WorkerPool.common()).ofAnySecurity().checkpointsIn(checkpoints());
    }

    /** A cloud that goes on from a checkpoint. */
    static LongCloud resumed(Path checkpoints) {
        return LongCloud.on(WorkerPool.common())
                .ofAnySecurity()
                .checkpointsIn(checkpoints)
                .resuming(true);
    }

    /** Of the last cloud. */
    Path checkpoints() {
        return folder.resolve("checkpoints-" + trainings);
    }

    /** All bits of the last training: encrypted weights of every iteration, and what the checkpoint has of them. */
    Map<String, byte[]> bits() throws IOException {
        Map<String, byte[]> out = new TreeMap<>();
        add(out, run(), "weights-*");
        add(out, checkpoints(), "gradient-*");
        return out;
    }

    private static void add(Map<String, byte[]> out, Path from, String names) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from, names)) {
            for (Path file : files) {
                out.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
    }
}
