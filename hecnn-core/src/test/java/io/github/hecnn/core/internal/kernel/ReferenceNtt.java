package io.github.hecnn.core.internal.kernel;

import io.github.hecnn.core.modular.ModularMath;
import io.github.hecnn.core.modular.Modulus;

/** The textbook transform on 64-bit integers, radix 2, in the order of the leaves; no code in common with the kernels. */
final class ReferenceNtt {
    final int logDegree;
    final int n;
    final long q;
    final long psi;
    final long[] w;

    ReferenceNtt(int logDegree, Modulus modulus) {
        this.logDegree = logDegree;
        this.n = 1 << logDegree;
        this.q = modulus.value();
        this.psi = ModularMath.primitiveRoot2N(q, logDegree);
        long[] power = new long[n];
        power[0] = 1;
        for (int i = 1; i < n; i++) {
            power[i] = ModularMath.multiply(power[i - 1], psi, q);
        }
        w = new long[n];
        for (int i = 0; i < n; i++) {
            w[i] = power[Integer.reverse(i) >>> (32 - logDegree)];
        }
    }

    /** The values, unsigned, leaf by leaf. */
    long[] forward(double[] a) {
        long[] x = new long[n];
        for (int i = 0; i < n; i++) {
            x[i] = Math.floorMod((long) a[i], q);
        }
        int t = n;
        for (int m = 1; m < n; m <<= 1) {
            t >>= 1;
            for (int i = 0; i < m; i++) {
                for (int j = 2 * i * t; j < 2 * i * t + t; j++) {
                    long u = x[j];
                    long v = ModularMath.multiply(x[j + t], w[m + i], q);
                    x[j] = (u + v) % q;
                    x[j + t] = (u - v + q) % q;
                }
            }
        }
        return x;
    }

    /** The values as the kernels are to give them. */
    double[] forwardInOrder(double[] a) {
        long[] x = forward(a);
        double[] out = new double[n];
        for (int p = 0; p < n; p++) {
            long v = x[(p & ~63) + (p % 8) * 8 + p % 64 / 8];
            out[p] = v > q / 2 ? v - q : v;
        }
        return out;
    }

    /** Coefficients for which the first operands grow as far as they can on the way to a leaf. */
    double[] steepest(int leaf) {
        double[] a = new double[n];
        long top = (q - 1) / 2;
        a[0] = top;
        int node = 1;
        for (int t = n / 2; t >= 1; t /= 2) {
            boolean right = (leaf & t) != 0;
            long v = ModularMath.multiply(ModularMath.inverse(w[node], q), right ? q - top : top, q);
            a[t] = v > q / 2 ? v - q : v;
            node = 2 * node + (right ? 1 : 0);
        }
        return a;
    }
}
