package io.github.hecnn.core.internal.kernel.portable;

import static io.github.hecnn.core.internal.kernel.Residues.ROUND;
import static io.github.hecnn.core.internal.kernel.Residues.product;

import io.github.hecnn.core.internal.kernel.BaseTarget;
import io.github.hecnn.core.internal.kernel.DividedSums;
import io.github.hecnn.core.internal.kernel.LimbDivision;
import io.github.hecnn.core.internal.kernel.NttTables;
import io.github.hecnn.core.internal.kernel.RangeCheck;
import io.github.hecnn.core.internal.kernel.Residues;
import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.modular.Factor;
import io.github.hecnn.core.modular.Modulus;

/** The kernels in plain Java: always available, no JVM flag, and written so that the JIT vectorises the loops. */
public final class PortableKernels implements RingKernels {
    private static final DividedSums.Loops DIVISION = new PortableDivision();

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public void forwardNtt(NttTables t, double[] a) {
        RangeCheck.limb("forwardNtt", t, a);
        assert RangeCheck.canonical(a, t.q) : "forwardNtt";
        PortableNtt.forward(t, a, false);
    }

    @Override
    public void forwardNttLazy(NttTables t, double[] a) {
        RangeCheck.limb("forwardNttLazy", t, a);
        assert RangeCheck.lazyInput(t, a) : "forwardNttLazy";
        PortableNtt.forward(t, a, true);
    }

    @Override
    public void inverseNtt(NttTables t, double[] in, double[] out) {
        RangeCheck.limb("inverseNtt", t, in);
        RangeCheck.limb("inverseNtt", t, out);
        assert RangeCheck.canonical(in, t.q) : "inverseNtt";
        PortableInverseNtt.inverse(t, in, out);
    }

    @Override
    public void add(double[] a, double[] b, double[] out, Modulus modulus) {
        double q = modulus.asDouble();
        int n = RangeCheck.length("add", out, a, b);
        assert RangeCheck.canonical(a, b, q) : "add";
        double qInv = modulus.inverse();
        for (int j = 0; j < n; j++) {
            out[j] = Residues.reduce(a[j] + b[j], q, qInv);
        }
    }

    @Override
    public void subtract(double[] a, double[] b, double[] out, Modulus modulus) {
        double q = modulus.asDouble();
        int n = RangeCheck.length("subtract", out, a, b);
        assert RangeCheck.canonical(a, b, q) : "subtract";
        double qInv = modulus.inverse();
        for (int j = 0; j < n; j++) {
            out[j] = Residues.reduce(a[j] - b[j], q, qInv);
        }
    }

    @Override
    public void negate(double[] a, double[] out) {
        int n = RangeCheck.length("negate", out, a);
        for (int j = 0; j < n; j++) {
            out[j] = 0.0 - a[j]; // not -a[j]: that makes -0.0 of 0.0
        }
    }

    @Override
    public void addScalar(double[] a, double s, double[] out, Modulus modulus) {
        double q = modulus.asDouble();
        int n = RangeCheck.length("addScalar", out, a);
        assert RangeCheck.canonical(a, q) : "addScalar";
        double qInv = modulus.inverse();
        for (int j = 0; j < n; j++) {
            out[j] = Residues.reduce(a[j] + s, q, qInv);
        }
    }

    @Override
    public void multiply(double[] a, double[] b, double[] out, Modulus modulus) {
        double q = modulus.asDouble();
        double qInv = modulus.inverse();
        int n = RangeCheck.length("multiply", out, a, b);
        assert RangeCheck.canonical(a, b, q) : "multiply";
        double minusQ = -q;
        for (int j = 0; j < n; j++) {
            out[j] = Residues.reduce(product(a[j], b[j], minusQ, qInv), q, qInv);
        }
    }

    @Override
    public void multiplyAdd(double[] a, double[] b, double[] acc, Modulus modulus) {
        double q = modulus.asDouble();
        double qInv = modulus.inverse();
        int n = RangeCheck.length("multiplyAdd", acc, a, b);
        assert RangeCheck.canonical(a, b, q) && RangeCheck.canonical(acc, q) : "multiplyAdd";
        double minusQ = -q;
        for (int j = 0; j < n; j++) {
            acc[j] = Residues.reduce(acc[j] + product(a[j], b[j], minusQ, qInv), q, qInv);
        }
    }

    @Override
    public void multiplyScalar(double[] a, Factor factor, double[] out, Modulus modulus) {
        double w = factor.w();
        double wOverQ = factor.overQ();
        double q = modulus.asDouble();
        double qInv = modulus.inverse();
        int n = RangeCheck.length("multiplyScalar", out, a);
        assert RangeCheck.canonical(a, q) : "multiplyScalar";
        double roundQ = ROUND * q;
        double minusQ = -q;
        for (int j = 0; j < n; j++) {
            out[j] = Residues.reduce(Residues.multiply(a[j], w, wOverQ, roundQ, minusQ), q, qInv);
        }
    }

    @Override
    public void multiplyScalarAdd(double[] a, Factor factor, double[] acc, Modulus modulus) {
        double w = factor.w();
        double wOverQ = factor.overQ();
        double q = modulus.asDouble();
        double qInv = modulus.inverse();
        int n = RangeCheck.length("multiplyScalarAdd", acc, a);
        assert RangeCheck.canonical(a, acc, q) : "multiplyScalarAdd";
        double roundQ = ROUND * q;
        double minusQ = -q;
        for (int j = 0; j < n; j++) {
            acc[j] = Residues.reduce(acc[j] + Residues.multiply(a[j], w, wOverQ, roundQ, minusQ), q, qInv);
        }
    }

    @Override
    public void subtractMultiplyScalar(double[] a, double[] b, Factor factor, double[] out, Modulus modulus) {
        double w = factor.w();
        double wOverQ = factor.overQ();
        double q = modulus.asDouble();
        double qInv = modulus.inverse();
        int n = RangeCheck.length("subtractMultiplyScalar", out, a, b);
        assert RangeCheck.within(a, 0x1p49) && RangeCheck.within(b, 0x1p49) : "subtractMultiplyScalar";
        double roundQ = ROUND * q;
        double minusQ = -q;
        for (int j = 0; j < n; j++) {
            out[j] = Residues.reduce(Residues.multiply(a[j] - b[j], w, wOverQ, roundQ, minusQ), q, qInv);
        }
    }

    @Override
    public void tensor(
            double[] a0,
            double[] a1,
            double[] b0,
            double[] b1,
            double[] d0,
            double[] d1,
            double[] d2,
            Modulus modulus) {
        double q = modulus.asDouble();
        double qInv = modulus.inverse();
        int n = RangeCheck.length("tensor", d0, d1, d2, a0, a1, b0, b1);
        assert RangeCheck.canonical(a0, a1, q) && RangeCheck.canonical(b0, b1, q) : "tensor";
        double minusQ = -q;
        for (int j = 0; j < n; j++) {
            d0[j] = Residues.reduce(product(a0[j], b0[j], minusQ, qInv), q, qInv);
        }
        for (int j = 0; j < n; j++) {
            double left = product(a0[j], b1[j], minusQ, qInv);
            d1[j] = Residues.reduce(left + product(a1[j], b0[j], minusQ, qInv), q, qInv);
        }
        for (int j = 0; j < n; j++) {
            d2[j] = Residues.reduce(product(a1[j], b1[j], minusQ, qInv), q, qInv);
        }
    }

    @Override
    public void tensorAdd(
            double[] a0,
            double[] a1,
            double[] b0,
            double[] b1,
            double[] d0,
            double[] d1,
            double[] d2,
            Modulus modulus) {
        double q = modulus.asDouble();
        double qInv = modulus.inverse();
        int n = RangeCheck.length("tensorAdd", d0, d1, d2, a0, a1, b0, b1);
        assert RangeCheck.canonical(a0, a1, q) && RangeCheck.canonical(b0, b1, q) : "tensorAdd";
        assert RangeCheck.canonical(d0, d1, q) && RangeCheck.canonical(d2, q) : "tensorAdd";
        double minusQ = -q;
        for (int j = 0; j < n; j++) {
            d0[j] = Residues.reduce(d0[j] + product(a0[j], b0[j], minusQ, qInv), q, qInv);
        }
        for (int j = 0; j < n; j++) {
            double left = d1[j] + product(a0[j], b1[j], minusQ, qInv);
            d1[j] = Residues.reduce(left + product(a1[j], b0[j], minusQ, qInv), q, qInv);
        }
        for (int j = 0; j < n; j++) {
            d2[j] = Residues.reduce(d2[j] + product(a1[j], b1[j], minusQ, qInv), q, qInv);
        }
    }

    @Override
    public void reduce(double[] a, double[] out, Modulus modulus) {
        double q = modulus.asDouble();
        double qInv = modulus.inverse();
        int n = RangeCheck.length("reduce", out, a);
        assert RangeCheck.within(a, 0x1p50) : "reduce";
        for (int j = 0; j < n; j++) {
            out[j] = Residues.reduce(a[j], q, qInv);
        }
    }

    @Override
    public void innerProductPair(
            double[][] digits, double[][] k0, double[][] k1, int count, double[] out0, double[] out1, Modulus modulus) {
        double q = modulus.asDouble();
        double qInv = modulus.inverse();
        int n = RangeCheck.innerProduct(digits, k0, k1, count, out0, out1, q);
        PortableSums.innerProductPair(digits, k0, k1, count, out0, out1, n, q, qInv);
    }

    @Override
    public void dividedInnerProductPair(
            double[][] digits,
            double[][] k0,
            double[][] k1,
            int count,
            LimbDivision division,
            double[] out0,
            double[] out1,
            Modulus modulus) {
        double q = modulus.asDouble();
        double qInv = modulus.inverse();
        int n = RangeCheck.innerProduct(digits, k0, k1, count, out0, out1, q);
        RangeCheck.division(division, out0, q);
        DividedSums.run(DIVISION, digits, k0, k1, count, division, out0, out1, n, q, qInv);
    }

    @Override
    public void extendBase(double[][] terms, int count, double[] reciprocals, BaseTarget[] targets, double[][] out) {
        int n = RangeCheck.extension(terms, count, reciprocals, targets, out);
        PortableBaseExtension.extend(terms, count, reciprocals, targets, out, n);
    }

    @Override
    public void permute(double[] in, int[] index, double[] out) {
        int n = RangeCheck.permutation(in, index, out);
        for (int j = 0; j < n; j++) {
            out[j] = in[index[j]];
        }
    }
}
