package io.github.hecnn.ckks.slots;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.params.ModulusCapacity;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.EncodingErrors;
import io.github.hecnn.ckks.scheme.Plaintext;
import java.util.Arrays;
import java.util.Objects;

/**
 * The slots of a plaintext operand: a mask, a vector of constants. Immutable and thread-safe.
 *
 * <p>Equality is identity, on purpose: an implementation of {@link SlotAlgebra} encodes a vector once for each level and scale it
 * is used at and remembers the result for that very object. Make a mask once and use it many times.
 */
public final class PlainVector {
    /** All real parts, or the first ones, which repeat themselves. */
    private final double[] re;

    private final double[] im;
    private final int size;
    private final double largest;
    private final boolean constant;
    private final int sign;
    /** Of the magnitudes; 0 until it is asked for. */
    private volatile long hash;
    /** All real parts, once they have been asked for. */
    private volatile double[] allRe;

    private PlainVector(double[] re, double[] im) {
        this(re, im, re.length);
    }

    private PlainVector(double[] re, double[] im, int size) {
        this.re = re;
        this.im = im;
        this.size = size;
        this.largest = ModulusCapacity.largest(re, im);
        this.allRe = re.length == size ? re : null;
        this.constant = allEqual();
        this.sign = firstSign();
    }

    /**
     * Real slots.
     *
     * @param values one finite number a slot; copied
     * @return the vector
     * @throws InvalidParametersException if a number is infinite or not a number
     */
    public static PlainVector real(double[] values) {
        return new PlainVector(checked("PlainVector.real", values), null);
    }

    /**
     * Complex slots.
     *
     * @param re real parts, one finite number a slot; copied
     * @param im imaginary parts, as many; copied
     * @return the vector
     * @throws MismatchException if the lengths differ
     * @throws InvalidParametersException if a number is infinite or not a number
     */
    public static PlainVector complex(double[] re, double[] im) {
        if (re.length != im.length) {
            throw new MismatchException("PlainVector.complex: expected as many imaginary as real parts (" + re.length
                    + "), found " + im.length + "; give both for every slot");
        }
        return new PlainVector(checked("PlainVector.complex", re), checked("PlainVector.complex", im));
    }

    /**
     * The same real number in every slot.
     *
     * @param c a finite number
     * @param slots number of slots, at least 1
     * @return the vector
     * @throws InvalidParametersException if c is infinite or not a number, or there are no slots
     */
    public static PlainVector constant(double c, int slots) {
        if (slots < 1) {
            throw new InvalidParametersException(
                    "PlainVector.constant: expected at least 1 slot, found " + slots + "; take algebra.slots()");
        }
        return repeated(new double[] {c}, slots);
    }

    /**
     * Real slots that repeat themselves. Until the slots are needed, which planning never does, only the first ones are kept.
     *
     * @param values the first slots, finite numbers; copied
     * @param slots number of slots, a multiple of theirs
     * @return the vector
     * @throws InvalidParametersException if a number is infinite or not a number, or the slots are no multiple of the values
     */
    public static PlainVector repeated(double[] values, int slots) {
        if (values.length == 0 || slots < values.length || slots % values.length != 0) {
            throw new InvalidParametersException("PlainVector.repeated: expected a multiple of " + values.length
                    + " values as slots, found " + slots + "; give the values of one period");
        }
        return new PlainVector(checked("PlainVector.repeated", values), null, slots);
    }

    private static double[] checked(String operation, double[] values) {
        double[] copy = values.clone();
        for (int i = 0; i < copy.length; i++) {
            if (!Double.isFinite(copy[i])) {
                throw new InvalidParametersException(operation + ": expected finite numbers, found " + copy[i]
                        + " in slot " + i + "; correct that slot");
            }
        }
        return copy;
    }

    /**
     * The slots of a plaintext.
     *
     * @param encoder encoder of the plaintext's parameters
     * @param plaintext an encoded vector
     * @return all of its slots, complex
     * @throws MismatchException if the plaintext has other parameters
     */
    public static PlainVector decoded(CkksEncoder encoder, Plaintext plaintext) {
        CkksEncoder.Slots s = encoder.decodeComplex(plaintext);
        return new PlainVector(s.re(), s.im());
    }

    /**
     * Encodes the vector at the top level and its canonical scale, ready to be encrypted.
     *
     * @param encoder encoder of the wanted parameters
     * @return the plaintext
     * @throws MismatchException if there are more slots than the parameters have
     */
    public Plaintext encoded(CkksEncoder encoder) {
        return encoder.encode(realParts(), im);
    }

    /**
     * Encodes the vector at a level and its canonical scale, ready to be encrypted: what a circuit first uses at a lower level needs no more.
     *
     * @param encoder encoder of the wanted parameters
     * @param level from 0 to the top level
     * @return the plaintext
     * @throws MismatchException if there are more slots than the parameters have
     * @throws io.github.hecnn.ckks.error.LevelException if there is no such level
     */
    public Plaintext encoded(CkksEncoder encoder, int level) {
        return encoder.encode(realParts(), im, level);
    }

    /** {@return number of slots} */
    public int size() {
        return size;
    }

    /**
     * Real part of a slot.
     *
     * @param i slot, from 0
     * @return its real part
     */
    public double re(int i) {
        return re[re.length == size ? i : Objects.checkIndex(i, size) % re.length];
    }

    /**
     * Imaginary part of a slot.
     *
     * @param i slot, from 0
     * @return its imaginary part
     */
    public double im(int i) {
        return im == null ? 0 : im[i];
    }

    /** {@return whether it was made without imaginary parts, all of which are zero then} */
    public boolean isReal() {
        return im == null;
    }

    /**
     * Largest magnitude of a slot, by which the algebras know whether a product or a sum with it still fits under the modulus.
     *
     * @return 0 if every slot is zero
     */
    public double largest() {
        return largest;
    }

    /**
     * The vector with every slot moved to the right, cyclically.
     *
     * @param steps any integer; negative to the left
     * @return slot i holds what slot i - steps held
     */
    public PlainVector rotatedRight(int steps) {
        if (steps == 0) {
            return this;
        }
        double[] rotated = CyclicShift.left(realParts(), -steps);
        return isReal() ? real(rotated) : complex(rotated, CyclicShift.left(imaginaryParts(), -steps));
    }

    /** The real parts themselves: not to be changed. */
    double[] realParts() {
        double[] all = allRe;
        if (all == null) {
            all = new double[size];
            for (int from = 0; from < size; from += re.length) {
                System.arraycopy(re, 0, all, from, re.length);
            }
            allRe = all;
        }
        return all;
    }

    /** The imaginary parts themselves, not to be changed, or null if it is real. */
    double[] imaginaryParts() {
        return im;
    }

    /** Whether all slots hold one real number. */
    boolean isConstant() {
        return constant;
    }

    private boolean allEqual() {
        for (int i = 0; i < re.length; i++) {
            if (re[i] != re[0] || im(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The sign of the first number that is not zero; 0 if there is none. */
    int sign() {
        return sign;
    }

    private int firstSign() {
        for (int i = 0; i < re.length; i++) {
            double first = re[i] == 0 ? im(i) : re[i];
            if (first != 0) {
                return first > 0 ? 1 : -1;
            }
        }
        return 0;
    }

    /** The same for equal vectors, and for those of opposite signs. */
    long hashOfMagnitudes() {
        if (hash == 0) {
            int period = period();
            long h = size;
            for (int i = 0; i < period; i++) {
                h = ErrorSum.mix(h, Double.doubleToLongBits(sign * re[i] + 0.0));
                h = ErrorSum.mix(h, Double.doubleToLongBits(sign * im(i) + 0.0));
            }
            hash = h;
        }
        return hash;
    }

    /** After how many slots all repeat themselves: halved as often as both halves are equal. */
    private int period() {
        int period = re.length;
        while (im == null && period % 2 == 0 && Arrays.equals(re, 0, period / 2, re, period / 2, period)) {
            period /= 2;
        }
        return period;
    }

    /** Whether all coefficients round to zero at a scale, so that nothing of the vector would be left. */
    boolean vanishes(double scale) {
        double[] all = realParts();
        CkksEncoder.Slots lost = EncodingErrors.ofSlots(size).of(all, im, scale);
        for (int i = 0; i < size; i++) { // a polynomial that is not zero has a slot of at least 1/scale
            if (Math.hypot(all[i] + lost.re()[i], im(i) + lost.im()[i]) * scale >= 0.5) {
                return false;
            }
        }
        return true;
    }
}
