package io.github.hecnn.ckks.bootstrap;

import io.github.hecnn.core.rns.RnsPolynomial;

/**
 * Two polynomials c0 + c1 s under any scale, at any level of the chain: what a ciphertext is between the steps of bootstrapping.
 *
 * @param c0 first component, NTT domain
 * @param c1 second component
 * @param scale factor between slots and values
 */
record ScaledCiphertext(RnsPolynomial c0, RnsPolynomial c1, double scale) {
    int level() {
        return c0.size() - 1;
    }

    /** The same polynomials: releasing one releases the other. */
    ScaledCiphertext withScale(double other) {
        return new ScaledCiphertext(c0, c1, other);
    }

    /** Gives borrowed limbs back. */
    void release() {
        c0.release();
        c1.release();
    }
}
