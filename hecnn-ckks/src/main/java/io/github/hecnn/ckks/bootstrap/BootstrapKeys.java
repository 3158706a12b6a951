package io.github.hecnn.ckks.bootstrap;

import io.github.hecnn.ckks.keys.EncapsulationKeys;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyPairId;

/**
 * The public keys that bootstrapping needs; made by {@link BootstrapKeyGenerator}. The evaluation keys among them serve other operations, too:
 * {@link #evaluationKeys()}. Immutable and thread-safe.
 *
 * @param parametersId {@link BootstrapParameters#id()}
 * @param evaluationKeys relinearisation and rotation keys of the whole context
 * @param lowKeys rotation keys of {@link BootstrapParameters#lowContext}
 * @param encapsulationKeys to a sparse secret and back
 */
public record BootstrapKeys(
        long parametersId, EvaluationKeys evaluationKeys, EvaluationKeys lowKeys, EncapsulationKeys encapsulationKeys) {
    /**
     * Checks that all keys are of one key pair.
     *
     * @param parametersId see the component
     * @param evaluationKeys see the component
     * @param lowKeys see the component
     * @param encapsulationKeys see the component
     * @throws io.github.hecnn.ckks.error.MismatchException if they are not
     */
    public BootstrapKeys {
        evaluationKeys
                .keyPairId()
                .with(lowKeys.keyPairId(), "BootstrapKeys")
                .with(encapsulationKeys.keyPairId(), "BootstrapKeys");
    }

    /** {@return fingerprint of the key pair of the secret key that ciphertexts are under} */
    public KeyPairId keyPairId() {
        return evaluationKeys
                .keyPairId()
                .with(lowKeys.keyPairId(), "BootstrapKeys")
                .with(encapsulationKeys.keyPairId(), "BootstrapKeys");
    }

    /** {@return bytes of all residues in memory} */
    public long memoryBytes() {
        return evaluationKeys.memoryBytes() + lowKeys.memoryBytes() + encapsulationKeys.memoryBytes();
    }
}
