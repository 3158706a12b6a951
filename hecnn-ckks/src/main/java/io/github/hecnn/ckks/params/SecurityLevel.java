package io.github.hecnn.ckks.params;

/**
 * How much security a parameter set must have. The limits are the largest log2(Q*P) for a ring degree with a uniform
 * ternary secret and error deviation 3.19 or more, 128 bits against classical attacks, from "Security Guidelines for
 * Implementing Homomorphic Encryption" (Bossuat et al., 2024, ia.cr/2024/463, table 5.2).
 */
public enum SecurityLevel {
    /** No check: for tests and for comparing with other libraries at equal sizes only. Never for data that matters. */
    NONE(0),
    /** 128 bits against classical attacks. */
    CLASSICAL_128(128);

    private static final int SMALLEST = 10;
    private static final int[] MAX_LOG_QP_128 = {26, 53, 106, 214, 430, 868, 1747, 3523};

    private final int bits;

    SecurityLevel(int bits) {
        this.bits = bits;
    }

    /**
     * Bits of security promised.
     *
     * @return 128, or 0 for {@link #NONE}
     */
    public int bits() {
        return bits;
    }

    /**
     * The largest modulus allowed.
     *
     * @param logRingDegree log2 of the ring degree, 10..17
     * @return the largest log2(Q*P) in bits; infinite for {@link #NONE}
     */
    public double maxLogQP(int logRingDegree) {
        return this == NONE ? Double.POSITIVE_INFINITY : MAX_LOG_QP_128[logRingDegree - SMALLEST];
    }
}
