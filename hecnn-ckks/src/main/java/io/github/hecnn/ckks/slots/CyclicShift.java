package io.github.hecnn.ckks.slots;

/** Rotation of plain numbers. */
final class CyclicShift {
    private CyclicShift() {}

    /** Number i is what a has at i + steps, cyclically; a new array. */
    static double[] left(double[] a, int steps) {
        int from = Math.floorMod(steps, a.length);
        double[] out = new double[a.length];
        System.arraycopy(a, from, out, 0, a.length - from);
        System.arraycopy(a, 0, out, a.length - from, from);
        return out;
    }
}
