package io.github.hecnn.core.internal.kernel;

import io.github.hecnn.core.modular.Modulus;

/**
 * One target prime of a base extension. The arrays are shared with the caller and not copied.
 */
public final class BaseTarget {
    /** Canonical residues mod q: one for every term, then one for the rounded sum e. */
    public final double[] weights;

    /** The prime. */
    public final double q;

    /** 1.0/q rounded. */
    public final double qInv;

    /** Whether results may be up to {@link Residues#LAZY_SUM} times q in magnitude. */
    public final boolean lazy;

    /**
     * Creates a target whose results are canonical.
     *
     * @param weights canonical residues mod q: one for every term, then one for the rounded sum e
     * @param modulus the prime
     */
    public BaseTarget(double[] weights, Modulus modulus) {
        this(weights, modulus.asDouble(), modulus.inverse(), false);
    }

    private BaseTarget(double[] weights, double q, double qInv, boolean lazy) {
        this.weights = weights;
        this.q = q;
        this.qInv = qInv;
        this.lazy = lazy;
    }

    /**
     * The same target for a lazy transform that comes next.
     *
     * @return a target whose results need not be canonical, but are at most {@link Residues#LAZY_SUM} times q in magnitude
     */
    public BaseTarget lazy() {
        return new BaseTarget(weights, q, qInv, true);
    }
}
