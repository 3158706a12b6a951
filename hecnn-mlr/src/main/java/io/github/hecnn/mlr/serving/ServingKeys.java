package io.github.hecnn.mlr.serving;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.PublicKey;
import java.util.Objects;

/**
 * What the cloud needs to answer, made by {@link ServingOwner#keys} on {@link ServingParameters#context}. Nothing in it is secret.
 *
 * @param evaluation relinearisation, conjugation and {@link ServingParameters#rotationSteps}
 * @param publicKey for the noise of {@link AnswerKind#FLOODED} answers
 */
public record ServingKeys(EvaluationKeys evaluation, PublicKey publicKey) {
    /**
     * Puts them together.
     *
     * @param evaluation relinearisation, conjugation and {@link ServingParameters#rotationSteps}
     * @param publicKey for the noise of {@link AnswerKind#FLOODED} answers
     * @throws io.github.hecnn.ckks.error.MismatchException if they are of two key pairs
     */
    public ServingKeys {
        Objects.requireNonNull(evaluation, "evaluation");
        Objects.requireNonNull(publicKey, "publicKey");
        evaluation.keyPairId().with(publicKey.keyPairId(), "serving keys");
    }
}
