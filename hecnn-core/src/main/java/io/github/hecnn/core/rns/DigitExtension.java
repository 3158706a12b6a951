package io.github.hecnn.core.rns;

import io.github.hecnn.core.modular.Modulus;
import java.util.Arrays;

/**
 * The first half of a key switch for one number of data limbs: a polynomial cut into digits of a few limbs each, and every digit extended
 * to all data limbs and the special primes ("targets", in this order). A digit's own limbs are those of the polynomial itself.
 * Immutable and thread-safe.
 */
final class DigitExtension {
    private final int dataLimbs;
    private final int digitSize;
    private final RnsBasis extended;
    private final BasisExtender[] digits; // to all targets
    private final RnsArithmetic arithmetic;

    DigitExtension(RnsBasis data, RnsBasis special, int digitSize, RnsArithmetic arithmetic) {
        this.dataLimbs = data.size();
        this.digitSize = digitSize;
        this.arithmetic = arithmetic;
        this.extended = data.concat(special);
        this.digits = new BasisExtender[(dataLimbs + digitSize - 1) / digitSize];
        for (int d = 0; d < digits.length; d++) {
            RnsBasis own = data.range(d * digitSize, Math.min(dataLimbs, (d + 1) * digitSize));
            digits[d] = new BasisExtender(own, extended);
        }
    }

    int digits() {
        return digits.length;
    }

    /** The targets: data limbs, then special primes. */
    RnsBasis extended() {
        return extended;
    }

    /** Prime of a target. */
    Modulus modulus(int target) {
        return extended.modulus(target);
    }

    private boolean own(int digit, int target) {
        return target < dataLimbs && target / digitSize == digit;
    }

    /** How many digits a target takes an extension and a transform of: one less where it belongs to a digit itself. */
    int digitsToExtend(int target) {
        return target < dataLimbs ? digits.length - 1 : digits.length;
    }

    /** [digit][limb][N] coefficient-domain terms of x's digits, ready to be extended, in borrowed limbs; x in the NTT domain. */
    double[][][] terms(RnsPolynomial x) {
        double[][][] terms = new double[digits.length][][];
        for (int d = 0; d < terms.length; d++) {
            terms[d] = arithmetic.buffers().borrow(digits[d].from().size());
        }
        arithmetic.workers().forEach(dataLimbs, i -> {
            int k = i % digitSize;
            digits[i / digitSize].prepareTerm(k, x.limb(i), terms[i / digitSize][k]);
        });
        return terms;
    }

    /** [digit][target][N] all digits of x, extended, in the NTT domain, lazily reduced; each to be given to {@link #release}. */
    double[][][] all(RnsPolynomial x) {
        int targets = extended.size();
        double[][][] terms = terms(x);
        double[][][] limbs = new double[digits.length][targets][];
        int groups = TargetGroups.count(arithmetic.workers(), targets);
        arithmetic.workers().forEach(digits.length * groups, task -> {
            int d = task / groups;
            int from = task % groups * targets / groups;
            int to = (task % groups + 1) * targets / groups;
            extend(d, terms[d], x, from, to, limbs[d]);
            for (int t = from; t < to; t++) {
                transform(d, t, limbs[d][t]);
            }
        });
        for (double[][] t : terms) {
            arithmetic.buffers().release(t);
        }
        return limbs;
    }

    /** Gives back a limb of {@link #all}, if it is not x's own. */
    void release(int digit, int target, double[] limb) {
        if (!own(digit, target)) {
            arithmetic.buffers().release(limb);
        }
    }

    /** The digits of x with these terms, extended group by group when they are asked for. */
    DigitColumns columns(double[][][] terms, RnsPolynomial x) {
        return (from, to) -> {
            double[][][] limbs = new double[digits.length][extended.size()][];
            for (int d = 0; d < digits.length; d++) {
                extend(d, terms[d], x, from, to, limbs[d]);
            }
            return new DigitColumns.Group() {
                @Override
                public double[][] column(int target) {
                    double[][] column = new double[digits.length][];
                    for (int d = 0; d < column.length; d++) {
                        column[d] = limbs[d][target];
                        transform(d, target, column[d]);
                    }
                    return column;
                }

                @Override
                public void release(int target) {
                    for (int d = 0; d < digits.length; d++) {
                        DigitExtension.this.release(d, target, limbs[d][target]);
                    }
                }
            };
        };
    }

    /** One digit for a group of targets: coefficient domain in borrowed limbs, or the input's own limbs. */
    private void extend(int digit, double[][] terms, RnsPolynomial x, int from, int to, double[][] out) {
        int[] which = new int[to - from];
        double[][] results = new double[to - from][];
        int count = 0;
        for (int t = from; t < to; t++) {
            if (own(digit, t)) {
                out[t] = x.limb(t);
            } else {
                out[t] = arithmetic.buffers().borrow();
                which[count] = t;
                results[count++] = out[t];
            }
        }
        if (count > 0) {
            digits[digit].extendLazy(terms, Arrays.copyOf(which, count), results);
        }
    }

    private void transform(int digit, int target, double[] limb) {
        if (!own(digit, target)) {
            extended.ntt(target).forwardLazyInPlace(limb);
        }
    }
}
