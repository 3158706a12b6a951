package io.github.hecnn.examples;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.roles.CloudTrainer;
import io.github.hecnn.mlr.roles.DataOwner;
import io.github.hecnn.mlr.roles.JobFile;
import io.github.hecnn.mlr.roles.TrainingJob;
import io.github.hecnn.mlr.roles.TrainingResult;
import io.github.hecnn.mlr.training.TrainingSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Example 8: a training by three processes that share nothing but a folder. The owner encrypts its measurements of trees, the cloud
 * trains a classifier on them, the owner opens the result. Start it with {@code owner}, {@code cloud} and {@code open}, one process after
 * another; without a role all three follow each other, each with no more than its folders.
 */
public final class E8ThreeRoles {
    private static final List<String> KINDS = List.of("ash", "beech", "larch");

    /** Height in metres, length of a leaf in centimetres: what is usual for each kind. */
    private static final double[][] USUAL = {{30, 9}, {20, 8}, {35, 3}};

    private static final double[] NEW_TREE = {33, 2.5};

    private E8ThreeRoles() {}

    /**
     * Runs the example.
     *
     * @param args a role, or none; then a folder to write to, {@code target/three-roles} if none is named
     * @throws IOException if the folder cannot be written
     */
    public static void main(String[] args) throws IOException {
        String role = args.length == 0 ? "all" : args[0];
        Path folder = Path.of(args.length > 1 ? args[1] : "target/three-roles");
        run(role, folder, System.out);
    }

    /**
     * Plays a role, or all.
     *
     * @param folder made if need be
     * @param out takes the text
     * @return the kind of a new tree; empty if the role does not learn it
     * @throws IOException if the folder cannot be written
     */
    static String run(String role, Path folder, PrintStream out) throws IOException {
        Path own = folder.resolve("owner"); // stays with the owner
        Path shared = folder.resolve("shared"); // is all that the cloud ever sees
        switch (role) {
            case "owner" -> owner(own, shared, out);
            case "cloud" -> cloud(shared, out);
            case "open" -> {
                return open(own, shared, out);
            }
            default -> {
                owner(own, shared, out);
                cloud(shared, out);
                return open(own, shared, out);
            }
        }
        return "";
    }

    /** Process 1. It needs the data, and leaves a secret key in its own folder and everything else in the shared one. */
    private static void owner(Path own, Path shared, PrintStream out) throws IOException {
        // Metres and centimetres: columns of different units are standardized, and the model will remember how. What
        // these
        // settings leave open (preconditioner, schedule, sigmoid polynomial) is chosen on the data, in the clear.
        TrainingSettings settings = TrainingSettings.builder()
                .scaling(ScalingKind.STANDARDIZE)
                .iterations(2)
                .build();
        try (DataOwner owner = DataOwner.prepare(trees(60), settings)) {
            owner.write(own, shared);
            out.printf(
                    Locale.ROOT,
                    "owner: %d ciphertexts and %d evaluation keys for the cloud, %s%n",
                    owner.job().uploads().size(),
                    owner.plan().keys(),
                    owner.parameters().securityLevel());
        }
        out.println("owner: keeps " + String.join(", ", names(own)));
    }

    /** Process 2. It never holds anything that decrypts: neither a job nor a result has a place for a secret key. */
    private static void cloud(Path shared, PrintStream out) throws IOException {
        CloudTrainer cloud = CloudTrainer.on(WorkerPool.common());
        TrainingJob job =
                cloud.read(shared); // refuses less than 128 bits, and files that are damaged or of another run
        JobFile known = job.description(); // its first feature is the 1 of the bias
        out.printf(
                Locale.ROOT,
                "cloud: knows of %d samples, %d features, %d classes, %d iterations%n",
                known.samples(),
                known.features() - 1,
                known.classes(),
                known.iterations());
        TrainingResult result = cloud.train(job);
        result.write(shared);
        out.printf(
                Locale.ROOT,
                "cloud: trained with %d key switches, %d levels down%n",
                result.account().keySwitches(),
                result.account().levelsUsed());
    }

    /** Process 3. The data is not needed any more: names of classes and scaling are in the owner's folder. */
    private static String open(Path own, Path shared, PrintStream out) {
        MlrModel model = DataOwner.read(own, shared).open(shared);
        String kind = model.predictName(NEW_TREE); // in metres and centimetres, as measured
        out.printf(
                Locale.ROOT, "open: a tree of %.0f m with leaves of %.1f cm is a %s%n", NEW_TREE[0], NEW_TREE[1], kind);
        out.println("open: of 300 other trees: "
                + model.evaluate(trees(300)).toString().lines().findFirst().orElseThrow());
        return kind;
    }

    private static LabeledDataset trees(int count) {
        Random random = new Random(count);
        double[][] measured = new double[count][];
        int[] kinds = new int[count];
        for (int i = 0; i < count; i++) {
            kinds[i] = i % KINDS.size();
            double[] usual = USUAL[kinds[i]];
            measured[i] = new double[] {usual[0] + 2 * random.nextGaussian(), usual[1] + random.nextGaussian()};
        }
        return new LabeledDataset(measured, kinds, KINDS, List.of("height", "leaf"), "trees");
    }

    /** Files of the run in the owner's folder. */
    private static List<String> names(Path own) throws IOException {
        try (Stream<Path> files = Files.walk(own)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
