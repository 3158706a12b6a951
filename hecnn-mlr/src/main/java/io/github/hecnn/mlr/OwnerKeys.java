package io.github.hecnn.mlr;

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
import io.github.hecnn.mlr.plan.TrainingPlan;
import java.util.List;

/** The owner's side of a training in one process: its secret key, which never leaves this class. */
final class OwnerKeys {
    private final CkksContext context;
    private final CkksEncoder encoder;
    private final SecretKey secret;
    private final EvaluationKeys evaluationKeys;

    OwnerKeys(CkksContext context, TrainingPlan plan) {
        this.context = context;
        encoder = new CkksEncoder(context);
        KeyGenerator generator = new KeyGenerator(context);
        secret = generator.secretKey();
        evaluationKeys =
                generator.evaluationKeys(secret, RotationSteps.of(plan.rotationSteps()), plan.needsConjugation());
    }

    EvaluationKeys evaluationKeys() {
        return evaluationKeys;
    }

    List<Ciphertext> encrypt(List<PlainVector> inputs) {
        Encryptor encryptor = Encryptor.withSecretKey(context, secret);
        return inputs.stream().map(v -> encryptor.encrypt(v.encoded(encoder))).toList();
    }

    List<PlainVector> decrypt(List<Ciphertext> weights) {
        Decryptor decryptor = new Decryptor(context, secret);
        return weights.stream()
                .map(c -> PlainVector.decoded(encoder, decryptor.decrypt(c)))
                .toList();
    }
}
