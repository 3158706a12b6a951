package io.github.hecnn.examples.mnist;

import io.github.hecnn.ckks.circuit.PlainVector;

/** Parts of slot vectors as arrays. */
final class SlotVectors {
    private SlotVectors() {}

    static double[] real(PlainVector vector) {
        double[] out = new double[vector.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = vector.re(i);
        }
        return out;
    }

    static double[] imaginary(PlainVector vector) {
        double[] out = new double[vector.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = vector.im(i);
        }
        return out;
    }
}
