package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.error.MismatchException;

/**
 * What encoding at a scale does to a vector: the slots it really holds, minus those it was made from. No parameters are needed, as they do not
 * matter. Immutable and thread-safe.
 */
public final class EncodingErrors {
    private final int slots;
    private final SlotTransform transform;

    private EncodingErrors(int slots) {
        this.slots = slots;
        this.transform = new SlotTransform(Integer.numberOfTrailingZeros(slots));
    }

    /**
     * Errors of vectors of one length.
     *
     * @param slots a power of two
     * @return what finds them
     * @throws MismatchException if it is no power of two
     */
    public static EncodingErrors ofSlots(int slots) {
        if (slots < 1 || Integer.bitCount(slots) != 1) {
            throw new MismatchException(
                    "EncodingErrors: expected a power of two of slots, found " + slots + "; take half the ring degree");
        }
        return new EncodingErrors(slots);
    }

    /**
     * The rounding of one vector's coefficients, seen in its slots. Coefficients of 2^53 and more are not rounded; what the transform itself loses in
     * doubles, about 2^-52 of the largest slot, is not in it.
     *
     * @param re real parts, one for each slot
     * @param im imaginary parts, or null for real values
     * @param scale scale of the plaintext
     * @return the error of every slot, in units of the slot
     * @throws MismatchException if a length is another one
     */
    public CkksEncoder.Slots of(double[] re, double[] im, double scale) {
        if (re.length != slots || (im != null && im.length != slots)) {
            throw new MismatchException("EncodingErrors: expected " + slots + " slots, found " + re.length
                    + (im == null ? "" : " and " + im.length) + "; give all of them");
        }
        double[] x = re.clone();
        double[] y = im == null ? new double[slots] : im.clone();
        transform.toCoefficients(x, y);
        round(x, scale);
        round(y, scale);
        transform.toSlots(x, y);
        return new CkksEncoder.Slots(x, y);
    }

    private static void round(double[] x, double scale) {
        for (int j = 0; j < x.length; j++) {
            double scaled = x[j] * scale;
            x[j] = (Math.rint(scaled) - scaled) / scale;
        }
    }
}
