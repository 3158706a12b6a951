package io.github.hecnn.core.internal.kernel;

import static io.github.hecnn.core.internal.kernel.Lanes.L;
import static io.github.hecnn.core.internal.kernel.Lanes.all;
import static io.github.hecnn.core.internal.kernel.Lanes.load;
import static io.github.hecnn.core.internal.kernel.Lanes.product;

import jdk.incubator.vector.DoubleVector;

/** The elementwise kernels with the Vector API; the formulas are those of {@link PortableKernels}. */
final class VectorElementwise {
    private VectorElementwise() {}

    static void add(double[] a, double[] b, double[] out, int n, double q) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector plusQ = all(q);
        DoubleVector inverse = all(1.0 / q);
        for (int j = 0; j < n; j += L) {
            Lanes.reduce(load(a, j).add(load(b, j)), plusQ, inverse, round).intoArray(out, j);
        }
    }

    static void subtract(double[] a, double[] b, double[] out, int n, double q) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector plusQ = all(q);
        DoubleVector inverse = all(1.0 / q);
        for (int j = 0; j < n; j += L) {
            Lanes.reduce(load(a, j).sub(load(b, j)), plusQ, inverse, round).intoArray(out, j);
        }
    }

    static void negate(double[] a, double[] out, int n) {
        DoubleVector zero = all(0.0);
        for (int j = 0; j < n; j += L) {
            zero.sub(load(a, j)).intoArray(out, j);
        }
    }

    static void addScalar(double[] a, double s, double[] out, int n, double q) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector plusQ = all(q);
        DoubleVector inverse = all(1.0 / q);
        DoubleVector constant = all(s);
        for (int j = 0; j < n; j += L) {
            Lanes.reduce(load(a, j).add(constant), plusQ, inverse, round).intoArray(out, j);
        }
    }

    static void multiply(double[] a, double[] b, double[] out, int n, double q, double qInv) {
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

    static void multiplyAdd(double[] a, double[] b, double[] acc, int n, double q, double qInv) {
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

    static void multiplyScalar(double[] a, double w, double wOverQ, double[] out, int n, double q, double qInv) {
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

    static void multiplyScalarAdd(double[] a, double w, double wOverQ, double[] acc, int n, double q, double qInv) {
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

    static void subtractMultiplyScalar(
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

    /** out = a*b + c*d, the middle part of a tensor product. */
    static void crossProduct(
            double[] a, double[] b, double[] c, double[] d, double[] out, int from, int to, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        for (int j = from; j < to; j += L) {
            DoubleVector r = product(load(a, j), load(b, j), roundQ, minusQ, inverse);
            DoubleVector s = product(load(c, j), load(d, j), roundQ, minusQ, inverse);
            Lanes.reduce(r.add(s), plusQ, inverse, round).intoArray(out, j);
        }
    }

    static void crossProductAdd(
            double[] a, double[] b, double[] c, double[] d, double[] acc, int from, int to, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        for (int j = from; j < to; j += L) {
            DoubleVector r = product(load(a, j), load(b, j), roundQ, minusQ, inverse);
            DoubleVector s = product(load(c, j), load(d, j), roundQ, minusQ, inverse);
            Lanes.reduce(load(acc, j).add(r).add(s), plusQ, inverse, round).intoArray(acc, j);
        }
    }

    /** out0 = a*b, out2 = c*d, the outer parts. */
    static void outerProducts(
            double[] a,
            double[] b,
            double[] c,
            double[] d,
            double[] out0,
            double[] out2,
            int from,
            int to,
            double q,
            double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        for (int j = from; j < to; j += L) {
            DoubleVector r = product(load(a, j), load(b, j), roundQ, minusQ, inverse);
            DoubleVector s = product(load(c, j), load(d, j), roundQ, minusQ, inverse);
            Lanes.reduce(r, plusQ, inverse, round).intoArray(out0, j);
            Lanes.reduce(s, plusQ, inverse, round).intoArray(out2, j);
        }
    }

    static void outerProductsAdd(
            double[] a,
            double[] b,
            double[] c,
            double[] d,
            double[] acc0,
            double[] acc2,
            int from,
            int to,
            double q,
            double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        for (int j = from; j < to; j += L) {
            DoubleVector r = product(load(a, j), load(b, j), roundQ, minusQ, inverse);
            DoubleVector s = product(load(c, j), load(d, j), roundQ, minusQ, inverse);
            Lanes.reduce(load(acc0, j).add(r), plusQ, inverse, round).intoArray(acc0, j);
            Lanes.reduce(load(acc2, j).add(s), plusQ, inverse, round).intoArray(acc2, j);
        }
    }

    static void reduce(double[] a, double[] out, int n, double q, double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector plusQ = all(q);
        DoubleVector inverse = all(qInv);
        for (int j = 0; j < n; j += L) {
            Lanes.reduce(load(a, j), plusQ, inverse, round).intoArray(out, j);
        }
    }
}
