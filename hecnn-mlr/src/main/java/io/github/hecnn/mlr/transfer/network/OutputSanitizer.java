package io.github.hecnn.mlr.transfer.network;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.noise.NoiseFlooding;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.Objects;

/**
 * What a server does to an output before it leaves: down to level 0, where only the slots' values and the noise are left; plus a fresh
 * encryption under the client's public key, made one level up and rescaled so that it adds little noise of its own, which makes the
 * ciphertext's random part independent of the circuit; of Gaussian noise in all slots, which hides the noise that the circuit's
 * constants left behind (flooding).
 *
 * <p>How much that hides is a matter of the ratio between flooding and the circuit's own noise, both as deviations of slots:
 * {@link NoiseFlooding#divergence} bounds what a query leaks, {@link NoiseFlooding#distance} what many do. With a {@link NoiseFlooding}
 * the deviation follows from the statistical security and number of queries asked for, and no more queries are answered; with a bare deviation
 * it is the caller's to compare, and {@link CryptoTlParameters} says what its sets leave. Nothing here hides what the outputs themselves tell
 * about the network: enough queries with chosen inputs let a client learn a function close to it. Bound the number of queries.
 *
 * <p>Not thread-safe.
 */
public final class OutputSanitizer {
    /** Noise on every slot that keeps outputs within 1e-3: ten times that is never seen in practice. */
    public static final double DEVIATION = 1e-4;

    private final CkksContext context;
    private final Evaluator evaluator;
    private final CkksEncoder encoder;
    private final Encryptor encryptor;
    private final KeyPairId keyPairId;
    private final double deviation;
    private final RandomSource random;
    private final long queries;
    private long queriesLeft;

    /**
     * With noise from the system's secure source.
     *
     * @param context context of the ciphertexts
     * @param publicKey the client's
     * @param deviation of the noise added to every slot, positive; {@value #DEVIATION} is usual
     * @throws IllegalArgumentException if the deviation is not positive
     * @throws MismatchException if the key has other parameters
     * @throws InvalidParametersException if the parameters have level 0 only
     */
    public OutputSanitizer(CkksContext context, PublicKey publicKey, double deviation) {
        this(context, publicKey, deviation, RandomSource.secure());
    }

    /**
     * With a given source of randomness, which must be secret from the client except in tests: a secure one, or one that is
     * {@link RandomSource#reproducible reproducible} by name.
     *
     * @param context context of the ciphertexts
     * @param publicKey the client's
     * @param deviation of the noise added to every slot, positive
     * @param random source; not used by others meanwhile
     * @throws IllegalArgumentException if the deviation is not positive
     * @throws MismatchException if the key has other parameters
     * @throws InvalidParametersException if the parameters have level 0 only, or a security level while the source is one of
     *     {@link RandomSource#seeded}
     */
    public OutputSanitizer(CkksContext context, PublicKey publicKey, double deviation, RandomSource random) {
        this(context, publicKey, deviation, random, Long.MAX_VALUE);
    }

    private OutputSanitizer(
            CkksContext context, PublicKey publicKey, double deviation, RandomSource random, long queries) {
        if (!(deviation > 0 && deviation < 1e6)) {
            throw new IllegalArgumentException("OutputSanitizer: expected a positive deviation of the noise, found "
                    + deviation + "; " + DEVIATION + " is usual");
        }
        this.context = Objects.requireNonNull(context, "context");
        if (context.parameters().maxLevel() < 1) {
            throw new InvalidParametersException(
                    "OutputSanitizer: expected parameters of level 1 or more, found only" + " level 0; add a level");
        }
        this.random = Objects.requireNonNull(random, "random");
        context.requireRandomness(random, "OutputSanitizer");
        this.deviation = deviation;
        this.queries = queries;
        queriesLeft = queries;
        evaluator = new Evaluator(context, EvaluationKeys.none());
        encoder = new CkksEncoder(context);
        keyPairId = publicKey.keyPairId();
        encryptor = Encryptor.withPublicKey(context, publicKey, random.fork("encryption"));
    }

    /**
     * With as much noise as a statistical security asks for, for as many outputs as were promised.
     *
     * @param context context of the ciphertexts
     * @param publicKey the client's
     * @param flooding the circuit's error in a slot, the number of queries and the statistical security
     * @param random source, secret from the client except in tests; not used by others meanwhile
     * @return the sanitizer
     * @throws MismatchException if the key has other parameters
     * @throws InvalidParametersException if the parameters have level 0 only, or the flooding is for a smaller error than any ciphertext has
     * @throws ScaleException if the noise does not fit at level 0 or leaves no precision
     * @throws IllegalArgumentException if the noise would be of 10^6 or more
     */
    public static OutputSanitizer withFlooding(
            CkksContext context, PublicKey publicKey, NoiseFlooding flooding, RandomSource random) {
        CkksParameters p = context.parameters();
        flooding.requireFits("OutputSanitizer", context.capacity(), p.ringDegree(), 0, p.scale(0));
        return new OutputSanitizer(
                context, publicKey, flooding.slotDeviation(p.ringDegree()), random, flooding.queries());
    }

    /**
     * Makes an output fit to be sent.
     *
     * @param output two components, canonical scale of its level
     * @return the same slots up to the noise, level 0, canonical scale; independent randomness
     * @throws ScaleException if the scale is not canonical
     * @throws MismatchException for a ciphertext with other parameters, of another key pair than the public key, or with three components
     * @throws InvalidParametersException if all promised queries are used up
     */
    public Ciphertext sanitize(Ciphertext output) {
        context.require(output.parametersId(), "sanitize");
        keyPairId.with(output.keyPairId(), "sanitize");
        if (output.size() != 2) {
            throw new MismatchException("sanitize: expected a ciphertext of 2 components, found " + output.size()
                    + "; relinearize it first");
        }
        if (evaluator.scaleDegree(output) != 1) {
            throw new ScaleException(
                    "sanitize: expected scale degree 1, found " + evaluator.scaleDegree(output) + "; rescale it first");
        }
        if (queriesLeft == 0) {
            throw new InvalidParametersException("sanitize: expected at most " + queries
                    + " outputs, as was promised, found one more; make withFlooding for more queries from the start");
        }
        queriesLeft--;
        Ciphertext low = evaluator.dropToLevel(output, 0);
        int slots = context.parameters().slots();
        double[] re = new double[slots];
        double[] im = new double[slots];
        for (int i = 0; i < slots; i++) {
            // Box and Muller: two independent normal numbers from two uniform ones
            double radius = deviation * Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
            double angle = 2 * Math.PI * random.nextDouble();
            re[i] = radius * Math.cos(angle);
            im[i] = radius * Math.sin(angle);
        }
        double above = context.parameters().scale(1);
        return evaluator.add(low, evaluator.rescale(encryptor.encrypt(encoder.encode(re, im, 1, above * above))));
    }
}
