package io.github.hecnn.mlr.roles;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.exchange.JobWriter;
import io.github.hecnn.mlr.plan.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The owner's secret key: the only class of the roles that names one. Thread-safe. */
final class OwnerKeys {
    private final CkksContext context;
    private final CkksEncoder encoder;
    private final SecretKey secret;

    private OwnerKeys(CkksContext context, SecretKey secret) {
        this.context = context;
        this.secret = secret;
        encoder = new CkksEncoder(context);
    }

    /** A new secret key. */
    static OwnerKeys make(CkksContext context, RandomSource random) {
        return new OwnerKeys(context, new KeyGenerator(context, random.fork("secret-key")).secretKey());
    }

    /** The secret key of a file. */
    static OwnerKeys read(CkksContext context, Path file) throws IOException {
        return new OwnerKeys(context, new CkksSerializer(context).readSecretKey(file, SecretKey.Access.INTENDED));
    }

    /** Writes the secret key where nobody else may read it. */
    void write(JobWriter<?, ?> files) throws IOException {
        CkksSerializer serializer = new CkksSerializer(context);
        files.keep(
                OwnerFile.SECRET_KEY,
                serializer.wireBytes(secret),
                out -> serializer.write(out, secret, SecretKey.Access.INTENDED));
    }

    /** The keys that a training needs. */
    EvaluationKeys evaluationKeys(TrainingPlan plan, RandomSource random) {
        return new KeyGenerator(context, random.fork("evaluation-keys"))
                .evaluationKeys(secret, RotationSteps.of(plan.rotationSteps()), plan.needsConjugation());
    }

    List<Ciphertext> encrypt(List<PlainVector> inputs, RandomSource random) {
        Encryptor encryptor = Encryptor.withSecretKey(context, secret, random.fork("encryption"));
        List<Ciphertext> out = new ArrayList<>();
        for (PlainVector input : inputs) {
            out.add(encryptor.encrypt(input.encoded(encoder)));
        }
        return out;
    }

    List<PlainVector> decrypt(List<Ciphertext> ciphertexts) {
        Decryptor decryptor = new Decryptor(context, secret);
        List<PlainVector> out = new ArrayList<>();
        for (Ciphertext ciphertext : ciphertexts) {
            out.add(PlainVector.decoded(encoder, decryptor.decrypt(ciphertext)));
        }
        return out;
    }
}
