package io.github.hecnn.mlr.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.ChildJvm;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.packed.PackedRecipe;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All roles in a virtual machine whose heap is a tenth above the plan's estimate. */
class MemoryBoundTest {
    private static TrainingPlan plan(int samples, int features, int classes, int iterations) {
        return TrainingPlan.smallest(
                MlrConfig.of(samples, features, classes, iterations),
                PackedRecipe::of,
                PlanLimits.DEFAULT.withMaxMemoryBytes(Long.MAX_VALUE));
    }

    private static void fits(int samples, int features, int classes, int iterations) throws Exception {
        TrainingPlan plan = plan(samples, features, classes, iterations);
        long mebibytes = (plan.memoryBytes() / 10 * 11) >> 20;
        assertThat(run(mebibytes, Roles.class, samples, features, classes, iterations))
                .as("-Xmx%dm for %s", mebibytes, plan)
                .isZero();
    }

    /** The owner that decrypts holds the weights against a rehearsal with possible errors, which takes most of its memory. */
    private static void decrypts(int samples, int features, int classes, int iterations) throws Exception {
        TrainingPlan plan = plan(samples, features, classes, iterations);
        long mebibytes = (plan.memoryBytes(PlanRole.DECRYPT) / 10 * 11) >> 20;
        assertThat(run(mebibytes, Decrypts.class, samples, features, classes, iterations))
                .as("-Xmx%dm for %s", mebibytes, plan)
                .isZero();
    }

    private static int run(long mebibytes, Class<?> main, Object... sizes) throws IOException, InterruptedException {
        return ChildJvm.exitCode(ChildJvm.of(main, List.of("-Xmx" + mebibytes + "m", collector()), sizes));
    }

    /** The estimate is for the collector of this virtual machine. */
    private static String collector() {
        boolean g1 = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .anyMatch(c -> c.getName().startsWith("G1"));
        return g1 ? "-XX:+UseG1GC" : "-XX:+UseParallelGC";
    }

    @Test
    void aSmallTrainingGetsByWithTheHeapOfItsPlan() throws Exception {
        fits(64, 201, 10, 1);
    }

    @Test
    void aFarSmallerHeapIsNotEnough() throws Exception {
        assertThat(run(60, Roles.class, 64, 201, 10, 1)).isNotZero();
    }

    @Test
    void theOwnerDecryptsWithNoiseDrawsInTheHeapOfItsRole() throws Exception {
        decrypts(64, 201, 10, 1);
    }

    @Test
    void aFarSmallerHeapIsNotEnoughToDecrypt() throws Exception {
        assertThat(run(20, Decrypts.class, 64, 201, 10, 1)).isNotZero();
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"128, 393, 10, 2", "16, 5, 2, 4", "64, 60, 3, 3", "256, 100, 5, 2"})
    void trainingsGetByWithTheHeapOfTheirPlans(int samples, int features, int classes, int iterations)
            throws Exception {
        fits(samples, features, classes, iterations);
        decrypts(samples, features, classes, iterations);
    }

    /** All roles, one after another. */
    static final class Roles {
        private Roles() {}

        public static void main(String[] args) {
            TrainingPlan plan = Sizes.plan(args);
            double[][] x = Sizes.design(plan.recipe().config());
            int[] labels = Sizes.labels(plan.recipe().config());
            try (WorkerPool workers = WorkerPool.ofThreads(2)) {
                CkksContext context = CkksContext.create(plan.parameters(), workers);
                CkksEncoder encoder = new CkksEncoder(context);
                KeyGenerator generator = new KeyGenerator(context);
                SecretKey secret = generator.secretKey();
                EvaluationKeys keys = generator.evaluationKeys(
                        secret, RotationSteps.of(plan.rotationSteps()), plan.needsConjugation());
                Encryptor encryptor = Encryptor.withSecretKey(context, secret);
                List<Ciphertext> uploads = new ArrayList<>();
                for (PlainVector input :
                        plan.recipe().encodeInputs(x, labels, plan.recipe().scaling(x))) {
                    uploads.add(encryptor.encrypt(input.encoded(encoder)));
                }
                List<List<Ciphertext>> weights =
                        plan.recipe().train(new CkksSlotAlgebra(context.recycling(), keys), uploads, report -> {});
                Decryptor decryptor = new Decryptor(context, secret);
                for (List<Ciphertext> iteration : weights) {
                    List<PlainVector> slots = new ArrayList<>();
                    iteration.forEach(c -> slots.add(PlainVector.decoded(encoder, decryptor.decrypt(c))));
                    plan.recipe().decodeWeights(slots, plan.recipe().scaling(x));
                }
            }
        }
    }

    /** The owner at the end: decrypts weights with the secret key, and rehearses the training with as many draws as the report has. */
    static final class Decrypts {
        private static final int DRAWS = 4;

        private Decrypts() {}

        public static void main(String[] args) {
            TrainingPlan plan = Sizes.plan(args);
            MlrConfig config = plan.recipe().config();
            double[][] x = Sizes.design(config);
            try (WorkerPool workers = WorkerPool.ofThreads(2)) {
                CkksContext context = CkksContext.create(plan.parameters(), workers);
                CkksEncoder encoder = new CkksEncoder(context);
                SecretKey secret = new KeyGenerator(context).secretKey();
                Encryptor encryptor = Encryptor.withSecretKey(context, secret);
                Decryptor decryptor = new Decryptor(context, secret);
                List<PlainVector> slots = new ArrayList<>();
                for (int level :
                        TrainingRehearsal.of(plan.recipe()).weightLevels().get(0)) {
                    Ciphertext some = encryptor.encrypt(
                            encoder.encode(new double[plan.parameters().slots()], level));
                    slots.add(PlainVector.decoded(encoder, decryptor.decrypt(some)));
                }
                plan.recipe().decodeWeights(slots, plan.recipe().scaling(x));
                plan.recipe()
                        .predictedWeightErrors(
                                NoiseModel.ofSecretKeyEncryption(plan.parameters()), x, Sizes.labels(config), DRAWS);
            }
        }
    }

    /** Data and plan of the sizes that a process is given. */
    static final class Sizes {
        private Sizes() {}

        static TrainingPlan plan(String[] args) {
            int[] sizes = Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
            return MemoryBoundTest.plan(sizes[0], sizes[1], sizes[2], sizes[3]);
        }

        static double[][] design(MlrConfig config) {
            Random random = new Random(1);
            double[][] x = new double[config.samples()][config.features()];
            for (double[] row : x) {
                row[0] = 1;
                for (int k = 1; k < row.length; k++) {
                    row[k] = random.nextGaussian() * 0.1;
                }
            }
            return x;
        }

        static int[] labels(MlrConfig config) {
            return IntStream.range(0, config.samples())
                    .map(i -> i % config.classes())
                    .toArray();
        }
    }
}
