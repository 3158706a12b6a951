package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.ckks.bootstrap.BootstrapKeyGenerator;
import io.github.hecnn.ckks.bootstrap.BootstrapKeys;
import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
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
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.serving.QueryProfile;
import io.github.hecnn.mlr.serving.ServingOwner;
import io.github.hecnn.mlr.serving.ServingParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BiFunction;

/** The owner's secret key: the only class of these roles that names one. Thread-safe. */
final class LongOwnerKeys {
    private final CkksContext context;
    private final CkksEncoder encoder;
    private final SecretKey secret;

    private LongOwnerKeys(CkksContext context, SecretKey secret) {
        this.context = context;
        this.secret = secret;
        encoder = new CkksEncoder(context);
    }

    /** A new secret key. */
    static LongOwnerKeys make(CkksContext context, RandomSource random) {
        return new LongOwnerKeys(context, new KeyGenerator(context, random.fork("secret-key")).secretKey());
    }

    /** The secret key of a file. */
    static LongOwnerKeys read(CkksContext context, Path file) throws IOException {
        return new LongOwnerKeys(context, new CkksSerializer(context).readSecretKey(file, SecretKey.Access.INTENDED));
    }

    /** Writes the secret key where nobody else may read it. */
    void keep(JobWriter<?, ?> files) throws IOException {
        CkksSerializer serializer = new CkksSerializer(context);
        files.keep(
                LongOwnerFile.SECRET_KEY,
                serializer.wireBytes(secret),
                out -> serializer.write(out, secret, SecretKey.Access.INTENDED));
    }

    /** Makes and writes the keys of the cloud, one bundle in memory at a time; returns their bytes. */
    long share(JobWriter<?, ?> files, RowParameters parameters, RandomSource random) throws IOException {
        long bytes = share(
                files,
                LongFiles.FORWARD_KEYS,
                parameters.forwardContext(context),
                RotationSteps.of(parameters.forwardSteps()),
                random.fork("forward-keys"));
        bytes += share(
                files,
                LongFiles.BACKWARD_KEYS,
                parameters.backwardContext(context),
                RotationSteps.of(parameters.backwardSteps()),
                random.fork("backward-keys"));
        BootstrapParameters boot = parameters.bootstrap();
        BootstrapKeys keys = new BootstrapKeyGenerator(context, boot, random.fork("bootstrap-keys")).keys(secret);
        CkksSerializer serializer = new CkksSerializer(context);
        long size = serializer.wireBytes(boot, keys);
        files.share(LongFiles.BOOTSTRAP_KEYS, size, out -> serializer.write(out, boot, keys));
        return bytes + size;
    }

    private long share(JobWriter<?, ?> files, String name, CkksContext part, RotationSteps steps, RandomSource random)
            throws IOException {
        EvaluationKeys keys = new KeyGenerator(part, random).evaluationKeys(secret, steps, true);
        CkksSerializer serializer = new CkksSerializer(part);
        long size = serializer.wireBytes(keys);
        files.share(name, size, out -> serializer.write(out, keys));
        return size;
    }

    /** The owner as one who asks. */
    ServingOwner serving(ServingParameters parameters, QueryProfile profile) {
        return ServingOwner.of(context, parameters, profile, secret);
    }

    /** Encrypts a vector at a level. */
    BiFunction<PlainVector, Integer, Ciphertext> encryption(RandomSource random) {
        Encryptor encryptor = Encryptor.withSecretKey(context, secret, random.fork("encryption"));
        return (vector, level) -> encryptor.encrypt(vector.encoded(encoder, level));
    }

    PlainVector decrypt(Ciphertext ciphertext) {
        return PlainVector.decoded(encoder, new Decryptor(context, secret).decrypt(ciphertext));
    }
}
