package io.github.hecnn.mlr.transfer.network;

/** Refusals shared by the layers. */
final class LayerChecks {
    private LayerChecks() {}

    static void finite(String what, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        what + ": expected finite numbers, found " + values[i] + " at " + i + "; correct that number");
            }
        }
    }

    static void length(String what, int expected, int found) {
        if (expected != found) {
            throw new IllegalArgumentException(what + ": expected an input of length " + expected + ", found " + found
                    + "; pass what the layer was made for");
        }
    }
}
