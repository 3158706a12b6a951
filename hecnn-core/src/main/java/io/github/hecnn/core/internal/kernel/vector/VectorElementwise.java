package io.github.hecnn.core.internal.kernel.vector;

import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.L;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.all;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.load;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.product;

import io.github.hecnn.core.internal.kernel.Residues;
import io.github.hecnn.core.internal.kernel.vector.lanes.Lanes;
import jdk.incubator.vector.DoubleVector;

/**
 * The elementwise kernels with the Vector API; the formulas are those of the portable kernels.
 *
 * <p>The loops are called through a table (rule 2).
 */
final class VectorElementwise {
    /** One loop; arguments that it has no use for are null or 0. */
    interface Loop {
        void run(
                double[] a,
                double[] b,
                double[] c,
                double[] d,
                double[] out0,
                double[] out1,
                double[] out2,
                double w,
                double wOverQ,
                int n,
                double q,
                double qInv);
    }

    static final int ADD = 2;
    static final int SUBTRACT = 3;
    static final int NEGATE = 4;
    static final int ADD_SCALAR = 5;
    static final int MULTIPLY = 6;
    static final int MULTIPLY_ADD = 7;
    static final int MULTIPLY_SCALAR = 8;
    static final int MULTIPLY_SCALAR_ADD = 9;
    static final int SUBTRACT_MULTIPLY_SCALAR = 10;
    static final int TENSOR = 11;
    static final int TENSOR_ADD = 12;
    static final int REDUCE = 13;

    private static final Loop[] LOOPS = {
        (a, b, c, d, x, y, z, w, wq, n, q, qInv) -> {}, // two loops that do nothing, for run
        (a, b, c, d, x, y, z, w, wq, n, q, qInv) -> {},
        (a, b, c, d, x, y, z, w, wq, n, q, qInv) -> add(a, b, x, n, q),
        (a, b, c, d, x, y, z, w, wq, n, q, qInv) -> subtract(a, b, x, n, q),
        (a, b, c, d, x, y, z, w, wq, n, q, qInv) -> negate(a, x, n),
        (a, b, c, d, x, y, z, w, wq, n, q, qInv) -> addScalar(a, w, x, n, q),
        (a, b, c, d, x, y, z, w, wq, n, q, qInv) -> multiply(a, b, x, n, q, qInv),
        (a, b, c, d, x, y, z, w, wq, n, q, qInv) -> multiplyAdd(a, b, x, n, q, qInv),
        (a, b, c, d, x, y, z, w, wq, n, q, qInv) -> multiplyScalar(a, w, wq, x, n, q, qInv),
        (a, b, c, d, x, y, z, w, wq, n, q, qInv) -> multiplyScalarAdd(a, w, wq, x, n, q, qInv),
        (a, b, c, d, x, y, z, w, wq, n, q, qInv) -> subtractMultiplyScalar(a, b, w, wq, x, n, q, qInv),
        (a, b, c, d, x, y, z, w, wq, n, q, qInv) -> tensor(a, b, c, d, x, y, z, n, q, qInv),
        (a, b, c, d, x, y, z, w, wq, n, q, qInv) -> tensorAdd(a, b, c, d, x, y, z, n, q, qInv),
        (a, b, c, d, x, y, z, w, wq, n, q, qInv) -> reduce(a, x, n, q, qInv),
    };

    private VectorElementwise() {}

    /** Calls the two empty loops and then the one asked for (rule 2). */
    static void run(
            int loop,
            double[] a,
            double[] b,
            double[] c,
            double[] d,
            double[] out0,
            double[] out1,
            double[] out2,
            double w,
            double wOverQ,
            int n,
            double q,
            double qInv) {
        for (int i = 0; i < 3; i++) {
            LOOPS[i == 2 ? loop : i].run(a, b, c, d, out0, out1, out2, w, wOverQ, n, q, qInv);
        }
    }

    private static void add(double[] a, double[] b, double[] out, int n, double q) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector plusQ = all(q);
        DoubleVector inverse = all(1.0 / q);
        for (int j = 0; j < n; j += L) {
            Lanes.reduce(load(a, j).add(load(b, j)), plusQ, inverse, round).intoArray(out, j);
        }
    }

    private static void subtract(double[] a, double[] b, double[] out, int n, double q) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector plusQ = all(q);
        DoubleVector inverse = all(1.0 / q);
        for (int j = 0; j < n; j += L) {
            Lanes.reduce(load(a, j).sub(load(b, j)), plusQ, inverse, round).intoArray(out, j);
        }
    }

    private static void negate(double[] a, double[] out, int n) {
        DoubleVector zero = all(0.0);
        for (int j = 0; j < n; j += L) {
            zero.sub(load(a, j)).intoArray(out, j);
        }
    }

    private static void addScalar(double[] a, double s, double[] out, int n, double q) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector plusQ = all(q);
        DoubleVector inverse = all(1.0 / q);
        DoubleVector constant = all(s);
        for (int j = 0; j < n; j += L) {
            Lanes.reduce(load(a, j).add(constant), plusQ, inverse, round).intoArray(out, j);
        }
    }

    private static void multiply(double[] a, double[] b, double[] out, int n, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        for (int j = 0; j < n; j += L) {
            DoubleVector r = product(load(a, j), load(b, j), roundQ, minusQ, inverse);
            Lanes.reduce(r, plusQ, inverse, round).intoArray(out, j);
        }
    }

    private static void multiplyAdd(double[] a, double[] b, double[] acc, int n, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        for (int j = 0; j < n; j += L) {
            DoubleVector r = product(load(a, j), load(b, j), roundQ, minusQ, inverse);
            Lanes.reduce(load(acc, j).add(r), plusQ, inverse, round).intoArray(acc, j);
        }
    }

    private static void multiplyScalar(
            double[] a, double w, double wOverQ, double[] out, int n, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        DoubleVector factor = all(w);
        DoubleVector quotient = all(wOverQ);
        for (int j = 0; j < n; j += L) {
            DoubleVector r = Lanes.multiply(load(a, j), factor, quotient, roundQ, minusQ, round);
            Lanes.reduce(r, plusQ, inverse, round).intoArray(out, j);
        }
    }

    private static void multiplyScalarAdd(
            double[] a, double w, double wOverQ, double[] acc, int n, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        DoubleVector factor = all(w);
        DoubleVector quotient = all(wOverQ);
        for (int j = 0; j < n; j += L) {
            DoubleVector r = Lanes.multiply(load(a, j), factor, quotient, roundQ, minusQ, round);
            Lanes.reduce(load(acc, j).add(r), plusQ, inverse, round).intoArray(acc, j);
        }
    }

    private static void subtractMultiplyScalar(
            double[] a, double[] b, double w, double wOverQ, double[] out, int n, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        DoubleVector factor = all(w);
        DoubleVector quotient = all(wOverQ);
        for (int j = 0; j < n; j += L) {
            DoubleVector v = load(a, j).sub(load(b, j));
            DoubleVector r = Lanes.multiply(v, factor, quotient, roundQ, minusQ, round);
            Lanes.reduce(r, plusQ, inverse, round).intoArray(out, j);
        }
    }

    /** d0 = a0*b0, d1 = a0*b1 + a1*b0, d2 = a1*b1. */
    private static void tensor(
            double[] a0,
            double[] a1,
            double[] b0,
            double[] b1,
            double[] d0,
            double[] d1,
            double[] d2,
            int n,
            double q,
            double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        for (int j = 0; j < n; j += L) {
            DoubleVector u0 = load(a0, j);
            DoubleVector u1 = load(a1, j);
            DoubleVector v0 = load(b0, j);
            DoubleVector v1 = load(b1, j);
            DoubleVector r0 = product(u0, v0, roundQ, minusQ, inverse);
            DoubleVector r1 = product(u0, v1, roundQ, minusQ, inverse).add(product(u1, v0, roundQ, minusQ, inverse));
            DoubleVector r2 = product(u1, v1, roundQ, minusQ, inverse);
            Lanes.reduce(r0, plusQ, inverse, round).intoArray(d0, j);
            Lanes.reduce(r1, plusQ, inverse, round).intoArray(d1, j);
            Lanes.reduce(r2, plusQ, inverse, round).intoArray(d2, j);
        }
    }

    /** The same, added to what the results hold. */
    private static void tensorAdd(
            double[] a0,
            double[] a1,
            double[] b0,
            double[] b1,
            double[] d0,
            double[] d1,
            double[] d2,
            int n,
            double q,
            double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        for (int j = 0; j < n; j += L) {
            DoubleVector u0 = load(a0, j);
            DoubleVector u1 = load(a1, j);
            DoubleVector v0 = load(b0, j);
            DoubleVector v1 = load(b1, j);
            DoubleVector r0 = load(d0, j).add(product(u0, v0, roundQ, minusQ, inverse));
            DoubleVector r1 = load(d1, j)
                    .add(product(u0, v1, roundQ, minusQ, inverse))
                    .add(product(u1, v0, roundQ, minusQ, inverse));
            DoubleVector r2 = load(d2, j).add(product(u1, v1, roundQ, minusQ, inverse));
            Lanes.reduce(r0, plusQ, inverse, round).intoArray(d0, j);
            Lanes.reduce(r1, plusQ, inverse, round).intoArray(d1, j);
            Lanes.reduce(r2, plusQ, inverse, round).intoArray(d2, j);
        }
    }

    private static void reduce(double[] a, double[] out, int n, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector plusQ = all(q);
        DoubleVector inverse = all(qInv);
        for (int j = 0; j < n; j += L) {
            Lanes.reduce(load(a, j), plusQ, inverse, round).intoArray(out, j);
        }
    }
}
