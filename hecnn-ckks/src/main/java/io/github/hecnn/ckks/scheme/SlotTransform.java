package io.github.hecnn.ckks.scheme;

/**
 * The canonical embedding between n complex slots and 2n real coefficients: slot j is the value at zeta^(5^j), zeta a
 * primitive 4n-th root of unity (Cheon, Kim, Kim, Song, ia.cr/2016/421, section 3.2; the factorisation is the "special FFT" of
 * ia.cr/2018/153). Radix 2 on split real and imaginary arrays, roots by direct evaluation in the first octant, so every
 * root is correct to the last bit and the error grows by about half a bit a stage. Immutable and thread-safe.
 */
final class SlotTransform {
    private final int logSlots;
    private final double[][] re; // [stage][j], root exp(2 pi i * (5^j mod 4*len) / (4*len)), len = 2^(stage+1)
    private final double[][] im;

    SlotTransform(int logSlots) {
        this.logSlots = logSlots;
        re = new double[logSlots][];
        im = new double[logSlots][];
        for (int s = 0; s < logSlots; s++) {
            int half = 1 << s;
            int order = 8 * half; // 4 * len
            re[s] = new double[half];
            im[s] = new double[half];
            int power = 1;
            for (int j = 0; j < half; j++) {
                re[s][j] = cosine(power, order);
                im[s][j] = cosine(power - order / 4, order);
                power = power * 5 & (order - 1);
            }
        }
    }

    /** cos(2 pi k / order), reduced to the first octant so that symmetric roots are symmetric to the last bit. */
    private static double cosine(int k, int order) {
        int a = Math.floorMod(k, order);
        if (a > order / 2) {
            a = order - a;
        }
        boolean negative = a > order / 4;
        if (negative) {
            a = order / 2 - a;
        }
        double c = 8 * (long) a <= order
                ? StrictMath.cos(2 * Math.PI * a / order)
                : StrictMath.sin(2 * Math.PI * (order / 4.0 - a) / order);
        return negative ? -c : c;
    }

    /** Coefficients to slots, in place: x[j] + i*x[j+n] in, slot j out. */
    void toSlots(double[] x, double[] y) {
        bitReverse(x, y);
        for (int s = 0; s < logSlots; s++) {
            int half = 1 << s;
            for (int from = 0; from < x.length; from += 2 * half) {
                forwardBlock(x, y, from, half, re[s], im[s]);
            }
        }
    }

    /** Slots to coefficients, in place; inverse of {@link #toSlots}. */
    void toCoefficients(double[] x, double[] y) {
        for (int s = logSlots - 1; s >= 0; s--) {
            int half = 1 << s;
            for (int from = 0; from < x.length; from += 2 * half) {
                inverseBlock(x, y, from, half, re[s], im[s]);
            }
        }
        bitReverse(x, y);
        double scale = 1.0 / x.length;
        for (int j = 0; j < x.length; j++) {
            x[j] *= scale;
            y[j] *= scale;
        }
    }

    private static void forwardBlock(double[] x, double[] y, int from, int half, double[] wr, double[] wi) {
        for (int j = 0; j < half; j++) {
            double vx = x[from + half + j];
            double vy = y[from + half + j];
            double tx = vx * wr[j] - vy * wi[j];
            double ty = vx * wi[j] + vy * wr[j];
            double ux = x[from + j];
            double uy = y[from + j];
            x[from + j] = ux + tx;
            y[from + j] = uy + ty;
            x[from + half + j] = ux - tx;
            y[from + half + j] = uy - ty;
        }
    }

    private static void inverseBlock(double[] x, double[] y, int from, int half, double[] wr, double[] wi) {
        for (int j = 0; j < half; j++) {
            double ux = x[from + j];
            double uy = y[from + j];
            double vx = x[from + half + j];
            double vy = y[from + half + j];
            x[from + j] = ux + vx;
            y[from + j] = uy + vy;
            double dx = ux - vx;
            double dy = uy - vy;
            x[from + half + j] = dx * wr[j] + dy * wi[j];
            y[from + half + j] = dy * wr[j] - dx * wi[j];
        }
    }

    private void bitReverse(double[] x, double[] y) {
        if (logSlots == 0) {
            return;
        }
        for (int i = 0; i < x.length; i++) {
            int j = Integer.reverse(i) >>> (32 - logSlots);
            if (i < j) {
                double t = x[i];
                x[i] = x[j];
                x[j] = t;
                t = y[i];
                y[i] = y[j];
                y[j] = t;
            }
        }
    }
}
