package io.github.hecnn.mlr.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.circuit.CkksSlotAlgebra;
import io.github.hecnn.ckks.circuit.PlainVector;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.packed.PackedRecipe;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All roles in a virtual machine whose heap is a tenth above the plan's estimate. */
class MemoryBoundTest {
    private static void fits(int samples, int features, int classes, int iterations) throws Exception {
        MlrConfig config = MlrConfig.of(samples, features, classes, iterations);
        TrainingPlan plan =
                TrainingPlan.smallest(config, PackedRecipe::of, PlanLimits.DEFAULT.withMaxMemoryBytes(Long.MAX_VALUE));
        long mebibytes = (plan.memoryBytes() / 10 * 11) >> 20;
        assertThat(run(mebibytes, samples, features, classes, iterations))
                .as("-Xmx%dm for %s", mebibytes, plan)
                .isZero();
    }

    private static int run(long mebibytes, int... sizes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + mebibytes + "m",
                collector(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Roles.class.getName()));
        for (int size : sizes) {
            command.add(Integer.toString(size));
        }
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
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
        assertThat(run(60, 64, 201, 10, 1)).isNotZero();
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"128, 393, 10, 2", "16, 5, 2, 4", "64, 60, 3, 3", "256, 100, 5, 2"})
    void trainingsGetByWithTheHeapOfTheirPlans(int samples, int features, int classes, int iterations)
            throws Exception {
        fits(samples, features, classes, iterations);
    }

    /** All roles, one after another. */
    static final class Roles {
        private Roles() {}

        public static void main(String[] args) {
            int samples = Integer.parseInt(args[0]);
            int features = Integer.parseInt(args[1]);
            int classes = Integer.parseInt(args[2]);
            MlrConfig config = MlrConfig.of(samples, features, classes, Integer.parseInt(args[3]));
            TrainingPlan plan = TrainingPlan.smallest(
                    config, PackedRecipe::of, PlanLimits.DEFAULT.withMaxMemoryBytes(Long.MAX_VALUE));
            Random random = new Random(1);
            double[][] x = new double[samples][features];
            int[] labels = new int[samples];
            for (int i = 0; i < samples; i++) {
                labels[i] = i % classes;
                for (int k = 0; k < features; k++) {
                    x[i][k] = k == 0 ? 1 : random.nextGaussian() * 0.1;
                }
            }
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
                        plan.recipe().train(new CkksSlotAlgebra(context, keys), uploads, report -> {});
                Decryptor decryptor = new Decryptor(context, secret);
                for (List<Ciphertext> iteration : weights) {
                    List<PlainVector> slots = new ArrayList<>();
                    iteration.forEach(c -> slots.add(PlainVector.decoded(encoder, decryptor.decrypt(c))));
                    plan.recipe().decodeWeights(slots, plan.recipe().scaling(x));
                }
            }
        }
    }
}
