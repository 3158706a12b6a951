package io.github.hecnn.core.internal.kernel.switching;

import static io.github.hecnn.core.internal.kernel.switching.SampleRows.row;
import static io.github.hecnn.core.internal.kernel.switching.SampleRows.rows;

import io.github.hecnn.core.internal.kernel.BaseTarget;
import io.github.hecnn.core.internal.kernel.LimbDivision;
import io.github.hecnn.core.internal.kernel.NttTables;
import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.modular.Factor;
import io.github.hecnn.core.modular.Modulus;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Two kernels as one: each operation begins with the first and goes over to the later ones when these are compiled and faster. As all kernels
 * give the same residues, nobody can tell but by the time.
 *
 * <p>Vector loops take hundreds of times as long before they are compiled as after it, and compiling all of them takes seconds, so a program
 * that ends before that is better off with the portable ones.
 */
public final class SwitchingKernels implements RingKernels {
    /** What an operation has taken so far it is likely to take again, and that is when a trial pays. */
    private static final long DUE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long TRIAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final RingKernels later;
    private final OperationSwitch forwardNtt;
    private final OperationSwitch forwardNttLazy;
    private final OperationSwitch inverseNtt;
    private final OperationSwitch add;
    private final OperationSwitch subtract;
    private final OperationSwitch negate;
    private final OperationSwitch addScalar;
    private final OperationSwitch multiply;
    private final OperationSwitch multiplyAdd;
    private final OperationSwitch multiplyScalar;
    private final OperationSwitch multiplyScalarAdd;
    private final OperationSwitch subtractMultiplyScalar;
    private final OperationSwitch tensor;
    private final OperationSwitch tensorAdd;
    private final OperationSwitch reduce;
    private final OperationSwitch innerProductPair;
    private final OperationSwitch dividedInnerProductPair;
    private final OperationSwitch extendBase;

    /**
     * Creates them.
     *
     * @param first what is fast at once
     * @param later what is faster once it is compiled
     */
    public SwitchingKernels(RingKernels first, RingKernels later) {
        this(first, later, DUE_NANOS, TRIAL_NANOS);
    }

    SwitchingKernels(RingKernels first, RingKernels later, long dueNanos, long trialNanos) {
        this.later = later;
        Supplier<OperationSwitch> begin = () -> new OperationSwitch(first, later, dueNanos, trialNanos);
        forwardNtt = begin.get();
        forwardNttLazy = begin.get();
        inverseNtt = begin.get();
        add = begin.get();
        subtract = begin.get();
        negate = begin.get();
        addScalar = begin.get();
        multiply = begin.get();
        multiplyAdd = begin.get();
        multiplyScalar = begin.get();
        multiplyScalarAdd = begin.get();
        subtractMultiplyScalar = begin.get();
        tensor = begin.get();
        tensorAdd = begin.get();
        reduce = begin.get();
        innerProductPair = begin.get();
        dividedInnerProductPair = begin.get();
        extendBase = begin.get();
    }

    /** How many operations the later kernels do not run yet. */
    long waiting() {
        return Stream.of(
                        forwardNtt,
                        forwardNttLazy,
                        inverseNtt,
                        add,
                        subtract,
                        negate,
                        addScalar,
                        multiply,
                        multiplyAdd,
                        multiplyScalar,
                        multiplyScalarAdd,
                        subtractMultiplyScalar,
                        tensor,
                        tensorAdd,
                        reduce,
                        innerProductPair,
                        dividedInnerProductPair,
                        extendBase)
                .filter(o -> o.kernels() != later)
                .count();
    }

    /** The name of the later ones. */
    @Override
    public String name() {
        return later.name();
    }

    @Override
    public void forwardNtt(NttTables t, double[] a) {
        long start = forwardNtt.start();
        forwardNtt.kernels().forwardNtt(t, a);
        if (forwardNtt.due(start)) {
            double[] x = row(a.length);
            forwardNtt.tryOut(k -> k.forwardNtt(t, x));
        }
    }

    @Override
    public void forwardNttLazy(NttTables t, double[] a) {
        long start = forwardNttLazy.start();
        forwardNttLazy.kernels().forwardNttLazy(t, a);
        if (forwardNttLazy.due(start)) {
            double[] in = row(a.length);
            double[] x = new double[a.length];
            forwardNttLazy.tryOut(k -> {
                System.arraycopy(in, 0, x, 0, in.length); // a lazy result is no input
                k.forwardNttLazy(t, x);
            });
        }
    }

    @Override
    public void inverseNtt(NttTables t, double[] in, double[] out) {
        long start = inverseNtt.start();
        inverseNtt.kernels().inverseNtt(t, in, out);
        if (inverseNtt.due(start)) {
            double[] x = row(in.length);
            double[] y = new double[in.length];
            inverseNtt.tryOut(k -> k.inverseNtt(t, x, y));
        }
    }

    @Override
    public void add(double[] a, double[] b, double[] out, Modulus q) {
        long start = add.start();
        add.kernels().add(a, b, out, q);
        if (add.due(start)) {
            double[] x = row(a.length);
            double[] y = new double[a.length];
            add.tryOut(k -> k.add(x, x, y, q));
        }
    }

    @Override
    public void subtract(double[] a, double[] b, double[] out, Modulus q) {
        long start = subtract.start();
        subtract.kernels().subtract(a, b, out, q);
        if (subtract.due(start)) {
            double[] x = row(a.length);
            double[] y = new double[a.length];
            subtract.tryOut(k -> k.subtract(x, x, y, q));
        }
    }

    @Override
    public void negate(double[] a, double[] out) {
        long start = negate.start();
        negate.kernels().negate(a, out);
        if (negate.due(start)) {
            double[] x = row(a.length);
            double[] y = new double[a.length];
            negate.tryOut(k -> k.negate(x, y));
        }
    }

    @Override
    public void addScalar(double[] a, double s, double[] out, Modulus q) {
        long start = addScalar.start();
        addScalar.kernels().addScalar(a, s, out, q);
        if (addScalar.due(start)) {
            double[] x = row(a.length);
            double[] y = new double[a.length];
            addScalar.tryOut(k -> k.addScalar(x, s, y, q));
        }
    }

    @Override
    public void multiply(double[] a, double[] b, double[] out, Modulus q) {
        long start = multiply.start();
        multiply.kernels().multiply(a, b, out, q);
        if (multiply.due(start)) {
            double[] x = row(a.length);
            double[] y = new double[a.length];
            multiply.tryOut(k -> k.multiply(x, x, y, q));
        }
    }

    @Override
    public void multiplyAdd(double[] a, double[] b, double[] acc, Modulus q) {
        long start = multiplyAdd.start();
        multiplyAdd.kernels().multiplyAdd(a, b, acc, q);
        if (multiplyAdd.due(start)) {
            double[] x = row(a.length);
            double[] y = new double[a.length];
            multiplyAdd.tryOut(k -> k.multiplyAdd(x, x, y, q));
        }
    }

    @Override
    public void multiplyScalar(double[] a, Factor factor, double[] out, Modulus q) {
        long start = multiplyScalar.start();
        multiplyScalar.kernels().multiplyScalar(a, factor, out, q);
        if (multiplyScalar.due(start)) {
            double[] x = row(a.length);
            double[] y = new double[a.length];
            multiplyScalar.tryOut(k -> k.multiplyScalar(x, factor, y, q));
        }
    }

    @Override
    public void multiplyScalarAdd(double[] a, Factor factor, double[] acc, Modulus q) {
        long start = multiplyScalarAdd.start();
        multiplyScalarAdd.kernels().multiplyScalarAdd(a, factor, acc, q);
        if (multiplyScalarAdd.due(start)) {
            double[] x = row(a.length);
            double[] y = new double[a.length];
            multiplyScalarAdd.tryOut(k -> k.multiplyScalarAdd(x, factor, y, q));
        }
    }

    @Override
    public void subtractMultiplyScalar(double[] a, double[] b, Factor factor, double[] out, Modulus q) {
        long start = subtractMultiplyScalar.start();
        subtractMultiplyScalar.kernels().subtractMultiplyScalar(a, b, factor, out, q);
        if (subtractMultiplyScalar.due(start)) {
            double[] x = row(a.length);
            double[] y = new double[a.length];
            subtractMultiplyScalar.tryOut(k -> k.subtractMultiplyScalar(x, x, factor, y, q));
        }
    }

    @Override
    public void tensor(
            double[] a0, double[] a1, double[] b0, double[] b1, double[] d0, double[] d1, double[] d2, Modulus q) {
        long start = tensor.start();
        tensor.kernels().tensor(a0, a1, b0, b1, d0, d1, d2, q);
        if (tensor.due(start)) {
            double[] x = row(d0.length);
            double[][] y = new double[3][d0.length];
            tensor.tryOut(k -> k.tensor(x, x, x, x, y[0], y[1], y[2], q));
        }
    }

    @Override
    public void tensorAdd(
            double[] a0, double[] a1, double[] b0, double[] b1, double[] d0, double[] d1, double[] d2, Modulus q) {
        long start = tensorAdd.start();
        tensorAdd.kernels().tensorAdd(a0, a1, b0, b1, d0, d1, d2, q);
        if (tensorAdd.due(start)) {
            double[] x = row(d0.length);
            double[][] y = new double[3][d0.length];
            tensorAdd.tryOut(k -> k.tensorAdd(x, x, x, x, y[0], y[1], y[2], q));
        }
    }

    @Override
    public void reduce(double[] a, double[] out, Modulus q) {
        long start = reduce.start();
        reduce.kernels().reduce(a, out, q);
        if (reduce.due(start)) {
            double[] x = row(a.length);
            double[] y = new double[a.length];
            reduce.tryOut(k -> k.reduce(x, y, q));
        }
    }

    @Override
    public void innerProductPair(
            double[][] digits, double[][] k0, double[][] k1, int count, double[] out0, double[] out1, Modulus q) {
        long start = innerProductPair.start();
        innerProductPair.kernels().innerProductPair(digits, k0, k1, count, out0, out1, q);
        if (innerProductPair.due(start)) {
            double[][] x = rows(count, out0.length);
            double[][] y = new double[2][out0.length];
            innerProductPair.tryOut(k -> k.innerProductPair(x, x, x, count, y[0], y[1], q));
        }
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
            Modulus q) {
        long start = dividedInnerProductPair.start();
        dividedInnerProductPair.kernels().dividedInnerProductPair(digits, k0, k1, count, division, out0, out1, q);
        if (dividedInnerProductPair.due(start)) {
            double[][] x = rows(count, out0.length);
            double[][] y = new double[2][out0.length];
            LimbDivision sample = division.of(rows(2, out0.length), x);
            dividedInnerProductPair.tryOut(k -> k.dividedInnerProductPair(x, x, x, count, sample, y[0], y[1], q));
        }
    }

    @Override
    public void extendBase(double[][] terms, int count, double[] reciprocals, BaseTarget[] targets, double[][] out) {
        long start = extendBase.start();
        extendBase.kernels().extendBase(terms, count, reciprocals, targets, out);
        if (extendBase.due(start)) {
            double[][] x = rows(count, terms[0].length);
            double[][] y = new double[targets.length][terms[0].length];
            double[] factors = reciprocals.clone();
            BaseTarget[] same = targets.clone();
            extendBase.tryOut(k -> k.extendBase(x, count, factors, same, y));
        }
    }

    /** A loop that all kernels share. */
    @Override
    public void permute(double[] in, int[] index, double[] out) {
        later.permute(in, index, out);
    }
}
