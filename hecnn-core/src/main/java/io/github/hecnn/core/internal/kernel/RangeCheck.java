package io.github.hecnn.core.internal.kernel;

/** Checks of kernel arguments: lengths always, ranges of the values only under {@code assert}. */
public final class RangeCheck {
    private RangeCheck() {}

    /** Whether every value is an integer of at most (q-1)/2 in magnitude. */
    public static boolean canonical(double[] a, double q) {
        return within(a, (q - 1) / 2);
    }

    public static boolean canonical(double[] a, double[] b, double q) {
        return canonical(a, q) && canonical(b, q);
    }

    public static boolean canonical(double[][] rows, int count, double q) {
        return within(rows, count, (q - 1) / 2);
    }

    public static boolean within(double[][] rows, int count, double limit) {
        for (int i = 0; i < count; i++) {
            if (!within(rows[i], limit)) {
                return false;
            }
        }
        return true;
    }

    /** Whether every value is an integer of at most limit in magnitude. */
    public static boolean within(double[] a, double limit) {
        boolean ok = true;
        for (double v : a) {
            ok &= Math.abs(v) <= limit && v == Math.rint(v); // false for NaN
        }
        return ok;
    }

    /** Whether a lazy forward transform takes it. */
    public static boolean lazyInput(NttTables t, double[] a) {
        return t.takesLazySums() ? within(a, Residues.LAZY_SUM * t.q) : canonical(a, t.q);
    }

    /** Whether every value times its row's factor is at most 1/2 in magnitude. */
    private static boolean halves(double[][] rows, int count, double[] factors) {
        boolean ok = true;
        for (int i = 0; i < count; i++) {
            for (double v : rows[i]) {
                ok &= Math.abs(v * factors[i]) <= 0.5;
            }
        }
        return ok;
    }

    /** The common length, a multiple of 64. */
    public static int length(String operation, double[] out, double[]... others) {
        int n = out.length;
        for (double[] other : others) {
            if (other.length != n) {
                throw new IllegalArgumentException(operation + ": expected arrays of equal length, found " + n + " and "
                        + other.length + "; pass limbs of one ring");
            }
        }
        if (n % RingKernels.LENGTH_UNIT != 0) {
            throw new IllegalArgumentException(operation + ": expected a length that is a multiple of "
                    + RingKernels.LENGTH_UNIT + ", found " + n + "; pass whole limbs");
        }
        return n;
    }

    public static int terms(String operation, double[][] terms, int count, int other, double[] out) {
        if (count < 1 || count > RingKernels.MAX_TERMS || terms.length < count || other < count) {
            throw new IllegalArgumentException(operation + ": expected 1 to " + RingKernels.MAX_TERMS
                    + " terms and as many factors, found count " + count + ", " + terms.length + " terms and " + other
                    + " factors; split longer sums");
        }
        int n = length(operation, out);
        for (int i = 0; i < count; i++) {
            length(operation, out, terms[i]);
        }
        return n;
    }

    public static int innerProduct(
            double[][] digits, double[][] k0, double[][] k1, int count, double[] out0, double[] out1, double q) {
        int n = terms("innerProductPair", digits, count, Math.min(k0.length, k1.length), out0);
        for (int i = 0; i < count; i++) {
            length("innerProductPair", out0, out1, k0[i], k1[i]);
        }
        assert within(digits, count, Residues.LAZY_LIMIT) && canonical(k0, count, q) && canonical(k1, count, q)
                : "innerProductPair";
        return n;
    }

    public static void division(LimbDivision d, double[] out, double q) {
        for (int half = 0; half < 2; half++) {
            length("dividedInnerProductPair", out, d.subtrahends[half]);
            if (d.addends[half] != null) {
                length("dividedInnerProductPair", out, d.addends[half]);
            }
        }
        if (d.index != null && (d.index.length != out.length || Integer.bitCount(out.length) != 1)) {
            throw new IllegalArgumentException(
                    "dividedInnerProductPair: expected as many indices as coefficients, a power of two, found "
                            + d.index.length + " and " + out.length + "; pass an automorphism of the limb's ring");
        }
        assert canonical(d, q) : "dividedInnerProductPair";
    }

    /** Whether all residues are canonical and the permutation is one of aligned blocks. */
    private static boolean canonical(LimbDivision d, double q) {
        boolean ok = within(d.subtrahends, 2, Residues.LAZY_LIMIT);
        for (double[] a : d.addends) {
            ok &= a == null || canonical(a, q);
        }
        int mask = d.index == null ? 0 : -Math.min(DividedSums.BLOCK, d.index.length);
        for (int j = 0; d.index != null && j < d.index.length; j++) {
            ok &= (d.index[j] & mask) == (d.index[j & mask] & mask);
        }
        return ok;
    }

    public static int extension(
            double[][] terms, int count, double[] reciprocals, BaseTarget[] targets, double[][] out) {
        if (targets.length == 0 || out.length < targets.length || count >= RingKernels.MAX_TERMS) {
            throw new IllegalArgumentException("extendBase: expected at most " + (RingKernels.MAX_TERMS - 1)
                    + " terms, at least one target and as many results, found " + count + " terms, " + targets.length
                    + " targets and " + out.length + " results; split the basis");
        }
        int n = terms("extendBase", terms, count, reciprocals.length, out[0]);
        for (int t = 0; t < targets.length; t++) {
            length("extendBase", out[0], out[t]);
            if (targets[t].weights.length <= count) {
                throw new IllegalArgumentException("extendBase: expected " + (count + 1) + " weights, found "
                        + targets[t].weights.length + "; give one a term and one for e");
            }
        }
        assert within(terms, count, 0x1p48 - 1) && halves(terms, count, reciprocals) : "extendBase";
        return n;
    }

    public static int permutation(double[] in, int[] index, double[] out) {
        int n = length("permute", out, in);
        if (index.length != n || in == out) {
            throw new IllegalArgumentException(
                    "permute: expected " + n + " indices and an output that is not the input, "
                            + "found " + index.length + " indices and " + (in == out ? "the same array" : "two arrays")
                            + "; pass a permutation of the limb");
        }
        return n;
    }

    public static void limb(String operation, NttTables t, double[] a) {
        if (a.length != t.degree) {
            throw new IllegalArgumentException(operation + ": expected " + t.degree + " coefficients, found " + a.length
                    + "; pass one limb of the tables' ring degree");
        }
    }
}
