package io.github.hecnn.mlr.recipe;

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
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.plan.TrainingRehearsal;
import io.github.hecnn.mlr.recipe.RecipeSimulation.Data;
import java.util.ArrayList;
import java.util.List;

/** Keys and uploads of one recipe, with the owner's own eyes. */
final class EncryptedRun {
    final TrainingRecipe recipe;
    final CkksContext context;
    final EvaluationKeys keys;
    final List<Ciphertext> uploads = new ArrayList<>();

    private final Decryptor decryptor;
    private final CkksEncoder encoder;
    private final ColumnScaling scaling;

    EncryptedRun(TrainingRecipe recipe, Data data, CkksParameters parameters) {
        this.recipe = recipe;
        context = CkksContext.create(parameters, WorkerPool.single());
        KeyGenerator generator = new KeyGenerator(context, RandomSource.reproducible(1));
        SecretKey secret = generator.secretKey();
        TrainingRehearsal needs = TrainingRehearsal.of(recipe);
        keys = generator.evaluationKeys(secret, RotationSteps.of(needs.counts().rotationSteps()), true);
        encoder = new CkksEncoder(context);
        decryptor = new Decryptor(context, secret);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret, RandomSource.reproducible(2));
        scaling = recipe.scaling(data.x());
        for (PlainVector v : recipe.encodeInputs(data.x(), data.labels(), scaling)) {
            uploads.add(encryptor.encrypt(v.encoded(encoder)));
        }
    }

    static CkksParameters parameters(int logN, int levels, SecurityLevel security) {
        return CkksParameters.builder()
                .logRingDegree(logN)
                .levels(levels)
                .scaleBits(40)
                .digits(3)
                .securityLevel(security)
                .build();
    }

    CkksSlotAlgebra algebra() {
        return new CkksSlotAlgebra(context, keys);
    }

    EncryptedDesign<Ciphertext> design(CkksSlotAlgebra algebra) {
        double first = EncryptedTraining.firstFactor(recipe.config(), 1, false);
        return recipe.design(algebra, uploads, first, TrainingListener.NONE);
    }

    double[][] decrypt(List<Ciphertext> weights) {
        List<PlainVector> slots = new ArrayList<>();
        weights.forEach(w -> slots.add(PlainVector.decoded(encoder, decryptor.decrypt(w))));
        return recipe.decodeWeights(slots, scaling);
    }
}
