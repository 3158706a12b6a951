package io.github.hecnn.ckks.proposal;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.params.SecurityLevel;
import java.util.Objects;

/**
 * What parameters are wanted for. Immutable; made by {@link #builder}.
 *
 * @param depth products one after the other, 0..60
 * @param precisionBits every slot of the result is to be within 2^-precisionBits, 1..40
 * @param securityLevel what the parameters must have
 * @param magnitude largest magnitude of a slot of any value on the way, 2^-10 to 2^20
 * @param slots numbers in a ciphertext at least, up to 2^16
 * @param rotationKeys rotation keys, for the bytes only
 */
public record ParameterRequest(
        int depth, int precisionBits, SecurityLevel securityLevel, double magnitude, int slots, int rotationKeys) {
    private static final int MOST_DEPTH = 60;
    private static final int MOST_BITS = 40;
    private static final int MOST_SLOTS = 1 << 16;

    /**
     * Checks everything.
     *
     * @param depth products one after the other, 0..60
     * @param precisionBits every slot of the result is to be within 2^-precisionBits, 1..40
     * @param securityLevel what the parameters must have
     * @param magnitude largest magnitude of a slot of any value on the way, 2^-10 to 2^20
     * @param slots numbers in a ciphertext at least, up to 2^16
     * @param rotationKeys rotation keys, for the bytes only
     * @throws InvalidParametersException if a number is out of range
     */
    public ParameterRequest {
        range("depth", depth, 0, MOST_DEPTH);
        range("precisionBits", precisionBits, 1, MOST_BITS);
        range("slots", slots, 1, MOST_SLOTS);
        range("rotationKeys", rotationKeys, 0, 2 * MOST_SLOTS);
        Objects.requireNonNull(securityLevel, "securityLevel");
        if (!(magnitude >= 0x1p-10 && magnitude <= 0x1p20)) {
            throw new InvalidParametersException("parameter request: expected a magnitude from 2^-10 to 2^20, found "
                    + magnitude + "; scale the input");
        }
    }

    private static void range(String what, int value, int low, int high) {
        if (value < low || value > high) {
            throw new InvalidParametersException("parameter request: expected " + what + " in " + low + ".." + high
                    + ", found " + value + "; set one in that range");
        }
    }

    /**
     * By how much the error of factors grows in a product that stays within the magnitude M: 2 M for factors up to 1, and 1 + M for a factor M
     * and one of 1.
     *
     * @return largest sum of the magnitudes of two such factors
     */
    public double growth() {
        return magnitude <= 1 ? 2 * magnitude : 1 + magnitude;
    }

    /**
     * Starts a request: 128 bits of security, slots up to 1, any number of them, no rotation keys.
     *
     * @param depth products one after the other, 0..60
     * @param precisionBits every slot of the result is to be within 2^-precisionBits, 1..40
     * @return a builder
     */
    public static Builder builder(int depth, int precisionBits) {
        return new Builder(depth, precisionBits);
    }

    /** Collects settings; not thread-safe. */
    public static final class Builder {
        private final int depth;
        private final int precisionBits;
        private SecurityLevel securityLevel = SecurityLevel.CLASSICAL_128;
        private double magnitude = 1;
        private int slots = 1;
        private int rotationKeys;

        private Builder(int depth, int precisionBits) {
            this.depth = depth;
            this.precisionBits = precisionBits;
        }

        /**
         * The security; {@link SecurityLevel#CLASSICAL_128} unless told.
         *
         * @param value level
         * @return this
         */
        public Builder securityLevel(SecurityLevel value) {
            securityLevel = value;
            return this;
        }

        /**
         * Largest magnitude of a slot of any value on the way, results included; 1 unless told.
         *
         * @param value 2^-10 to 2^20
         * @return this
         */
        public Builder magnitude(double value) {
            magnitude = value;
            return this;
        }

        /**
         * Numbers that a ciphertext must hold; 1 unless told.
         *
         * @param value 1..2^16
         * @return this
         */
        public Builder slots(int value) {
            slots = value;
            return this;
        }

        /**
         * Rotation keys that will be made; none unless told.
         *
         * @param value 0 or more
         * @return this
         */
        public Builder rotationKeys(int value) {
            rotationKeys = value;
            return this;
        }

        /**
         * Checks everything.
         *
         * @return the request
         * @throws InvalidParametersException if a number is out of range
         */
        public ParameterRequest build() {
            return new ParameterRequest(depth, precisionBits, securityLevel, magnitude, slots, rotationKeys);
        }
    }
}
