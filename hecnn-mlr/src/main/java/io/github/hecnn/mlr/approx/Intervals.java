package io.github.hecnn.mlr.approx;

/** The check of an interval, said the same way everywhere. */
final class Intervals {
    private Intervals() {}

    static void check(String operation, double lo, double hi) {
        if (!(lo < hi) || !Double.isFinite(lo) || !Double.isFinite(hi)) {
            throw new IllegalArgumentException(operation + ": expected a finite interval lo < hi, found [" + lo + ", "
                    + hi + "]; give a positive width");
        }
    }
}
