package io.github.hecnn.core.rns;

/** How the limbs of an {@link RnsPolynomial} are to be read. */
public enum Domain {
    /** Entry {@code j} of a limb is the coefficient of X^j. */
    COEFFICIENT,
    /**
     * Entry {@code p} of a limb is the value at the root whose exponent is {@link
     * io.github.hecnn.core.ntt.NegacyclicNtt#exponentAt}; products are element-wise.
     */
    NTT
}
