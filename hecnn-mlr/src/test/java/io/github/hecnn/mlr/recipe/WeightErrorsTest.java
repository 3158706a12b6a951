package io.github.hecnn.mlr.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.plan.TrainingRehearsal;
import io.github.hecnn.mlr.recipe.RecipeSimulation.Data;
import io.github.hecnn.mlr.recipe.packed.PackedRecipe;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The predicted errors of trained weights against an encrypted training, all roles in one place. */
class WeightErrorsTest {
    /** Encrypted weights of all iterations. */
    private static List<double[][]> encrypted(TrainingRecipe recipe, CkksParameters parameters, Data data) {
        CkksContext context = CkksContext.create(parameters);
        KeyGenerator generator = new KeyGenerator(context, RandomSource.reproducible(1));
        SecretKey secret = generator.secretKey();
        TrainingRehearsal needs = TrainingRehearsal.of(recipe);
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(
                context,
                generator.evaluationKeys(secret, RotationSteps.of(needs.counts().rotationSteps()), true));
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret, RandomSource.reproducible(2));
        Decryptor decryptor = new Decryptor(context, secret);
        List<Ciphertext> uploads = new ArrayList<>();
        for (PlainVector v : recipe.encodeInputs(data.x(), data.labels(), recipe.scaling(data.x()))) {
            uploads.add(encryptor.encrypt(v.encoded(encoder)));
        }
        List<double[][]> out = new ArrayList<>();
        for (List<Ciphertext> weights : recipe.train(algebra, uploads, r -> {})) {
            List<PlainVector> slots = new ArrayList<>();
            weights.forEach(w -> slots.add(PlainVector.decoded(encoder, decryptor.decrypt(w))));
            out.add(recipe.decodeWeights(slots, recipe.scaling(data.x())));
        }
        return out;
    }

    private static double rootMeanSquare(double[][] a, double[][] minus) {
        double squares = 0;
        int count = 0;
        for (int c = 0; c < a.length; c++) {
            for (int u = 0; u < a[c].length; u++) {
                double e = a[c][u] - (minus == null ? 0 : minus[c][u]);
                squares += e * e;
                count++;
            }
        }
        return Math.sqrt(squares / count);
    }

    private static void check(TrainingRecipe recipe, CkksParameters parameters) {
        MlrConfig config = recipe.config();
        Data data = RecipeSimulation.data(config.samples(), config.features(), config.classes(), 7);
        List<double[][]> predicted =
                recipe.predictedWeightErrors(NoiseModel.ofSecretKeyEncryption(parameters), data.x(), data.labels(), 4);
        List<double[][]> plain = PlainTrainer.train(data.x(), data.labels(), config);
        List<double[][]> encrypted = encrypted(recipe, parameters, data);
        assertThat(predicted).hasSize(config.iterations());
        for (int t = 0; t < predicted.size(); t++) {
            double measured = rootMeanSquare(encrypted.get(t), plain.get(t));
            double expected = rootMeanSquare(predicted.get(t), null);
            assertThat(measured / expected)
                    .as("iteration %d: measured %s, predicted %s", t + 1, measured, expected)
                    .isBetween(1 / 1.2, 1.2);
        }
    }

    private static CkksParameters parameters(int logN, int levels, SecurityLevel security) {
        return CkksParameters.builder()
                .logRingDegree(logN)
                .levels(levels)
                .scaleBits(40)
                .digits(2)
                .securityLevel(security)
                .build();
    }

    @Test
    void ofTheFastRecipe() {
        PackedRecipe recipe = PackedRecipe.of(MlrConfig.of(64, 101, 10, 2), 1 << 11);
        check(recipe, parameters(12, recipe.levels(), SecurityLevel.NONE));
    }

    @Test
    @Tag("slow")
    void ofTheFastRecipeOfMnist() {
        PackedRecipe recipe = PackedRecipe.of(MlrConfig.of(128, 393, 10, 2), 1 << 13);
        check(recipe, parameters(14, recipe.levels(), SecurityLevel.NONE));
    }
}
