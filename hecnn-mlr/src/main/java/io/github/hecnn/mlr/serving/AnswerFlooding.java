package io.github.hecnn.mlr.serving;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.noise.NoiseFlooding;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.Locale;

/**
 * The end of a {@link AnswerKind#FLOODED} answer: plus an encryption of Gaussian noise under the public key, which makes its random part independent of
 * the computation and hides the noise of that, and then down to level 0. The division comes last, when there is nothing left to hide, so what it rounds
 * costs no security. Thread-safe.
 */
final class AnswerFlooding {
    /** Level at which noise is added. */
    private static final int LEVEL = 1;

    /** Of scores there should be left at least 4 bits. */
    private static final double MOST_PART = 1.0 / 16;

    private final ServingParameters parameters;
    private final NoiseFlooding flooding;
    private final double deviation;
    private final CkksEncoder encoder;
    private final Encryptor encryptor;
    private final Evaluator evaluator;
    private final RandomSource random; // guarded by itself
    private long left; // guarded by this

    AnswerFlooding(
            ServingParameters parameters,
            CkksContext context,
            PublicKey publicKey,
            NoiseFlooding flooding,
            RandomSource random) {
        if (parameters.kind() != AnswerKind.FLOODED) {
            throw new IllegalArgumentException("flooding: expected parameters for FLOODED answers, found those for "
                    + parameters.kind() + "; make them with AnswerKind.FLOODED");
        }
        context.requireRandomness(random, "flooding");
        this.parameters = parameters;
        this.flooding = flooding;
        this.random = random;
        deviation = flooding.slotDeviation(parameters.parameters().ringDegree());
        if (!(deviation <= MOST_PART * parameters.scoreBound())) {
            throw new ScaleException(String.format(
                    Locale.ROOT,
                    "flooding: expected noise that leaves 4 bits of scores, found only %.1f; ask for fewer statisticalBits"
                            + " than %d, promise fewer answers than %d, or have the model encrypted with ServingOwner.encrypt",
                    Math.log(parameters.scoreBound() / deviation) / Math.log(2),
                    flooding.statisticalBits(),
                    flooding.queries()));
        }
        encoder = new CkksEncoder(context);
        encryptor = Encryptor.withPublicKey(context, publicKey, random.fork("flooding encryption"));
        evaluator = new Evaluator(context, EvaluationKeys.none());
        left = flooding.queries();
    }

    /** Deviation of what is added to a slot, at level 0. */
    double lastDeviation() {
        return deviation * parameters.lastFactor();
    }

    synchronized long left() {
        return left;
    }

    /** Takes so many answers of those that were promised. */
    synchronized void take(int answers) {
        if (answers > left) {
            throw new InvalidParametersException("answer: expected at most " + left + " ciphertexts more of the "
                    + flooding.queries() + " that the flooding is for, found " + answers
                    + "; use CloudPredictor.flooding for more answers from the start");
        }
        left -= answers;
    }

    /** A flooded answer at level 0, from one at level 1. */
    Ciphertext apply(Ciphertext answer) {
        int slots = parameters.parameters().slots();
        double[] re = new double[slots];
        double[] im = new double[slots];
        synchronized (random) {
            for (int i = 0; i < slots; i++) {
                // Box and Muller: two independent normal numbers from two uniform ones
                double radius = deviation * Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
                double angle = 2 * Math.PI * random.nextDouble();
                re[i] = radius * Math.cos(angle);
                im[i] = radius * Math.sin(angle);
            }
        }
        Ciphertext noisy = evaluator.add(answer, encryptor.encrypt(encoder.encode(re, im, LEVEL)));
        return evaluator.rescale(evaluator.multiplyConstant(noisy, parameters.lastFactor()));
    }
}
