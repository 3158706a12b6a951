package io.github.hecnn.mlr.plan;

/** What a process does for a training; each takes memory of its own. */
public enum PlanRole {
    /** The owner, trying a training on simulated slots: no key, no ciphertext. */
    REHEARSE,
    /** The owner, making keys and encrypting. */
    ENCRYPT,
    /** The cloud, training. */
    TRAIN,
    /** The owner, decrypting weights and holding them against a rehearsal with noise. */
    DECRYPT
}
