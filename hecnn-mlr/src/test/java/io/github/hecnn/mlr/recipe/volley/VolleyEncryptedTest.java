package io.github.hecnn.mlr.recipe.volley;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
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
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.RecipeSimulation;
import io.github.hecnn.mlr.recipe.RecipeSimulation.Data;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The paper's recipe on real ciphertexts of a toy ring, with exactly the levels and keys of its rehearsal. */
class VolleyEncryptedTest {
    @Test
    void agreesWithThePlainTrainerAndWithThePlan() {
        MlrConfig config = MlrConfig.builder(60, 21, 3, 2).initialWeight(0.0128).build();
        VolleyRecipe recipe = VolleyRecipe.of(config, 1 << 10);
        TrainingRehearsal rehearsal = TrainingRehearsal.of(recipe);
        CkksContext context = CkksContext.create(CkksParameters.builder()
                .logRingDegree(11)
                .levels(rehearsal.levels())
                .scaleBits(40)
                .digits(3)
                .securityLevel(SecurityLevel.NONE)
                .build());
        KeyGenerator generator = new KeyGenerator(context, RandomSource.reproducible(1));
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(
                secret, RotationSteps.of(rehearsal.counts().rotationSteps()), true);
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, keys);
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret, RandomSource.reproducible(2));
        Decryptor decryptor = new Decryptor(context, secret);

        Data data = RecipeSimulation.data(config.samples(), config.features(), config.classes(), 3);
        int top = context.parameters().maxLevel();
        List<Ciphertext> uploads = new ArrayList<>();
        for (PlainVector v : recipe.encodeInputs(data.x(), data.labels(), recipe.scaling(data.x()))) {
            double[] re = new double[v.size()];
            double[] im = new double[v.size()];
            for (int i = 0; i < re.length; i++) {
                re[i] = v.re(i);
                im[i] = v.im(i);
            }
            uploads.add(encryptor.encrypt(
                    encoder.encode(re, im, top, context.parameters().scale(top))));
        }
        List<double[][]> trained = new ArrayList<>();
        for (List<Ciphertext> weights : recipe.train(algebra, uploads, TrainingListener.NONE)) {
            double[] slots = encoder.decode(decryptor.decrypt(weights.get(0)));
            trained.add(recipe.decodeWeights(List.of(PlainVector.real(slots)), recipe.scaling(data.x())));
        }
        List<double[][]> plain = PlainTrainer.train(data.x(), data.labels(), config);
        assertThat(RecipeSimulation.largestDifference(plain, trained)).isLessThan(1e-6);
        assertThat(algebra.counts()).isEqualTo(rehearsal.counts());
    }
}
