package io.github.hecnn.ckks.keys;

/**
 * The two keys of sparse-secret encapsulation (Bossuat, Troncoso-Pastoriza, Hubaux, ia.cr/2022/024): from the secret key to a sparse one
 * and back. Between them a ciphertext of level 0 is raised to the whole modulus, and what has to be taken out afterwards, the multiples of
 * q(0), is as small as the sparse secret. That secret exists only while these keys are made.
 *
 * <p><b>Security.</b> A sparse secret is safe only under a small modulus. The key to it exists modulo q(0) and one special prime alone,
 * whatever the parameters are; the key back is encrypted under the dense secret, modulo Q*P as every other key. Immutable and thread-safe.
 *
 * @param parametersId id of the parameter set
 * @param keyPairId fingerprint of the dense key pair
 * @param hammingWeight entries of the sparse secret that are not zero
 * @param toSparse from the secret key to the sparse one, of {@link io.github.hecnn.ckks.params.CkksContext#encapsulationContext()}
 * @param toDense from the sparse secret to the secret key, of the whole context
 */
public record EncapsulationKeys(
        long parametersId, KeyPairId keyPairId, int hammingWeight, SwitchingKey toSparse, SwitchingKey toDense) {
    /** The smallest weight that is safe, with {@link #MOST_LOG_MODULUS} and {@link #LEAST_LOG_RING_DEGREE}. */
    static final int LEAST_WEIGHT = 32;

    /** Bits of q(0) times a special prime: Lattigo states more than 128 bits of security for 121 at N = 2^16 with weight 32. */
    static final double MOST_LOG_MODULUS = 121;

    static final int LEAST_LOG_RING_DEGREE = 16;

    /** {@return bytes of the residues in memory} */
    public long memoryBytes() {
        return toSparse.memoryBytes() + toDense.memoryBytes();
    }
}
