package io.github.hecnn.ckks.slots;

import io.github.hecnn.ckks.params.ModulusCapacity;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * The slots of a simulated value with a bound on their magnitudes; without slots, in a books-only algebra, the bound alone, not a
 * number while nobody declared one. With slots the bound is the largest magnitude itself. An absent imaginary array stands for
 * zeros, so that real circuits cost half. Immutable: arrays are never written to after they are handed over.
 */
final class SlotValues {
    /** Neither slots nor a bound. */
    static final SlotValues UNKNOWN = new SlotValues(null, null, Double.NaN);

    /** Null in a books-only algebra. */
    final double[] re;
    /** Null while every slot is real. */
    final double[] im;
    /** At least the largest magnitude of a slot; NaN if unknown. */
    final double bound;

    private SlotValues(double[] re, double[] im, double bound) {
        this.re = re;
        this.im = im;
        this.bound = bound;
    }

    static SlotValues of(double[] re, double[] im) {
        return new SlotValues(re, im, ModulusCapacity.largest(re, im));
    }

    static SlotValues bounded(double bound) {
        return new SlotValues(null, null, bound);
    }

    private boolean hasSlots() {
        return re != null;
    }

    SlotValues plus(SlotValues b) {
        return hasSlots() ? of(zip(re, b.re, Double::sum), zip(im, b.im, Double::sum)) : bounded(bound + b.bound);
    }

    SlotValues minus(SlotValues b) {
        return hasSlots()
                ? of(zip(re, b.re, (x, y) -> x - y), zip(im, b.im, (x, y) -> x - y))
                : bounded(bound + b.bound);
    }

    /** This + sign * p. */
    SlotValues plus(PlainVector p, int sign) {
        if (!hasSlots()) {
            return bounded(bound + p.largest());
        }
        return of(zip(re, p.realParts(), (x, y) -> x + sign * y), zip(im, p.imaginaryParts(), (x, y) -> x + sign * y));
    }

    SlotValues plus(double c) {
        return hasSlots() ? of(map(re, x -> x + c), im) : bounded(bound + Math.abs(c));
    }

    SlotValues times(double c) {
        return hasSlots()
                ? new SlotValues(map(re, x -> x * c), im == null ? null : map(im, x -> x * c), bound * Math.abs(c))
                : bounded(bound * Math.abs(c));
    }

    SlotValues timesI() {
        return hasSlots() ? new SlotValues(im == null ? new double[re.length] : map(im, x -> -x), re, bound) : this;
    }

    /** This times roots of unity, which leave the magnitudes as they are. */
    SlotValues times(PlainVector roots) {
        if (!hasSlots()) {
            return this;
        }
        Sum sum = new Sum(re.length);
        sum.addProduct(this, roots.realParts(), roots.imaginaryParts());
        return new SlotValues(sum.re, sum.im, bound);
    }

    /** What X^power is in every slot; power from 0 to below 4 * slots. */
    static PlainVector monomial(int power, int slots) {
        double[] re = new double[slots];
        double[] im = new double[slots];
        int mask = 4 * slots - 1;
        int exponent = power;
        for (int j = 0; j < slots; j++) {
            int quarters = (exponent + slots / 2) / slots; // so that quarter turns are exact
            double angle = (exponent - quarters * slots) * Math.PI / (2.0 * slots);
            double c = Math.cos(angle);
            double d = Math.sin(angle);
            boolean odd = (quarters & 1) == 1;
            double sign = (quarters & 2) == 0 ? 1 : -1;
            re[j] = sign * (odd ? -d : c);
            im[j] = sign * (odd ? c : d);
            exponent = (exponent * 5) & mask;
        }
        return PlainVector.complex(re, im);
    }

    SlotValues realPart() {
        return hasSlots() && im != null ? of(re, null) : this;
    }

    SlotValues conjugate() {
        return im == null ? this : new SlotValues(re, map(im, x -> -x), bound);
    }

    SlotValues rotate(int stepsLeft) {
        return hasSlots()
                ? new SlotValues(
                        CyclicShift.left(re, stepsLeft), im == null ? null : CyclicShift.left(im, stepsLeft), bound)
                : this;
    }

    /** Sum of a_i * b_i. */
    static SlotValues sumOfProducts(List<SlotValues> a, List<SlotValues> b) {
        if (!a.get(0).hasSlots()) {
            double sum = 0;
            for (int i = 0; i < a.size(); i++) {
                sum += a.get(i).bound * b.get(i).bound;
            }
            return bounded(sum);
        }
        Sum sum = new Sum(a.get(0).re.length);
        for (int i = 0; i < a.size(); i++) {
            sum.addProduct(a.get(i), b.get(i).re, b.get(i).im);
        }
        return of(sum.re, sum.im);
    }

    /** Sum of a_i * p_i; terms whose p_i is null are left out. */
    static SlotValues sumOfPlainProducts(List<SlotValues> a, List<PlainVector> p) {
        Sum sum = a.get(0).hasSlots() ? new Sum(a.get(0).re.length) : null;
        double bound = 0;
        for (int i = 0; i < a.size(); i++) {
            if (p.get(i) == null) {
                continue;
            }
            bound += a.get(i).bound * p.get(i).largest();
            if (sum != null) {
                sum.addProduct(a.get(i), p.get(i).realParts(), p.get(i).imaginaryParts());
            }
        }
        return sum == null ? bounded(bound) : of(sum.re, sum.im);
    }

    private static double[] map(double[] a, DoubleUnaryOperator f) {
        double[] out = new double[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = f.applyAsDouble(a[i]);
        }
        return out;
    }

    /** f(a, b) slot by slot, where f(0, 0) = 0; null if both are absent. */
    private static double[] zip(double[] a, double[] b, DoubleBinaryOperator f) {
        if (a == null && b == null) {
            return null;
        }
        double[] out = new double[a == null ? b.length : a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = f.applyAsDouble(a == null ? 0 : a[i], b == null ? 0 : b[i]);
        }
        return out;
    }

    /** A sum of complex products. */
    private static final class Sum {
        final double[] re;
        double[] im;

        Sum(int slots) {
            re = new double[slots];
        }

        void addProduct(SlotValues a, double[] bRe, double[] bIm) {
            for (int i = 0; i < re.length; i++) {
                re[i] += a.re[i] * bRe[i];
            }
            if (a.im == null && bIm == null) {
                return;
            }
            if (im == null) {
                im = new double[re.length];
            }
            for (int i = 0; i < re.length; i++) {
                double ai = a.im == null ? 0 : a.im[i];
                double bi = bIm == null ? 0 : bIm[i];
                re[i] -= ai * bi;
                im[i] += a.re[i] * bi + ai * bRe[i];
            }
        }
    }
}
