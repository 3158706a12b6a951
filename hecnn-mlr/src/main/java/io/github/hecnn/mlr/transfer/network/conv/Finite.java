package io.github.hecnn.mlr.transfer.network.conv;

/** Refusal of numbers that are not finite. */
final class Finite {
    private Finite() {}

    static void require(String what, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        what + ": expected finite numbers, found " + values[i] + " at " + i + "; correct that number");
            }
        }
    }
}
