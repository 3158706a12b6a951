package io.github.hecnn.ckks.circuit;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Slot by slot work of the simulator. An absent array stands for zeros, so that real circuits cost half. */
final class SlotArrays {
    private SlotArrays() {}

    static double[] map(double[] a, DoubleUnaryOperator f) {
        double[] out = new double[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = f.applyAsDouble(a[i]);
        }
        return out;
    }

    /** f(a, b) slot by slot, where f(0, 0) = 0; null if both are absent. */
    static double[] zip(double[] a, double[] b, DoubleBinaryOperator f) {
        if (a == null && b == null) {
            return null;
        }
        double[] out = new double[a == null ? b.length : a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = f.applyAsDouble(a == null ? 0 : a[i], b == null ? 0 : b[i]);
        }
        return out;
    }

    static double[] rotate(double[] a, int stepsLeft) {
        int from = Math.floorMod(stepsLeft, a.length);
        double[] out = new double[a.length];
        System.arraycopy(a, from, out, 0, a.length - from);
        System.arraycopy(a, 0, out, a.length - from, from);
        return out;
    }

    /** A sum of complex products. */
    static final class Accumulator {
        final double[] re;
        double[] im;

        Accumulator(int slots) {
            re = new double[slots];
        }

        void addProduct(SimulatedVector a, PlainVector p) {
            addProduct(a.re, a.im, p.realParts(), p.imaginaryParts());
        }

        void addProduct(SimulatedVector a, SimulatedVector b) {
            addProduct(a.re, a.im, b.re, b.im);
        }

        private void addProduct(double[] aRe, double[] aIm, double[] bRe, double[] bIm) {
            for (int i = 0; i < re.length; i++) {
                re[i] += aRe[i] * bRe[i];
            }
            if (aIm == null && bIm == null) {
                return;
            }
            if (im == null) {
                im = new double[re.length];
            }
            for (int i = 0; i < re.length; i++) {
                double ai = aIm == null ? 0 : aIm[i];
                double bi = bIm == null ? 0 : bIm[i];
                re[i] -= ai * bi;
                im[i] += aRe[i] * bi + ai * bRe[i];
            }
        }
    }
}
