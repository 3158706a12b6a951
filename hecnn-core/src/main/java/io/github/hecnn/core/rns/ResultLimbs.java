package io.github.hecnn.core.rns;

/** Where the limbs of results come from: new arrays, arrays of the buffers, or those of polynomials that exist. Thread-safe. */
final class ResultLimbs {
    private final LimbBuffers buffers;
    private final int degree;
    private final boolean recycled;
    private final RnsPolynomial[] targets; // null where there are none

    private ResultLimbs(LimbBuffers buffers, int degree, boolean recycled, RnsPolynomial[] targets) {
        this.buffers = buffers;
        this.degree = degree;
        this.recycled = recycled;
        this.targets = targets;
    }

    static ResultLimbs allocated(LimbBuffers buffers, int degree) {
        return new ResultLimbs(buffers, degree, false, null);
    }

    ResultLimbs recycling() {
        return recycled ? this : new ResultLimbs(buffers, degree, true, null);
    }

    ResultLimbs into(RnsPolynomial... results) {
        return new ResultLimbs(buffers, degree, recycled, results.clone());
    }

    boolean isRecycling() {
        return recycled;
    }

    /** Refuses polynomials that exist if they are not as many as there will be results, or on another basis. */
    void require(int count, RnsBasis basis) {
        if (targets == null) {
            return;
        }
        boolean fits = targets.length == count;
        for (int k = 0; fits && k < count; k++) {
            fits = targets[k].basis().equals(basis);
        }
        if (!fits) {
            throw new IllegalArgumentException("into: expected as many polynomials as the operation has results, "
                    + count + " on " + basis + ", found " + targets.length + ", the first on " + targets[0].basis());
        }
    }

    /** A limb of result k, to be overwritten. */
    double[] limb(int k, int i) {
        if (targets != null) {
            return targets[k].limb(i);
        }
        return recycled ? buffers.borrow() : new double[degree];
    }

    /** Results in limbs of {@link #limb}, [result][limb]. */
    RnsPolynomial[] wrap(RnsBasis basis, Domain domain, double[][]... limbs) {
        if (targets != null) {
            return targets;
        }
        RnsPolynomial[] out = new RnsPolynomial[limbs.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = RnsPolynomial.wrap(basis, domain, limbs[k], recycled ? new Lease(buffers, limbs[k]) : null);
        }
        return out;
    }
}
