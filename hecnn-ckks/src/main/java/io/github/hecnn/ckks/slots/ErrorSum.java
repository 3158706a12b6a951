package io.github.hecnn.ckks.slots;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Errors of one value while they are added up, draw by draw and slot by slot; an absent imaginary part stands for zeros. Not thread-safe. */
final class ErrorSum {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private static final int PHASES = 256;

    /** A wave of root mean square 1, and a quarter of it once more. */
    private static final double[] WAVE = IntStream.range(0, PHASES + PHASES / 4)
            .mapToDouble(k -> Math.sqrt(2) * Math.sin(2 * Math.PI * (k + 0.5) / PHASES))
            .toArray();

    private final double[][] re;
    private final double[][] im;
    private long id;
    private double floor;

    ErrorSum(int draws, int slots) {
        re = new double[draws][slots];
        im = new double[draws][slots];
    }

    /** A number that looks random, from two. */
    static long mix(long a, long b) {
        long z = a * GOLDEN + Long.rotateLeft(b, 32) + GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    ErrorSum id(long value) {
        id = value;
        return this;
    }

    ErrorSum floor(double value) {
        floor = value;
        return this;
    }

    /** Errors times a number. */
    ErrorSum add(SlotErrors e, double factor) {
        for (int k = 0; k < re.length; k++) {
            add(re[k], e.re[k], factor);
            add(im[k], e.im[k], factor);
        }
        return this;
    }

    private static void add(double[] out, double[] a, double factor) {
        for (int i = 0; i < out.length; i++) {
            out[i] += a[i] * factor;
        }
    }

    private static void addProduct(double[] out, double[] a, double[] b, double sign) {
        for (int i = 0; i < out.length; i++) {
            out[i] += sign * a[i] * b[i];
        }
    }

    /** Errors times known slots. */
    ErrorSum addTimes(SlotErrors e, double[] x, double[] y) {
        for (int k = 0; k < re.length; k++) {
            addProduct(re[k], e.re[k], x, 1);
            addProduct(im[k], e.im[k], x, 1);
            if (y != null) {
                addProduct(re[k], e.im[k], y, -1);
                addProduct(im[k], e.re[k], y, 1);
            }
        }
        return this;
    }

    /** Errors times errors. */
    ErrorSum addTimes(SlotErrors a, SlotErrors b) {
        for (int k = 0; k < re.length; k++) {
            addProduct(re[k], a.re[k], b.re[k], 1);
            addProduct(re[k], a.im[k], b.im[k], -1);
            addProduct(im[k], a.re[k], b.im[k], 1);
            addProduct(im[k], a.im[k], b.re[k], 1);
        }
        return this;
    }

    /** Errors times i. */
    ErrorSum addTimesI(SlotErrors e) {
        for (int k = 0; k < re.length; k++) {
            add(re[k], e.im[k], -1);
            add(im[k], e.re[k], 1);
        }
        return this;
    }

    ErrorSum withoutImaginaryPart() {
        for (double[] y : im) {
            Arrays.fill(y, 0);
        }
        return this;
    }

    ErrorSum addConjugate(SlotErrors e) {
        for (int k = 0; k < re.length; k++) {
            add(re[k], e.re[k], 1);
            add(im[k], e.im[k], -1);
        }
        return this;
    }

    ErrorSum addRotated(SlotErrors e, int stepsLeft) {
        for (int k = 0; k < re.length; k++) {
            add(re[k], CyclicShift.left(e.re[k], stepsLeft), 1);
            add(im[k], CyclicShift.left(e.im[k], stepsLeft), 1);
        }
        return this;
    }

    /** A known error, the same in all draws: slots times a number. */
    ErrorSum addKnown(double[] x, double[] y, double factor) {
        for (int k = 0; k < re.length; k++) {
            add(re[k], x, factor);
            if (y != null) {
                add(im[k], y, factor);
            }
        }
        return this;
    }

    /** A known error, the same in all draws: the product of slots and errors of plain slots. */
    ErrorSum addKnownProduct(double[] x, double[] y, double[] u, double[] v) {
        for (int k = 0; k < re.length; k++) {
            addProduct(re[k], x, u, 1);
            addProduct(im[k], x, v, 1);
            if (y != null) {
                addProduct(re[k], y, v, -1);
                addProduct(im[k], y, u, 1);
            }
        }
        return this;
    }

    /** A known real error of all slots and draws. */
    ErrorSum addKnown(double c) {
        for (double[] draw : re) {
            for (int i = 0; i < draw.length; i++) {
                draw[i] += c;
            }
        }
        return this;
    }

    /**
     * New noise: complex numbers of one magnitude and random phases, whose parts have the right mean square with less scatter than Gaussian ones.
     * Signs alone would not do: in some slots two sources of one size would cancel in all draws, and squares would have no real part. Squares of
     * errors come out smaller than those of Gaussian ones by a factor of sqrt(2). Equal sources have equal phases.
     */
    ErrorSum addNoise(long source, double deviation) {
        for (int k = 0; k < re.length; k++) {
            long state = mix(source, k);
            double[] x = re[k];
            double[] y = im[k];
            for (int i = 0; i < x.length; i += Long.BYTES) {
                state += GOLDEN;
                long bits = mix(state, source);
                int end = Math.min(x.length, i + Long.BYTES);
                for (int j = i; j < end; j++) {
                    int phase = (int) bits & (PHASES - 1);
                    x[j] += deviation * WAVE[phase];
                    y[j] += deviation * WAVE[phase + PHASES / 4];
                    bits >>>= Byte.SIZE;
                }
            }
        }
        return this;
    }

    /** The sum so far; nothing may be added after it. */
    SlotErrors errors() {
        return new SlotErrors(id, re, im, floor);
    }
}
