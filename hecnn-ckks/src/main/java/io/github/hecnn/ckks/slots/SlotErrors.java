package io.github.hecnn.ckks.slots;

/**
 * Possible errors of a rehearsed value: some independent draws of what the real run's noise could be in every slot, so that a sum of two values
 * with a common error has what it should. Immutable; arrays are not copied. Made by {@link ErrorSum}.
 */
final class SlotErrors {
    /**
     * Equal for values that are equal bit for bit in a real run, whose operations are deterministic; sums, differences and integer multiples of
     * values are those of their numbers.
     */
    final long id;

    /** [draw][slot] real parts. */
    final double[][] re;

    /** [draw][slot] imaginary parts. */
    final double[][] im;

    /** What arithmetic in doubles may have cost in any slot, in the rehearsal as well as in encoding and decoding. */
    final double floor;

    SlotErrors(long id, double[][] re, double[][] im, double floor) {
        this.id = id;
        this.re = re;
        this.im = im;
        this.floor = floor;
    }

    /** Root mean square over the draws of one part, in every slot, with what decoding slots up to a bound costs. */
    double[] deviations(double[][] part, double bound) {
        double doubles = floor + 0x1p-52 * bound;
        double[] out = new double[part[0].length];
        for (double[] draw : part) {
            for (int i = 0; i < out.length; i++) {
                out[i] += draw[i] * draw[i];
            }
        }
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.sqrt(out[i] / part.length + doubles * doubles);
        }
        return out;
    }
}
