package io.github.hecnn.ckks.slots;

import io.github.hecnn.ckks.error.InvalidParametersException;

/**
 * Brings values of a low level back up, with the same slots but for a predicted error: what {@link SlotAlgebra#refresh} works with.
 * {@link io.github.hecnn.ckks.bootstrap.Bootstrapper} is the one for ciphertexts. Implementations are thread-safe.
 *
 * @param <V> a vector of slots; immutable
 */
public interface Refresher<V> {
    /**
     * What can be refreshed, where it arrives, and how exactly. Needs no key, so a rehearsal can have it first.
     *
     * @param inputLevel lowest level of a value that can be refreshed, at least 0
     * @param outputLevel level of the result, above the input level
     * @param period number of slots after which vectors repeat themselves, a power of two; that of all slots for any vector
     * @param complexSlots whether imaginary parts survive; if not, slots must be real
     * @param bound largest magnitude of a real or imaginary part, positive; infinite if there is no limit but the modulus
     * @param deviation root mean square error of a slot, of its modulus for complex slots; 0 or more, finite
     */
    record Limits(int inputLevel, int outputLevel, int period, boolean complexSlots, double bound, double deviation) {
        /**
         * Checks the numbers.
         *
         * @param inputLevel see the component
         * @param outputLevel see the component
         * @param period see the component
         * @param complexSlots see the component
         * @param bound see the component
         * @param deviation see the component
         * @throws InvalidParametersException if one is outside of its range
         */
        public Limits {
            if (inputLevel < 0 || outputLevel <= inputLevel) {
                throw new InvalidParametersException(
                        "Refresher: expected levels with 0 <= inputLevel < outputLevel, found " + inputLevel + " and "
                                + outputLevel + "; a refresh has to raise the level");
            }
            if (period < 1 || Integer.bitCount(period) != 1) {
                throw new InvalidParametersException("Refresher: expected a power of two as period, found " + period
                        + "; give the number of slots for vectors that do not repeat");
            }
            if (!(bound > 0)) {
                throw new InvalidParametersException("Refresher: expected a positive bound, found " + bound
                        + "; give the largest magnitude of a slot");
            }
            if (!(deviation >= 0) || Double.isInfinite(deviation)) {
                throw new InvalidParametersException("Refresher: expected a finite deviation of 0 or more, found "
                        + deviation + "; give the root mean square error of a slot");
            }
        }
    }

    /** {@return what can be refreshed, where it arrives, and how exactly} */
    Limits limits();

    /**
     * Refreshes a value. Nobody sees whether its slots are within the limits: outside of them the result is wrong.
     *
     * @param v two components, scale degree 1, from the input level to the output level
     * @return the same slots at the output level, scale degree 1, two components
     * @throws io.github.hecnn.ckks.error.LevelException if the level is too low
     * @throws io.github.hecnn.ckks.error.ScaleException if the scale degree is not 1
     * @throws io.github.hecnn.ckks.error.MismatchException for a value of other parameters, another key pair or three components
     */
    V refresh(V v);
}
