package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.ckks.bootstrap.BootstrapKeyGenerator;
import io.github.hecnn.ckks.bootstrap.BootstrapKeys;
import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.exchange.JobWriter;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.roles.RoleListener;
import io.github.hecnn.mlr.roles.secret.OwnerSecret;
import io.github.hecnn.mlr.serving.QueryProfile;
import io.github.hecnn.mlr.serving.ServingOwner;
import io.github.hecnn.mlr.serving.ServingParameters;
import java.io.IOException;
import java.util.function.IntConsumer;

/** What the owner makes with its secret key for others: the cloud's keys, and an owner who asks. Thread-safe. */
final class LongOwnerKeys {
    /** The keys of relinearisation and conjugation. */
    private static final int WITHOUT_STEP = 2;

    private final CkksContext context;
    private final OwnerSecret secret;

    LongOwnerKeys(CkksContext context, OwnerSecret secret) {
        this.context = context;
        this.secret = secret;
    }

    /** Makes and writes the keys of the cloud, one bundle in memory at a time; returns their bytes. */
    long share(JobWriter<?, ?> files, RowParameters parameters, RandomSource random, RoleListener listener)
            throws IOException {
        BootstrapParameters boot = parameters.bootstrap();
        BootstrapKeyGenerator refreshing = new BootstrapKeyGenerator(context, boot, random.fork("bootstrap-keys"));
        RotationSteps forward = RotationSteps.of(parameters.forwardSteps());
        RotationSteps backward = RotationSteps.of(parameters.backwardSteps());
        int first = forward.asSet().size() + WITHOUT_STEP;
        int second = first + backward.asSet().size() + WITHOUT_STEP;
        int all = second + refreshing.count();
        long bytes = share(
                files,
                LongFiles.FORWARD_KEYS,
                parameters.forwardContext(context),
                forward,
                random.fork("forward-keys"),
                made -> listener.counted("key", made, all));
        bytes += share(
                files,
                LongFiles.BACKWARD_KEYS,
                parameters.backwardContext(context),
                backward,
                random.fork("backward-keys"),
                made -> listener.counted("key", first + made, all));
        BootstrapKeys keys = refreshing.keys(secret.key(), made -> listener.counted("key", second + made, all));
        CkksSerializer serializer = new CkksSerializer(context);
        long size = serializer.wireBytes(boot, keys);
        files.share(LongFiles.BOOTSTRAP_KEYS, size, out -> serializer.write(out, boot, keys));
        return bytes + size;
    }

    private long share(
            JobWriter<?, ?> files,
            String name,
            CkksContext part,
            RotationSteps steps,
            RandomSource random,
            IntConsumer made)
            throws IOException {
        EvaluationKeys keys = secret.evaluationKeys(part, steps, true, random, made);
        CkksSerializer serializer = new CkksSerializer(part);
        long size = serializer.wireBytes(keys);
        files.share(name, size, out -> serializer.write(out, keys));
        return size;
    }

    /** The owner as one who asks. */
    ServingOwner serving(ServingParameters parameters, QueryProfile profile) {
        return ServingOwner.of(context, parameters, profile, secret.key());
    }
}
