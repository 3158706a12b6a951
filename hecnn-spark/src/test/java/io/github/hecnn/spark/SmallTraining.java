package io.github.hecnn.spark;

import io.github.hecnn.ckks.bootstrap.BootstrapKeyGenerator;
import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.bootstrap.Bootstrapper;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.EncryptedTraining;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingState;
import io.github.hecnn.mlr.recipe.TrainingStateFile;
import io.github.hecnn.mlr.recipe.row.RowAlgebras;
import io.github.hecnn.mlr.recipe.row.RowDataset;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/** 1,792 samples of 3 classes in 7 blocks, encrypted in a small ring that is not secure, with keys and data in a folder. */
final class SmallTraining {
    static final int BLOCKS = 7;
    static final String FORWARD = "forward-keys.bin";
    static final String BACKWARD = "backward-keys.bin";
    private static final int SAMPLES = 256 * BLOCKS;
    private static final int FEATURES = 7;
    private static final int CLASSES = 3;

    final Path folder;
    final RowRecipe recipe;
    final RowParameters parameters;
    final CkksContext context;
    final CkksSerializer serializer;
    private final RowAlgebras<Ciphertext> algebras;

    SmallTraining(Path folder) throws IOException {
        this.folder = folder;
        Random random = new Random(4);
        int[] labels = random.ints(SAMPLES, 0, CLASSES).toArray();
        double[][] raw = new double[SAMPLES][FEATURES - 1];
        for (int i = 0; i < SAMPLES; i++) {
            int label = labels[i];
            Arrays.setAll(raw[i], k -> (k % CLASSES == label ? 1 : 0) + 0.4 * random.nextGaussian());
        }
        double[][] x = FeatureScaler.withOnes(
                FeatureScaler.fit(ScalingKind.CENTER, raw, null).transform(raw));
        MlrConfig config = RowRecipe.settings(SAMPLES, FEATURES, CLASSES, 4, SigmoidApproximation.WEIGHTED_7)
                .learningRate(2)
                .build();
        RowRecipe plain = RowRecipe.of(config, new RowLayout(1024, 4, CLASSES, FEATURES, 2), BLOCKS);
        parameters = RowParameters.of(plain, SecurityLevel.NONE);
        BootstrapParameters boot = parameters.bootstrap();
        recipe = plain.refreshing(
                plain.refreshScale(plain.rehearse(x, config.targets(labels)), plain.scaling(x), boot.bound()));
        context = CkksContext.create(boot.ckksParameters());
        serializer = new CkksSerializer(context);
        SecretKey secret = new KeyGenerator(context, RandomSource.seeded(1)).secretKey();
        CkksContext forward = parameters.forwardContext(context);
        CkksContext backward = parameters.backwardContext(context);
        EvaluationKeys forwardKeys = keys(forward, secret, parameters.forwardSteps());
        EvaluationKeys backwardKeys = keys(backward, secret, parameters.backwardSteps());
        algebras = parameters.algebras(
                new Bootstrapper(
                        context, boot, new BootstrapKeyGenerator(context, boot, RandomSource.seeded(3)).keys(secret)),
                context,
                forwardKeys,
                backwardKeys);
        new CkksSerializer(forward).write(folder.resolve(FORWARD), forwardKeys);
        new CkksSerializer(backward).write(folder.resolve(BACKWARD), backwardKeys);
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret, RandomSource.seeded(4));
        RowDataset.write(
                folder,
                context,
                recipe,
                recipe.encodeInputs(x, labels, recipe.scaling(x)),
                parameters.featureLevel(),
                (p, level) -> encryptor.encrypt(p.encoded(encoder, level)));
    }

    private static EvaluationKeys keys(CkksContext context, SecretKey secret, Set<Integer> steps) {
        KeyGenerator generator = new KeyGenerator(context, RandomSource.seeded(2));
        List<RotationKey> rotations = new ArrayList<>();
        steps.forEach(s -> rotations.add(generator.rotationKey(secret, s)));
        rotations.add(generator.conjugationKey(secret));
        return EvaluationKeys.of(generator.relinearizationKey(secret), rotations);
    }

    /** Training in this process. */
    TrainingState<Ciphertext> local(TrainingState<Ciphertext> from, int to) throws IOException {
        try (RowDataset blocks =
                RowDataset.open(folder, context, recipe, algebras.forward(), parameters.featureLevel())) {
            return run(recipe.design(algebras, blocks, parameters.featureLevel()), from, to);
        }
    }

    /** Training on a cluster that finds the folder at a URI. */
    TrainingState<Ciphertext> spark(
            JavaSparkContext spark,
            String uri,
            int partitions,
            TrainingState<Ciphertext> from,
            int to,
            Consumer<GradientReport> listener) {
        ExecutorResources resources = ExecutorResources.of(spark.getConf(), spark.defaultParallelism());
        RowWork work = RowWork.of(
                "small " + System.nanoTime(), "", uri, FORWARD, BACKWARD, SecurityLevel.NONE, recipe, resources);
        EncryptedDesign<Ciphertext> local = recipe.design(
                algebras,
                block -> {
                    throw new AssertionError("the driver takes no gradients");
                },
                parameters.featureLevel());
        try (SparkDesign design = new SparkDesign(spark, work, local, serializer, partitions, 2, listener)) {
            return run(design, from, to);
        }
    }

    private TrainingState<Ciphertext> run(
            EncryptedDesign<Ciphertext> design, TrainingState<Ciphertext> from, int to) {
        EncryptedTraining<Ciphertext> training = recipe.training(design);
        return training.run(
                from == null ? training.start() : from, to, recipe.batches(), false, (state, weights) -> {});
    }

    /** All bits of a state. */
    byte[] bits(TrainingState<Ciphertext> state) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TrainingStateFile.write(out, serializer, state);
        return out.toByteArray();
    }
}
