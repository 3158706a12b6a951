package io.github.hecnn.mlr.recipe.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.MlrConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is alive while data is written and read, against how much of it there is. */
class RowMemoryTest {
    private static final int BLOCKS = 12;

    private static long alive() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** In the last block nothing is alive of those before. */
    @Test
    void memoryDoesNotGrowWithTheData(@TempDir Path folder) throws IOException {
        RowLayout layout = new RowLayout(1024, 4, 10, 63, 4);
        int samples = BLOCKS * layout.rows();
        MlrConfig config = RowRecipe.settings(samples, 63, 10, 2, SigmoidApproximation.WEIGHTED_15)
                .build();
        RowRecipe recipe = RowRecipe.of(config, layout, BLOCKS).refreshing(0.25);
        RowParameters parameters = RowParameters.of(recipe, SecurityLevel.NONE);
        int level = parameters.featureLevel();
        CkksContext context = CkksContext.create(parameters.bootstrap().ckksParameters());
        SecretKey secret = new KeyGenerator(context, RandomSource.seeded(1)).secretKey();
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret, RandomSource.seeded(2));
        double[][] x = new double[samples][63];
        double[][] targets = new double[samples][10];
        for (int i = 0; i < samples; i++) {
            x[i][0] = 1;
            x[i][1 + i % 62] = 1;
            targets[i][i % 10] = 1;
        }

        List<Long> writing = new ArrayList<>();
        int[] vectors = {0};
        RowDataset.write(
                folder,
                context,
                "memory",
                recipe,
                recipe.encodeInputs(x, targets, recipe.scaling(x)),
                level,
                (p, l) -> {
                    if (vectors[0]++ % (recipe.uploads() / 3) == 1) {
                        writing.add(alive());
                    }
                    return encryptor.encrypt(p.encoded(encoder, l));
                });
        RowAlgebras<Ciphertext> algebras = new RowAlgebras<>(
                new CkksSlotAlgebra(context, EvaluationKeys.none()),
                algebra(parameters.forwardContext(context), secret, RotationSteps.of(parameters.forwardSteps())),
                algebra(parameters.backwardContext(context), secret, RotationSteps.of(parameters.backwardSteps())));
        List<Long> reading = new ArrayList<>();
        long bytes;
        try (RowDataset blocks = RowDataset.open(folder, context, "memory", recipe, algebras.forward(), level)) {
            bytes = 2 * blocks.dataset().bytes(); // without seeds
            EncryptedDesign<Ciphertext> design = recipe.design(
                    algebras,
                    b -> {
                        if (b % 5 == 1) {
                            reading.add(alive());
                        }
                        return blocks.apply(b);
                    },
                    level);
            List<Ciphertext> weights = List.of(encryptor.encrypt(encoder.encode(new double[] {0.1}, level)));
            design.partial(IntStream.range(0, BLOCKS).boxed().toList(), weights, 1);
        }
        assertThat(bytes).isGreaterThan(60_000_000);
        assertThat(writing).hasSizeGreaterThanOrEqualTo(3);
        assertThat(reading).hasSize(3);
        assertThat(writing.get(2) - writing.get(0)).as("while it is written").isLessThan(bytes / 10);
        assertThat(reading.get(2) - reading.get(0)).as("while it is read").isLessThan(bytes / 10);
    }

    private static CkksSlotAlgebra algebra(CkksContext part, SecretKey secret, RotationSteps steps) {
        return new CkksSlotAlgebra(
                part, new KeyGenerator(part, RandomSource.seeded(3)).evaluationKeys(secret, steps, true));
    }
}
