package io.github.hecnn.mlr.serving;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.Evaluator;
import java.util.List;
import java.util.Objects;

/**
 * Encrypted weights. Nothing here can decrypt them: {@link #ofTraining} takes those of a training as they are, {@link ServingOwner#encrypt} and
 * {@link QueryProfile#encrypt} make some from a model in the clear. Immutable and thread-safe.
 */
public final class EncryptedModel {
    private final ServingParameters parameters;
    private final String id;
    private final int liftBits;
    private final List<Ciphertext> weights;

    private EncryptedModel(ServingParameters parameters, String id, int liftBits, List<Ciphertext> weights) {
        this.parameters = parameters;
        this.id = id;
        this.liftBits = liftBits;
        this.weights = weights;
    }

    /**
     * Weights of a training that goes through refreshes: all groups of classes in one ciphertext, which is brought down to the level of serving.
     *
     * @param context context of {@link ServingParameters#parameters}
     * @param parameters of serving
     * @param profile what its owner says of it
     * @param weights of {@link io.github.hecnn.mlr.recipe.EncryptedTraining#weights}, canonical scale
     * @return the model
     * @throws IllegalArgumentException if it is not one ciphertext, or one of a lower level
     * @throws io.github.hecnn.ckks.error.HeException if it is of other parameters or another scale
     */
    public static EncryptedModel ofTraining(
            CkksContext context, ServingParameters parameters, PublicProfile profile, List<Ciphertext> weights) {
        if (weights.size() != 1) {
            throw new IllegalArgumentException("serving: expected the weights of a training in 1 ciphertext, found "
                    + weights.size() + "; take EncryptedTraining.weights of a state after the first iteration");
        }
        if (weights.get(0).level() < parameters.level()) {
            throw new IllegalArgumentException("serving: expected weights of level " + parameters.level()
                    + " or more for " + parameters.kind() + " answers, found "
                    + weights.get(0).level()
                    + "; take those of a training with refreshes, or AnswerKind.PLAIN");
        }
        Ciphertext low = new Evaluator(context, EvaluationKeys.none()).dropToLevel(weights.get(0), parameters.level());
        return of(parameters, profile.modelId(), profile.liftBits(parameters), List.of(low));
    }

    /** Weights at the level of serving, the groups apart or all in one. */
    static EncryptedModel of(ServingParameters parameters, String id, int liftBits, List<Ciphertext> weights) {
        int groups = parameters.layout().groups();
        if (weights.size() != 1 && weights.size() != groups) {
            throw new IllegalArgumentException("serving: expected weights of " + groups
                    + " groups of classes, or all in 1 ciphertext, found " + weights.size()
                    + "; have the model encrypted for these parameters (ServingOwner.encrypt)");
        }
        for (Ciphertext w : weights) {
            if (w.level() != parameters.level() || w.size() != 2) {
                throw new IllegalArgumentException("serving: expected weights of 2 components at level "
                        + parameters.level() + ", found " + w.size() + " at level " + w.level()
                        + "; have the model encrypted for these parameters (ServingOwner.encrypt)");
            }
        }
        return new EncryptedModel(parameters, Objects.requireNonNull(id, "id"), liftBits, List.copyOf(weights));
    }

    /** {@return what it takes to serve it} */
    public ServingParameters parameters() {
        return parameters;
    }

    /** {@return names the model: queries and answers carry it, too} */
    public String id() {
        return id;
    }

    /** {@return the weights at the level of serving and its canonical scale, one ciphertext for each group of classes, or a single one of all} */
    public List<Ciphertext> weights() {
        return weights;
    }

    /** The power of two that weights are multiplied with before they meet queries, so that noise of key switching is small against them. */
    int liftBits() {
        return liftBits;
    }

    /** Whether the groups of classes have to be taken apart. */
    boolean merged() {
        return weights.size() < parameters.layout().groups();
    }

    @Override
    public String toString() {
        return "encrypted model " + id + ", " + parameters;
    }
}
