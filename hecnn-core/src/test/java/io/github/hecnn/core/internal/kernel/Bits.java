package io.github.hecnn.core.internal.kernel;

import java.util.Arrays;

/** Doubles compared bit by bit: tells 0.0 from -0.0. */
public final class Bits {
    private Bits() {}

    public static long[] of(double[] a) {
        return Arrays.stream(a).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    public static int hash(double[] a) {
        return Arrays.hashCode(of(a));
    }
}
