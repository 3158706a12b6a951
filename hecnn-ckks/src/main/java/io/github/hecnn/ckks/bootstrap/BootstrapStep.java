package io.github.hecnn.ckks.bootstrap;

/** The steps of a refresh, in their order; each is reported when it is done. */
public enum BootstrapStep {
    /** Slots have become coefficients. */
    SLOTS_TO_COEFFS,
    /** The modulus is raised. */
    MOD_RAISE,
    /** Coefficients have become slots. */
    COEFFS_TO_SLOTS,
    /** The multiples of q(0) are taken out: the result is there. */
    MODULAR_REDUCTION
}
