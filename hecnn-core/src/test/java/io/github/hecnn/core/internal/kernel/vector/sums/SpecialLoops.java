package io.github.hecnn.core.internal.kernel.vector.sums;

/** Lets tests of other packages choose between general and special loops. */
public final class SpecialLoops {
    private SpecialLoops() {}

    /** Every special loop takes this many coefficients at the most from now on. */
    public static void forceShare(int coefficients) {
        SpecialLoop.forceShare(coefficients);
    }

    /** As it was. */
    public static void unforce() {
        SpecialLoop.unforce();
    }
}
