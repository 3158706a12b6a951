package io.github.hecnn.mlr.serving;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What owner and cloud both know of a model.
 *
 * @param modelId names it, 1 to 40 letters, digits and -; queries to another model are refused
 * @param weightNorm bound of the Euclidean norm of the weights of every class in the units of the ciphertexts, positive. It keeps scores
 *     within the modulus. A power of two tells little of the weights
 * @param merged whether all groups of classes travel in one ciphertext, as after a training
 */
public record PublicProfile(String modelId, double weightNorm, boolean merged) {
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,40}");

    /**
     * Checks both.
     *
     * @param modelId names it, 1 to 40 letters, digits and -; queries to another model are refused
     * @param weightNorm bound of the Euclidean norm of the weights of every class in the units of the ciphertexts, positive. It keeps scores
     *     within the modulus. A power of two tells little of the weights
     * @param merged whether all groups of classes travel in one ciphertext, as after a training
     * @throws IllegalArgumentException if the name has other characters, or the norm is not positive and finite
     */
    public PublicProfile {
        if (!ID.matcher(Objects.requireNonNull(modelId, "modelId")).matches()) {
            throw new IllegalArgumentException("model: expected a name of 1 to 40 letters, digits and -, found '"
                    + modelId.replaceAll("\\p{Cntrl}", " ") + "'; choose another");
        }
        if (!(weightNorm > 0 && weightNorm < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("model: expected a positive bound of the norm of its weights, found "
                    + weightNorm + "; take QueryProfile.of");
        }
    }

    /**
     * The power of two that weights are multiplied with: when they are of about the size of features both get the same share of the modulus, and noise
     * is least.
     */
    int liftBits(ServingParameters parameters) {
        if (parameters.kind() == AnswerKind.PLAIN) {
            return 0;
        }
        double even = Math.sqrt(parameters.scoreBound() / (2 * split(parameters)));
        return Math.max(0, (int) Math.floor(Math.log(even / weightNorm) / Math.log(2)));
    }

    /** What taking groups apart multiplies them with. */
    private int split(ServingParameters parameters) {
        return merged ? parameters.layout().mergedPeriod() / parameters.layout().period() : 1;
    }

    /** Bound of the norm of the weights where they meet queries. */
    double liftedNorm(ServingParameters parameters) {
        return weightNorm * split(parameters) * Math.scalb(1.0, liftBits(parameters));
    }

    /** Norm of the features of a query in the units of the ciphertexts, for scores up to the bound: the circuit gives twice the product. */
    double queryNorm(ServingParameters parameters) {
        return parameters.scoreBound() / (2 * liftedNorm(parameters));
    }
}
