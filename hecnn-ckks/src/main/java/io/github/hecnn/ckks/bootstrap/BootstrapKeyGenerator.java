package io.github.hecnn.ckks.bootstrap;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Makes {@link BootstrapKeys}: the one class here that sees a secret key. Thread-safe. */
public final class BootstrapKeyGenerator {
    private final CkksContext context;
    private final BootstrapParameters parameters;
    private final RandomSource random;

    /**
     * Keys from the platform's secure randomness.
     *
     * @param context context of {@link BootstrapParameters#ckksParameters()}
     * @param parameters how ciphertexts will be bootstrapped
     * @throws MismatchException if the context has other parameters
     */
    public BootstrapKeyGenerator(CkksContext context, BootstrapParameters parameters) {
        this(context, parameters, RandomSource.secure());
    }

    /**
     * Keys from given randomness.
     *
     * @param context context of {@link BootstrapParameters#ckksParameters()}
     * @param parameters how ciphertexts will be bootstrapped
     * @param random source of all randomness, advanced by every call: secure, or {@link RandomSource#reproducible reproducible} by name
     * @throws MismatchException if the context has other parameters
     * @throws InvalidParametersException if the parameters have a security level and the source is one of {@link RandomSource#seeded}
     */
    public BootstrapKeyGenerator(CkksContext context, BootstrapParameters parameters, RandomSource random) {
        context.require(parameters.ckksParameters().id(), "BootstrapKeyGenerator");
        context.requireRandomness(random, "BootstrapKeyGenerator");
        this.context = context;
        this.parameters = parameters;
        this.random = random;
    }

    /**
     * All keys. The sparse secret is sampled here and forgotten.
     *
     * @param secretKey secret key of the ciphertexts
     * @return the keys
     * @throws MismatchException if the secret key has other parameters
     * @throws InvalidParametersException if the sparse secret would not be safe at these parameters
     */
    public BootstrapKeys keys(SecretKey secretKey) {
        return keys(secretKey, made -> {});
    }

    /** {@return how many keys of automorphisms {@link #keys} makes} */
    public int count() {
        BootstrapPlan plan = parameters.plan();
        return plan.rotations().size() + 1 + plan.lowRotations().size();
    }

    /**
     * {@return the same, telling how many of {@link #count} are made}
     *
     * @param secretKey secret key of the ciphertexts
     * @param made hears 1, 2, and so on, after each key, in the thread of the caller
     * @throws MismatchException if the secret key has other parameters
     * @throws InvalidParametersException if the sparse secret would not be safe at these parameters
     */
    public BootstrapKeys keys(SecretKey secretKey, IntConsumer made) {
        context.requireRoot(secretKey.parametersId(), "BootstrapKeyGenerator");
        BootstrapPlan plan = parameters.plan();
        KeyGenerator whole = new KeyGenerator(context, random);
        List<RotationKey> rotations = new ArrayList<>();
        for (int steps : plan.rotations()) {
            rotations.add(whole.rotationKey(secretKey, steps));
            made.accept(rotations.size());
        }
        rotations.add(whole.rotationAndConjugationKey(secretKey, plan.pendingAfterCoeffsToSlots()));
        made.accept(rotations.size());
        EvaluationKeys keys = EvaluationKeys.of(whole.relinearizationKey(secretKey), rotations);
        KeyGenerator low = new KeyGenerator(parameters.lowContext(context), random);
        List<RotationKey> lowRotations = new ArrayList<>();
        for (int steps : plan.lowRotations()) {
            lowRotations.add(low.rotationKey(secretKey, steps));
            made.accept(rotations.size() + lowRotations.size());
        }
        return new BootstrapKeys(
                parameters.id(),
                keys,
                EvaluationKeys.of(null, lowRotations),
                whole.encapsulationKeys(secretKey, plan.ephemeralWeight()));
    }
}
