package io.github.hecnn.mlr.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.packed.PackedRecipe;
import io.github.hecnn.mlr.recipe.volley.VolleyRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plan knows the files of a training to the byte. */
class PlannedFilesTest {
    @TempDir
    private Path folder;

    private static List<PlainVector> inputs(TrainingPlan plan, MlrConfig config) {
        Random random = new Random(5);
        double[][] x = new double[config.samples()][config.features()];
        int[] labels = new int[config.samples()];
        for (int i = 0; i < x.length; i++) {
            labels[i] = i % config.classes();
            for (int k = 0; k < x[i].length; k++) {
                x[i][k] = k == 0 ? 1 : random.nextGaussian() / 10;
            }
        }
        return plan.recipe().encodeInputs(x, labels, plan.recipe().scaling(x));
    }

    @ParameterizedTest
    @CsvSource({"fast, 40, 20, 3, 1", "fast, 16, 5, 2, 2", "paper, 16, 5, 2, 1"})
    void filesHaveThePlannedSizes(String recipe, int samples, int features, int classes, int iterations)
            throws IOException {
        MlrConfig config = MlrConfig.of(samples, features, classes, iterations);
        TrainingPlan plan = TrainingPlan.smallest(
                config, recipe.equals("fast") ? PackedRecipe::of : VolleyRecipe::of, PlanLimits.DEFAULT);
        CkksContext context = CkksContext.create(plan.parameters(), WorkerPool.single());
        CkksSerializer serializer = new CkksSerializer(context);
        KeyGenerator generator = new KeyGenerator(context, RandomSource.reproducible(1));
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys =
                generator.evaluationKeys(secret, RotationSteps.of(plan.rotationSteps()), plan.needsConjugation());
        assertThat(size(file -> serializer.write(file, keys))).isEqualTo(plan.evaluationKeyWireBytes());
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret, RandomSource.reproducible(2));
        List<Ciphertext> uploads = new ArrayList<>();
        long uploaded = 0;
        for (PlainVector v : inputs(plan, config)) {
            Ciphertext c = encryptor.encrypt(v.encoded(encoder));
            uploads.add(c);
            uploaded += size(file -> serializer.write(file, c));
        }
        assertThat(uploaded).isEqualTo(plan.uploadBytes());
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, keys);
        long downloaded = 0;
        for (List<Ciphertext> weights : plan.recipe().train(algebra, uploads, TrainingListener.NONE)) {
            downloaded += size(file -> serializer.write(file, weights));
        }
        assertThat(downloaded).isEqualTo(plan.downloadBytes());
        assertThat(algebra.counts()).isEqualTo(plan.counts());
    }

    /** Writes to a file. */
    private interface Writer {
        void to(Path file) throws IOException;
    }

    private long size(Writer writer) throws IOException {
        Path file = folder.resolve("some.bin");
        writer.to(file);
        return Files.size(file);
    }
}
