package io.github.hecnn.core.internal.kernel.vector;

import io.github.hecnn.core.internal.kernel.BaseTarget;
import io.github.hecnn.core.internal.kernel.DividedSums;
import io.github.hecnn.core.internal.kernel.LimbDivision;
import io.github.hecnn.core.internal.kernel.NttTables;
import io.github.hecnn.core.internal.kernel.RangeCheck;
import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.internal.kernel.vector.lanes.Lanes;
import io.github.hecnn.core.internal.kernel.vector.sums.VectorBaseExtension;
import io.github.hecnn.core.internal.kernel.vector.sums.VectorDivision;
import io.github.hecnn.core.internal.kernel.vector.sums.VectorSums;
import io.github.hecnn.core.internal.kernel.vector.transform.VectorInverseNtt;
import io.github.hecnn.core.internal.kernel.vector.transform.VectorNtt;
import io.github.hecnn.core.modular.Factor;
import io.github.hecnn.core.modular.Modulus;

/**
 * The kernels with the Vector API (module jdk.incubator.vector). Load this class only when the module is there and core reads it; see
 * the provider in {@code kernel.choice}.
 */
public final class VectorKernels implements RingKernels {
    private static final DividedSums.Loops DIVISION = new VectorDivision();

    /** Doubles in a vector of the size that the JVM prefers. */
    public static int preferredLanes() {
        return Lanes.preferredLanes();
    }

    @Override
    public String name() {
        return "vector-" + Lanes.S.vectorBitSize();
    }

    @Override
    public void forwardNtt(NttTables t, double[] a) {
        RangeCheck.limb("forwardNtt", t, a);
        assert RangeCheck.canonical(a, t.q) : "forwardNtt";
        VectorNtt.forward(t, a);
    }

    @Override
    public void forwardNttLazy(NttTables t, double[] a) {
        RangeCheck.limb("forwardNttLazy", t, a);
        assert RangeCheck.lazyInput(t, a) : "forwardNttLazy";
        VectorNtt.forwardLazy(t, a);
    }

    @Override
    public void inverseNtt(NttTables t, double[] in, double[] out) {
        RangeCheck.limb("inverseNtt", t, in);
        RangeCheck.limb("inverseNtt", t, out);
        assert RangeCheck.canonical(in, t.q) : "inverseNtt";
        VectorInverseNtt.inverse(t, in, out);
    }

    @Override
    public void add(double[] a, double[] b, double[] out, Modulus modulus) {
        double q = modulus.asDouble();
        int n = RangeCheck.length("add", out, a, b);
        assert RangeCheck.canonical(a, b, q) : "add";
        elementwise(VectorElementwise.ADD, a, b, out, 0, 0, n, q, 0);
    }

    @Override
    public void subtract(double[] a, double[] b, double[] out, Modulus modulus) {
        double q = modulus.asDouble();
        int n = RangeCheck.length("subtract", out, a, b);
        assert RangeCheck.canonical(a, b, q) : "subtract";
        elementwise(VectorElementwise.SUBTRACT, a, b, out, 0, 0, n, q, 0);
    }

    @Override
    public void negate(double[] a, double[] out) {
        int n = RangeCheck.length("negate", out, a);
        elementwise(VectorElementwise.NEGATE, a, null, out, 0, 0, n, 0, 0);
    }

    @Override
    public void addScalar(double[] a, double s, double[] out, Modulus modulus) {
        double q = modulus.asDouble();
        int n = RangeCheck.length("addScalar", out, a);
        assert RangeCheck.canonical(a, q) : "addScalar";
        elementwise(VectorElementwise.ADD_SCALAR, a, null, out, s, 0, n, q, 0);
    }

    @Override
    public void multiply(double[] a, double[] b, double[] out, Modulus modulus) {
        double q = modulus.asDouble();
        double qInv = modulus.inverse();
        int n = RangeCheck.length("multiply", out, a, b);
        assert RangeCheck.canonical(a, b, q) : "multiply";
        elementwise(VectorElementwise.MULTIPLY, a, b, out, 0, 0, n, q, qInv);
    }

    @Override
    public void multiplyAdd(double[] a, double[] b, double[] acc, Modulus modulus) {
        double q = modulus.asDouble();
        double qInv = modulus.inverse();
        int n = RangeCheck.length("multiplyAdd", acc, a, b);
        assert RangeCheck.canonical(a, b, q) && RangeCheck.canonical(acc, q) : "multiplyAdd";
        elementwise(VectorElementwise.MULTIPLY_ADD, a, b, acc, 0, 0, n, q, qInv);
    }

    @Override
    public void multiplyScalar(double[] a, Factor factor, double[] out, Modulus modulus) {
        double w = factor.w();
        double wOverQ = factor.overQ();
        double q = modulus.asDouble();
        double qInv = modulus.inverse();
        int n = RangeCheck.length("multiplyScalar", out, a);
        assert RangeCheck.canonical(a, q) : "multiplyScalar";
        elementwise(VectorElementwise.MULTIPLY_SCALAR, a, null, out, w, wOverQ, n, q, qInv);
    }

    @Override
    public void multiplyScalarAdd(double[] a, Factor factor, double[] acc, Modulus modulus) {
        double w = factor.w();
        double wOverQ = factor.overQ();
        double q = modulus.asDouble();
        double qInv = modulus.inverse();
        int n = RangeCheck.length("multiplyScalarAdd", acc, a);
        assert RangeCheck.canonical(a, acc, q) : "multiplyScalarAdd";
        elementwise(VectorElementwise.MULTIPLY_SCALAR_ADD, a, null, acc, w, wOverQ, n, q, qInv);
    }

    @Override
    public void subtractMultiplyScalar(double[] a, double[] b, Factor factor, double[] out, Modulus modulus) {
        double w = factor.w();
        double wOverQ = factor.overQ();
        double q = modulus.asDouble();
        double qInv = modulus.inverse();
        int n = RangeCheck.length("subtractMultiplyScalar", out, a, b);
        assert RangeCheck.within(a, 0x1p49) && RangeCheck.within(b, 0x1p49) : "subtractMultiplyScalar";
        elementwise(VectorElementwise.SUBTRACT_MULTIPLY_SCALAR, a, b, out, w, wOverQ, n, q, qInv);
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
        VectorElementwise.run(VectorElementwise.TENSOR, a0, a1, b0, b1, d0, d1, d2, 0, 0, n, q, qInv);
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
        VectorElementwise.run(VectorElementwise.TENSOR_ADD, a0, a1, b0, b1, d0, d1, d2, 0, 0, n, q, qInv);
    }

    @Override
    public void reduce(double[] a, double[] out, Modulus modulus) {
        double q = modulus.asDouble();
        double qInv = modulus.inverse();
        int n = RangeCheck.length("reduce", out, a);
        assert RangeCheck.within(a, 0x1p50) : "reduce";
        elementwise(VectorElementwise.REDUCE, a, null, out, 0, 0, n, q, qInv);
    }

    @Override
    public void innerProductPair(
            double[][] digits, double[][] k0, double[][] k1, int count, double[] out0, double[] out1, Modulus modulus) {
        double q = modulus.asDouble();
        double qInv = modulus.inverse();
        int n = RangeCheck.innerProduct(digits, k0, k1, count, out0, out1, q);
        VectorSums.innerProductPair(digits, k0, k1, count, out0, out1, n, q, qInv);
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
        VectorBaseExtension.extend(terms, count, reciprocals, targets, out, n);
    }

    @Override
    public void permute(double[] in, int[] index, double[] out) {
        int n = RangeCheck.permutation(in, index, out);
        for (int j = 0; j < n; j++) {
            out[j] = in[index[j]];
        }
    }

    private static void elementwise(
            int loop, double[] a, double[] b, double[] out, double w, double wOverQ, int n, double q, double qInv) {
        VectorElementwise.run(loop, a, b, null, null, out, null, null, w, wOverQ, n, q, qInv);
    }
}
