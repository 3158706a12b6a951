package io.github.hecnn.core.internal.kernel;

/**
 * One target prime of a base extension. The arrays are shared with the caller and not copied.
 */
public final class BaseTarget {
    final double[] weights;
    final double q;
    final double qInv;

    /**
     * Creates a target.
     *
     * @param weights canonical residues mod q: one for every term, then one for the rounded sum e
     * @param q the prime
     * @param qInv 1.0/q rounded
     */
    public BaseTarget(double[] weights, double q, double qInv) {
        this.weights = weights;
        this.q = q;
        this.qInv = qInv;
    }
}
