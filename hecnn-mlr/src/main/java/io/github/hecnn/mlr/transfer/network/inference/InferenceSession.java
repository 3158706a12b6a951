package io.github.hecnn.mlr.transfer.network.inference;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.transfer.network.EncryptedNetwork;
import io.github.hecnn.mlr.transfer.network.OutputSanitizer;

/** A server's answers to one client, up to a number. The first one takes longer, because weights are encoded then. Not thread-safe. */
public final class InferenceSession {
    private final EncryptedNetwork network;
    private final CkksSlotAlgebra algebra;
    private final OutputSanitizer sanitizer;
    private final long mostAnswers;
    private long answered;

    InferenceSession(
            CkksContext context, EncryptedNetwork network, EvaluationKeys keys, PublicKey publicKey, long mostAnswers) {
        if (mostAnswers < 1) {
            throw new IllegalArgumentException("InferenceServer: expected at least 1 answer, found " + mostAnswers
                    + "; say how many ciphertexts a client may ask");
        }
        this.network = network;
        this.mostAnswers = mostAnswers;
        algebra = new CkksSlotAlgebra(context, keys);
        sanitizer = new OutputSanitizer(context, publicKey, InferenceParameters.DEVIATION, RandomSource.secure());
    }

    /**
     * Evaluates the network, re-randomises the result and floods its noise.
     *
     * @param query a client's, made for the profile; at the top level, canonical scale
     * @return the answer, of level 0 and its canonical scale
     * @throws io.github.hecnn.ckks.error.MismatchException if the query is of other parameters or keys
     * @throws io.github.hecnn.ckks.error.LevelException if it has too few levels
     * @throws io.github.hecnn.ckks.error.MissingKeyException without a key that the profile names
     * @throws InvalidParametersException if all answers that were allowed are given
     */
    public Ciphertext answer(Ciphertext query) {
        if (answered >= mostAnswers) {
            throw new InvalidParametersException("InferenceSession: expected at most " + mostAnswers
                    + " queries, found one more; open a session for more, if outputs may say so much of the network");
        }
        answered++;
        return sanitizer.sanitize(network.evaluate(algebra, query));
    }

    /** {@return ciphertexts that may still be answered} */
    public long answersLeft() {
        return mostAnswers - answered;
    }
}
