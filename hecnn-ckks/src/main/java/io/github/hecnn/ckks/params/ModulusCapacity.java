package io.github.hecnn.ckks.params;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.ScaleException;
import java.util.List;
import java.util.Locale;

/**
 * What the modulus of each level can hold: the one rule that encoder, evaluator and slot algebras refuse by. Immutable and
 * thread-safe.
 *
 * <p><b>The rule.</b> A value whose slots have magnitudes of at most {@code bound}, at scale S and level l, fits if
 * {@code bound * S < Q(l)/2}, because no coefficient of the encoded polynomial is larger than the largest slot times the
 * scale. What does not fit wraps around modulo Q and decodes to a wrong number.
 *
 * <p><b>Unknown slots.</b> Nobody knows the slots of a ciphertext, so their magnitudes are taken to be up to
 * {@link #assumedBound()}: 1, or less where the first prime is so close to the scale that 1 does not fit at level 0.
 * Bounds are log2-added in doubles: the rule is exact up to 2^-40 relatively.
 */
public final class ModulusCapacity {
    private static final double LN2 = Math.log(2);
    /** Squares below it have lost digits. */
    private static final double LEAST_SQUARE = 0x1p-960;

    private final double[] log2Half;
    private final double[] scales;
    private final double assumedBound;

    private ModulusCapacity(double[] log2Half, double[] scales, double assumedBound) {
        this.log2Half = log2Half;
        this.scales = scales;
        this.assumedBound = assumedBound;
    }

    /**
     * Of a parameter set.
     *
     * @param parameters primes and canonical scales
     * @return its capacity
     */
    public static ModulusCapacity of(CkksParameters parameters) {
        List<Long> primes = parameters.chain().dataPrimes();
        double[] half = new double[primes.size()];
        double bits = -1;
        for (int l = 0; l < half.length; l++) {
            bits += log2(primes.get(l));
            half[l] = bits;
        }
        double[] scales = new double[parameters.maxLevel() + 1];
        for (int l = 0; l < scales.length; l++) {
            scales[l] = parameters.scale(l);
        }
        return ofLimits(half, scales);
    }

    /**
     * Of parameters that do not exist yet: one prime of firstPrimeBits, then one of scaleBits for each level.
     *
     * @param levels levels, at least 0
     * @param firstPrimeBits bits of the first prime, more than scaleBits
     * @param scaleBits log2 of the scale of every level, at least 1
     * @return the capacity
     * @throws InvalidParametersException for other numbers
     */
    public static ModulusCapacity ofBits(int levels, int firstPrimeBits, int scaleBits) {
        if (levels < 0 || scaleBits < 1 || firstPrimeBits <= scaleBits) {
            throw new InvalidParametersException(
                    "ModulusCapacity: expected 0 levels or more, 1 bit of scale or more and"
                            + " more bits for the first prime, found " + levels + ", " + scaleBits + " and "
                            + firstPrimeBits
                            + "; take those of CkksParameters.builder()");
        }
        double[] half = new double[levels + 1];
        double[] scales = new double[levels + 1];
        for (int l = 0; l <= levels; l++) {
            half[l] = firstPrimeBits - 1 + (double) l * scaleBits;
            scales[l] = Math.scalb(1.0, scaleBits);
        }
        return ofLimits(half, scales);
    }

    private static ModulusCapacity ofLimits(double[] half, double[] scales) {
        return new ModulusCapacity(half, scales, Math.min(1, Math.exp(LN2 * (half[0] - log2(scales[0]) - 1))));
    }

    /**
     * The same modulus for ciphertexts whose slots are known to be smaller, or larger, than usual.
     *
     * @param bound largest magnitude of a slot, positive and finite
     * @return a capacity that takes slots of ciphertexts to be up to this bound
     * @throws InvalidParametersException if the bound is not positive and finite
     */
    public ModulusCapacity assuming(double bound) {
        if (!(bound > 0) || Double.isInfinite(bound)) {
            throw new InvalidParametersException("assumingSlotsUpTo: expected a positive finite bound, found " + bound
                    + "; give the largest magnitude that a slot can have");
        }
        return new ModulusCapacity(log2Half, scales, bound);
    }

    /** {@return the top level that has a canonical scale, a number of rescalings} */
    public int maxLevel() {
        return scales.length - 1;
    }

    /**
     * The canonical scale of a level.
     *
     * @param level 0..maxLevel
     * @return the factor between slots and the polynomial's values
     */
    public double scale(int level) {
        return scales[level];
    }

    /**
     * What the rule compares with.
     *
     * @param level 0..chainLevel
     * @return log2 of Q(level)/2
     */
    public double log2HalfModulus(int level) {
        return log2Half[level];
    }

    /** {@return largest magnitude that is taken for slots nobody knows; 1 unless said otherwise} */
    public double assumedBound() {
        return assumedBound;
    }

    /**
     * The rule.
     *
     * @param bound largest magnitude of a slot; infinite or not a number does not fit
     * @param scale factor between slots and the polynomial's values
     * @param level 0..chainLevel
     * @return whether such a value stays below half the modulus
     */
    public boolean fits(double bound, double scale, int level) {
        return bound == 0 || log2(bound) + log2(scale) < log2Half[level];
    }

    /**
     * The lowest level at which a value fits.
     *
     * @param bound largest magnitude of a slot
     * @param scale factor between slots and the polynomial's values
     * @return the level; -1 if there is none
     */
    public int lowestLevel(double bound, double scale) {
        for (int l = 0; l < scales.length; l++) {
            if (fits(bound, scale, l)) {
                return l;
            }
        }
        return -1;
    }

    /**
     * Refuses a result of unknown slots, by its scale.
     *
     * @param operation what was asked for
     * @param factor by how much known operands let slots grow; below 1 it counts as 1
     * @param scale scale of the result
     * @param level level of the result
     * @throws ScaleException if slots of the assumed bound, times the factor, do not fit
     */
    public void requireUnknown(String operation, double factor, double scale, int level) {
        double bound = assumedBound * Math.max(1, factor);
        if (fits(bound, scale, level)) {
            return;
        }
        double bits = log2(bound) + log2(scale);
        String found = bound == 1
                ? "scale " + power(log2(scale))
                : "scale " + power(log2(scale)) + " for slots up to " + number(bound) + ", " + power(bits) + " in all";
        throw tooLarge(operation, level, found, Advice.byScale(operation), lowestLevel(bound, scale));
    }

    /**
     * Refuses known slots, by their values.
     *
     * @param operation what was asked for
     * @param bound largest magnitude of a slot
     * @param scale scale of the value
     * @param level level of the value
     * @throws ScaleException if the slots do not fit, are infinite or are not numbers
     */
    public void requireKnown(String operation, double bound, double scale, int level) {
        if (fits(bound, scale, level)) {
            return;
        }
        String found = "slots up to " + number(bound) + " at scale " + power(log2(scale))
                + (Double.isFinite(bound) ? ", " + power(log2(bound) + log2(scale)) + " in all" : "");
        throw tooLarge(operation, level, found, Advice.byValues(operation), lowestLevel(bound, scale));
    }

    private ScaleException tooLarge(String operation, int level, String found, Advice advice, int lowest) {
        String where = lowest > level
                ? advice.verb + " at level " + lowest + " or more"
                : lowest < 0 ? "use parameters with more levels" : advice.verb + " smaller values";
        return new ScaleException(operation + ": expected a result below Q/2 = " + power(log2Half[level]) + " at level "
                + level + ", found " + found + "; " + advice.remedy + ", or " + where);
    }

    /** What to do about a result that is too large, by the kind of operation. */
    private record Advice(String remedy, String verb) {
        static Advice byScale(String operation) {
            boolean product = operation.startsWith("multiply")
                    || operation.startsWith("square")
                    || operation.startsWith("sum")
                    || operation.startsWith("accumulate");
            return new Advice(product ? "rescale the factors first" : "rescale it first", verb(operation));
        }

        static Advice byValues(String operation) {
            return new Advice("scale the values down where they are made", verb(operation));
        }

        private static String verb(String operation) {
            if (operation.startsWith("enc")) {
                return "encode";
            }
            if (operation.startsWith("drop")) {
                return "stay";
            }
            if (operation.startsWith("add") || operation.startsWith("subtract")) {
                return "add";
            }
            return operation.startsWith("multiply") || operation.startsWith("square") || operation.startsWith("sum")
                    ? "multiply"
                    : "compute";
        }
    }

    /**
     * Whether a constant becomes zero when it is scaled and rounded.
     *
     * @param c a constant
     * @param scale scale it is encoded at
     * @return true if it is not zero and its rounded product with the scale is
     */
    public static boolean roundsToZero(double c, double scale) {
        return c != 0 && Math.rint(c * scale) == 0;
    }

    /**
     * The smallest positive constant that does not round to zero, up to rounding errors.
     *
     * @param scale scale it is encoded at
     * @return half of 1/scale and a little more
     */
    public static double smallestConstant(double scale) {
        return 0.5 / scale * (1 + 0x1p-50);
    }

    /**
     * Refuses a constant, or the largest entry of a vector, that is not zero and rounds to zero.
     *
     * @param operation what was asked for
     * @param c the constant, or the largest magnitude of a vector's entries
     * @param scale scale it is encoded at
     * @throws ScaleException if it is not zero and rounds to zero
     */
    public static void requireNotRoundedToZero(String operation, double c, double scale) {
        if (roundsToZero(c, scale)) {
            throw roundedToZero(operation, c, scale);
        }
    }

    /**
     * The refusal of something that is not zero and rounds to zero.
     *
     * @param operation what was asked for
     * @param c the constant, or the largest magnitude of a vector's entries
     * @param scale scale it is encoded at
     * @return the exception, to be thrown
     */
    public static ScaleException roundedToZero(String operation, double c, double scale) {
        String expected = roundsToZero(c, scale)
                ? "a magnitude of at least " + number(smallestConstant(scale)) + " that does not round to zero"
                : "a vector with a coefficient that does not round to zero";
        String found = roundsToZero(c, scale) ? number(c) : "slots up to " + number(c);
        return new ScaleException(operation + ": expected 0, or " + expected + " at scale " + power(log2(scale))
                + ", found " + found + "; multiply by a larger constant and by the rest of it elsewhere, or use"
                + " parameters with more scaleBits");
    }

    /**
     * The bound of known slots.
     *
     * @param re real parts
     * @param im imaginary parts, as many; null if all are zero
     * @return their largest magnitude; infinite if one is infinite or not a number
     */
    public static double largest(double[] re, double[] im) {
        double most = 0;
        for (int i = 0; i < re.length; i++) {
            double square = im == null ? re[i] * re[i] : re[i] * re[i] + im[i] * im[i];
            if (!(square <= most)) { // one that is not a number, too
                most = square;
                if (!(square < Double.POSITIVE_INFINITY)) {
                    return largestByHypot(re, im);
                }
            }
        }
        return most < LEAST_SQUARE ? largestByHypot(re, im) : Math.sqrt(most);
    }

    /** For magnitudes whose squares a double does not hold. */
    private static double largestByHypot(double[] re, double[] im) {
        double most = 0;
        for (int i = 0; i < re.length; i++) {
            double size = Math.hypot(re[i], im == null ? 0 : im[i]);
            if (!(size < Double.POSITIVE_INFINITY)) {
                return Double.POSITIVE_INFINITY;
            }
            most = Math.max(most, size);
        }
        return most;
    }

    private static double log2(double x) {
        return Math.log(x) / LN2;
    }

    private static String power(double bits) {
        return String.format(Locale.ROOT, "2^%.1f", bits);
    }

    private static String number(double x) {
        return String.format(Locale.ROOT, Math.abs(x) >= 1e-3 && Math.abs(x) < 1e6 ? "%.4f" : "%.4g", x)
                .replaceFirst("(\\.\\d*?)0+$", "$1")
                .replaceFirst("\\.$", "");
    }
}
