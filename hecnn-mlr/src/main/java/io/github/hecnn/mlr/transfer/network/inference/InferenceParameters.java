package io.github.hecnn.mlr.transfer.network.inference;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.params.CkksParameters;

/**
 * Encryption parameters for networks of a given depth: the smallest ring, and in it the fewest key-switching digits, that reach 128-bit
 * security. Slots of a result must stay below {@value #LARGEST_SLOT}.
 */
public final class InferenceParameters {
    /** Bound of slots at level 0, where the first prime is 8 bits longer than the scale. */
    public static final double LARGEST_SLOT = 128;

    /** Deviation of the noise that a server adds to every slot of an answer. */
    public static final double DEVIATION = 1e-3;

    /** Scale of {@link #circuitPrivate}, in bits. */
    private static final int PRIVATE_SCALE_BITS = 40;

    /** Scale of {@link #fast}, in bits. */
    private static final int FAST_SCALE_BITS = 27;

    private static final int FIRST_PRIME_BITS_MORE = 8;
    private static final int LARGEST_LOG_RING = 16;

    private InferenceParameters() {}

    /**
     * Scale 2^40: the noise of a circuit is so small that flooding drowns it and leaves outputs as precise as a classification needs.
     *
     * @param levels of the network, from 1
     * @return parameters
     * @throws InvalidParametersException if no ring up to N = 2^16 has so many levels
     */
    public static CkksParameters circuitPrivate(int levels) {
        return smallest(levels, PRIVATE_SCALE_BITS);
    }

    /**
     * Scale 2^27, in a ring of half the size for networks of up to 4 levels. Flooding is only a few times the circuit's own noise, so
     * nothing bounds what the noise of answers says of the weights.
     *
     * @param levels of the network, from 1
     * @return parameters
     * @throws InvalidParametersException if no ring up to N = 2^16 has so many levels
     */
    public static CkksParameters fast(int levels) {
        return smallest(levels, FAST_SCALE_BITS);
    }

    private static CkksParameters smallest(int levels, int scaleBits) {
        if (levels < 1) {
            throw new InvalidParametersException("InferenceParameters: expected at least 1 level, found " + levels
                    + "; give EncryptedNetwork.levels()");
        }
        for (int log = 13; log <= LARGEST_LOG_RING; log++) {
            for (int digits = 1; digits <= levels + 1; digits++) {
                try {
                    return CkksParameters.builder()
                            .logRingDegree(log)
                            .levels(levels)
                            .scaleBits(scaleBits)
                            .firstPrimeBits(scaleBits + FIRST_PRIME_BITS_MORE)
                            .digits(digits)
                            .build();
                } catch (InvalidParametersException e) {
                    // not secure with these; more digits or a larger ring may be
                }
            }
        }
        throw new InvalidParametersException("InferenceParameters: expected a network of fewer levels, found " + levels
                + ", more than N = 2^" + LARGEST_LOG_RING + " has at 128 bits; use lower degrees or fewer layers");
    }
}
