package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.internal.Door;
import io.github.hecnn.ckks.internal.PeriodicEncoder;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.internal.parts.PlaintextParts;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.ModulusCapacity;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.rns.Domain;
import io.github.hecnn.core.rns.PeriodicPolynomial;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns vectors of real or complex numbers into plaintexts and back. A vector of n values, n a power of two up to N/2, is
 * packed sparsely when n is smaller than N/2: its plaintext is a polynomial in X^(N/2n), equal to the one of the vector repeated to full
 * length. A plaintext remembers n, and is not decoded with fewer slots, which would be averages. Thread-safe.
 *
 * <p>Error: coefficients are rounded to integers, which costs at most sqrt(N)/scale in a slot (about 2^(log2(N)/2 - scaleBits)),
 * and the transform in doubles about 2^-50 relative to the largest slot.
 */
public final class CkksEncoder {
    static {
        Door.open(CkksEncoder.class, PeriodicEncoder.class, e -> e::encodePeriodic, null);
    }

    private static final double FAST_LIMIT = 0x1p50; // the reduction kernel's bound
    /** Values up to 2^(DECODE_MARGIN_BITS-1) in magnitude are decoded from as few limbs as hold them. */
    private static final int DECODE_MARGIN_BITS = 64;
    /** A value that wrapped around comes out this many bits below the modulus once in 2^DECODE_GUARD_BITS times. */
    private static final int DECODE_GUARD_BITS = 30;

    /** log2 of the smallest ring that transforms are made for. */
    private static final int SMALLEST_RING = 10;

    private final CkksContext context;
    private final ConcurrentHashMap<Integer, SlotTransform> transforms = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Integer, RnsBasis> smallBases = new ConcurrentHashMap<>();

    /**
     * Complex slots in two arrays of equal length.
     *
     * @param re [slots] real parts
     * @param im [slots] imaginary parts
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier of results, made anew for every caller
    public record Slots(double[] re, double[] im) {}

    /**
     * An encoder.
     *
     * @param context context of the plaintexts
     */
    public CkksEncoder(CkksContext context) {
        this.context = context;
    }

    /**
     * Encodes real values at the top level and its canonical scale.
     *
     * @param values n values, n a power of two up to N/2
     * @return the plaintext
     * @throws MismatchException if the length does not fit or a value is not finite
     * @throws ScaleException if the values at this scale exceed the modulus
     */
    public Plaintext encode(double[] values) {
        return encode(values, context.parameters().maxLevel());
    }

    /**
     * Encodes real values at a level and its canonical scale.
     *
     * @param values n values, n a power of two up to N/2
     * @param level 0..maxLevel
     * @return the plaintext
     * @throws MismatchException if the length does not fit or a value is not finite
     * @throws LevelException if there is no such level
     * @throws ScaleException if the values at this scale exceed the modulus
     */
    public Plaintext encode(double[] values, int level) {
        return encode(values, null, level);
    }

    /**
     * Encodes complex values at a level and its canonical scale.
     *
     * @param re n real parts, n a power of two up to N/2
     * @param im n imaginary parts, or null for real values
     * @param level 0..maxLevel
     * @return the plaintext
     * @throws MismatchException if a length does not fit or a value is not finite
     * @throws LevelException if there is no such level
     * @throws ScaleException if the values at this scale exceed the modulus
     */
    public Plaintext encode(double[] re, double[] im, int level) {
        requireLevel(level, context.parameters().maxLevel());
        return encode(re, im, level, context.parameters().scale(level));
    }

    /**
     * Encodes complex values at the top level and its canonical scale.
     *
     * @param re n real parts, n a power of two up to N/2
     * @param im n imaginary parts, or null for real values
     * @return the plaintext
     * @throws MismatchException if a length does not fit or a value is not finite
     * @throws ScaleException if the values at this scale exceed the modulus
     */
    public Plaintext encode(double[] re, double[] im) {
        int top = context.parameters().maxLevel();
        return encode(re, im, top, context.parameters().scale(top));
    }

    /**
     * Encodes complex values at a level and scale.
     *
     * @param re n real parts, n a power of two up to N/2
     * @param im n imaginary parts, or null for real values
     * @param level 0..chainLevel
     * @param scale positive factor
     * @return the plaintext
     * @throws MismatchException if a length does not fit or a value is not finite
     * @throws LevelException if there is no such level
     * @throws ScaleException if the scale is not positive and finite, or the values at this scale exceed the modulus
     */
    public Plaintext encode(double[] re, double[] im, int level, double scale) {
        requireLevel(level, context.parameters().chainLevel());
        Rounded rounded = rounded(re, im, level, scale);
        RnsPolynomial p = encodeOn(rounded, Rings.of(context).basis(level));
        return new Plaintext(new PlaintextParts(context.parameters().rootId(), p, scale, rounded.bound(), re.length));
    }

    /**
     * Encodes complex values at a level and scale, modulo the special primes as well.
     *
     * @param re n real parts, n a power of two up to N/2
     * @param im n imaginary parts, or null for real values
     * @param level 0..chainLevel
     * @param scale positive factor
     * @return the plaintext, for {@link Evaluator#sumsOfRotatedPlainProducts}
     * @throws MismatchException if a length does not fit or a value is not finite
     * @throws LevelException if there is no such level
     * @throws ScaleException if the scale is not positive and finite, or the values at this scale exceed the modulus
     */
    public ExtendedPlaintext encodeExtended(double[] re, double[] im, int level, double scale) {
        requireLevel(level, context.parameters().chainLevel());
        Rounded rounded = rounded(re, im, level, scale);
        RnsPolynomial p = encodeOn(rounded, Rings.of(context).extendedBasis(level));
        return new ExtendedPlaintext(context.parameters().id(), p, level, scale, rounded.bound());
    }

    /**
     * {@link #encodeExtended} of a vector that repeats itself, worked out and kept in the smallest ring that holds it.
     *
     * @param re n real parts, n a power of two up to N/2
     * @param im n imaginary parts, or null for real values
     * @param level 0..chainLevel
     * @param scale positive factor
     * @return the polynomial modulo q(0)..q(level) and the special primes, with gap N/2n
     * @throws MismatchException if a length does not fit or a value is not finite
     * @throws LevelException if there is no such level
     * @throws ScaleException if the scale is not positive and finite, or the values at this scale exceed the modulus
     */
    private PeriodicPolynomial encodePeriodic(double[] re, double[] im, int level, double scale) {
        requireLevel(level, context.parameters().chainLevel());
        RnsBasis basis = Rings.of(context).extendedBasis(level);
        Rounded rounded = rounded(re, im, level, scale);
        int log = Math.max(SMALLEST_RING, 1 + Integer.numberOfTrailingZeros(re.length));
        RnsBasis small = smallBases.computeIfAbsent(log << 16 | level, k -> basis.withLogRingDegree(log));
        RnsPolynomial p = encodeOn(rounded, small);
        return PeriodicPolynomial.of(basis, p, context.parameters().slots() / re.length);
    }

    private RnsPolynomial encodeOn(Rounded rounded, RnsBasis basis) {
        double[] coefficients = new double[basis.degree()];
        int n = rounded.re().length;
        int half = basis.degree() / 2;
        int gap = half / n;
        for (int j = 0; j < n; j++) {
            coefficients[j * gap] = rounded.re()[j];
            coefficients[half + j * gap] = rounded.im()[j];
        }
        return toRns(coefficients, basis, rounded.largest());
    }

    /**
     * Coefficients of a vector times the scale, as integers.
     *
     * @param re [n] of the lower half
     * @param im [n] of the upper half
     * @param largest their largest magnitude
     * @param bound the largest magnitude of the values
     */
    @SuppressWarnings("ArrayRecordComponent") // for one encoding, and never changed
    private record Rounded(double[] re, double[] im, double largest, double bound) {}

    private Rounded rounded(double[] re, double[] im, int level, double scale) {
        int n = re.length;
        int full = context.parameters().slots();
        if (n == 0 || n > full || (n & (n - 1)) != 0 || (im != null && im.length != n)) {
            throw new MismatchException("encode: expected a power of two up to " + full
                    + " values, real and imaginary parts alike, found " + n + (im == null ? "" : " and " + im.length)
                    + "; pad with zeros");
        }
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new ScaleException("encode: expected a positive finite scale, found " + scale
                    + "; take the canonical one of the level");
        }
        double[] x = re.clone();
        double[] y = im == null ? new double[n] : im.clone();
        for (int i = 0; i < n; i++) {
            if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
                throw new MismatchException("encode: expected finite values, found " + x[i] + " + " + y[i]
                        + "i in slot " + i + "; check where it was computed");
            }
        }
        double bound = ModulusCapacity.largest(x, y);
        context.capacity()
                .requireKnown("encode", bound, scale, level); // data primes alone: the special ones leave again
        transform(n).toCoefficients(x, y);
        double largest = scaleAndRound(x, scale, scaleAndRound(y, scale, 0));
        if (!(largest < Double.POSITIVE_INFINITY)) {
            throw new ScaleException(
                    "encode: expected scaled values and their sum below 2^1023, where doubles end, found"
                            + " slots up to " + bound + " at scale " + scale + "; scale the values down");
        }
        if (largest == 0 && bound != 0) {
            throw ModulusCapacity.roundedToZero("encode", bound, scale);
        }
        return new Rounded(x, y, largest, bound);
    }

    private static double scaleAndRound(double[] x, double scale, double largest) {
        double max = largest;
        for (int j = 0; j < x.length; j++) {
            double v = Math.rint(x[j] * scale);
            x[j] = v;
            max = Math.max(max, Math.abs(v));
        }
        return max;
    }

    private RnsPolynomial toRns(double[] coefficients, RnsBasis basis, double largest) {
        double[][] limbs = new double[basis.size()][];
        context.workers().forEach(limbs.length, i -> {
            Modulus q = basis.modulus(i);
            double[] limb = new double[coefficients.length];
            if (largest < FAST_LIMIT) {
                RnsPolynomial.reduce(coefficients, q, limb);
            } else {
                for (int j = 0; j < limb.length; j++) {
                    limb[j] = q.reduceExact(coefficients[j]);
                }
            }
            basis.ntt(i).forwardInPlace(limb);
            limbs[i] = limb;
        });
        return RnsPolynomial.wrap(basis, Domain.NTT, limbs);
    }

    /**
     * Decodes real parts of all slots.
     *
     * @param plaintext an encoded vector, of any level and scale
     * @return as many values as were encoded, also after encryption and decryption ({@link Ciphertext#slots}); N/2 if that is unknown
     * @throws MismatchException if the plaintext has other parameters
     */
    public double[] decode(Plaintext plaintext) {
        return decodeComplex(plaintext).re();
    }

    /**
     * Decodes all complex slots.
     *
     * @param plaintext an encoded vector, of any level and scale
     * @return as many slots as were encoded, N/2 if that is unknown; as from {@link #decodeComplex(Plaintext, int)}
     * @throws MismatchException if the plaintext has other parameters
     */
    public Slots decodeComplex(Plaintext plaintext) {
        int known = plaintext.slots();
        return decodeComplex(
                plaintext,
                known == Plaintext.UNKNOWN_SLOTS ? context.parameters().slots() : known);
    }

    /**
     * Decodes complex slots.
     *
     * @param plaintext an encoded vector
     * @param slots as many as were encoded, or more, a power of two up to N/2: more give the vector repeated. Where the plaintext does
     *     not know how many were encoded, fewer give averages
     * @return the slots; correct for magnitudes below Q/(2*scale) at the plaintext's level
     * @throws MismatchException if the number of slots does not fit or is smaller than the known one of the plaintext, or the plaintext
     *     has other parameters
     */
    public Slots decodeComplex(Plaintext plaintext, int slots) {
        context.requireRoot(plaintext.parametersId(), "decode");
        int full = context.parameters().slots();
        if (slots <= 0 || slots > full || (slots & (slots - 1)) != 0) {
            throw new MismatchException("decode: expected a power of two up to " + full + " slots, found " + slots
                    + "; ask for as many as were encoded");
        }
        int known = plaintext.slots();
        if (slots < known) {
            throw new MismatchException("decode: expected " + known + " slots or more, as were encoded, found " + slots
                    + "; ask for " + known + ", or for all with decodeComplex(plaintext)");
        }
        double[] c = coefficients(plaintext);
        double[] x = new double[slots];
        double[] y = new double[slots];
        int gap = full / slots;
        for (int j = 0; j < slots; j++) {
            x[j] = c[j * gap];
            y[j] = c[full + j * gap];
        }
        transform(slots).toSlots(x, y);
        return new Slots(x, y);
    }

    /**
     * Coefficients divided by the scale. They are far smaller than Q, so a few limbs determine them: as many as hold the scale and
     * 64 bits, or the bound of the slots if it is known. What comes out near the end of these limbs may have wrapped around, and is
     * done again with all of them.
     */
    private double[] coefficients(Plaintext plaintext) {
        RnsPolynomial m = plaintext.polynomial();
        double scaleBits = OperandChecks.log2(plaintext.scale());
        boolean known = plaintext.bound() < Double.POSITIVE_INFINITY; // false for NaN
        double boundBits = known && plaintext.bound() > 1 ? OperandChecks.log2(plaintext.bound()) + 2 : 0;
        double wanted = scaleBits + Math.max(DECODE_MARGIN_BITS, boundBits);
        int limbs = 1;
        double bits = m.basis().modulus(0).log2();
        while (limbs < m.size() && bits < wanted) {
            bits += m.basis().modulus(limbs++).log2();
        }
        double[] c = coefficients(m, limbs, plaintext.scale());
        boolean safe = limbs == m.size()
                || known
                || OperandChecks.log2(ModulusCapacity.largest(c, null)) < bits - scaleBits - DECODE_GUARD_BITS;
        return safe ? c : coefficients(m, m.size(), plaintext.scale());
    }

    private double[] coefficients(RnsPolynomial m, int limbs, double scale) {
        RnsPolynomial some = Rings.of(context)
                .arithmetic()
                .toCoefficients(m.restrict(Rings.of(context).basis(limbs - 1)));
        return Rings.of(context).reconstructor(limbs).toDoubles(some, scale);
    }

    private SlotTransform transform(int slots) {
        return transforms.computeIfAbsent(Integer.numberOfTrailingZeros(slots), SlotTransform::new);
    }

    private static void requireLevel(int level, int most) {
        if (level < 0 || level > most) {
            throw new LevelException("encode: expected a level in 0.." + most + ", found " + level
                    + "; use parameters with more levels");
        }
    }
}
