package io.github.hecnn.ckks.params;

import io.github.hecnn.ckks.error.InvalidParametersException;

/**
 * How much security a parameter set must have: the largest log2(Q*P) for a ring degree, for a secret with independent
 * coefficients uniform in -1, 0, 1 and errors of deviation 3.19 or more (this library draws 3.2).
 *
 * <p><b>Source.</b> "Security Guidelines for Implementing Homomorphic Encryption" (Bossuat et al., 2024, ia.cr/2024/463),
 * table 5.2, column of classical attacks on ternary secrets; the authors' program and tables are at
 * github.com/gong-cr/FHE-Security-Guidelines. They replace those of the standard of homomorphicencryption.org of 2018
 * (ia.cr/2019/939), which allow 1 to 3 % more modulus: 438 bits in place of 430 for 128 bits at N = 2^14. The
 * guidelines have no numbers for 192 and 256 bits at N = 2^10, so such sets are refused.
 *
 * <p><b>Other secrets.</b> The tables say nothing of sparse secrets: a fixed Hamming weight goes with {@link #NONE} only. The
 * sparse secret of bootstrapping, which exists while keys are made, rests on estimates of its own, for 128 bits and no
 * more: see {@code EncapsulationKeys}.
 *
 * <p><b>Quantum attacks</b> have no levels here, because published tables differ by a fifth (827 and 644 bits for 128 bits at
 * N = 2^15). {@link #CLASSICAL_192} is below all of them: it is the one to take where 128 bits against quantum attacks are
 * asked for.
 */
public enum SecurityLevel {
    /** No check: for tests and for comparing with other libraries at equal sizes only. Never for data that matters. */
    NONE(0),
    /** 128 bits against classical attacks. */
    CLASSICAL_128(128),
    /** 192 bits against classical attacks. From N = 2^11 on. */
    CLASSICAL_192(192),
    /** 256 bits against classical attacks. From N = 2^11 on. */
    CLASSICAL_256(256);

    private static final int SMALLEST = 10;

    private static final int LARGEST = 17;
    private static final int[] MAX_LOG_QP_128 = {26, 53, 106, 214, 430, 868, 1747, 3523};
    private static final int[] MAX_LOG_QP_192 = {0, 36, 73, 147, 297, 597, 1199, 2411};
    private static final int[] MAX_LOG_QP_256 = {0, 27, 56, 114, 230, 462, 929, 1866};

    private final int bits;

    SecurityLevel(int bits) {
        this.bits = bits;
    }

    /** {@return bits of security promised: 128, 192 or 256, or 0 for {@link #NONE}} */
    public int bits() {
        return bits;
    }

    /**
     * The highest level that a number of bits reaches: what a file that names bits asks for.
     *
     * @param bits such as {@link #bits}
     * @return the level; {@link #NONE} below 128
     */
    public static SecurityLevel reachedBy(int bits) {
        SecurityLevel reached = NONE;
        for (SecurityLevel level : values()) {
            reached = level.bits <= bits ? level : reached;
        }
        return reached;
    }

    /**
     * The largest modulus allowed.
     *
     * @param logRingDegree log2 of the ring degree, 10..17
     * @return the largest log2(Q*P) in bits; infinite for {@link #NONE}, 0 where the guidelines have no number
     * @throws InvalidParametersException for another ring degree
     */
    public double maxLogQP(int logRingDegree) {
        if (logRingDegree < SMALLEST || logRingDegree > LARGEST) {
            throw new InvalidParametersException("parameters: expected logRingDegree in " + SMALLEST + ".." + LARGEST
                    + ", found " + logRingDegree + "; set one in that range");
        }
        int row = logRingDegree - SMALLEST;
        return switch (this) {
            case NONE -> Double.POSITIVE_INFINITY;
            case CLASSICAL_128 -> MAX_LOG_QP_128[row];
            case CLASSICAL_192 -> MAX_LOG_QP_192[row];
            case CLASSICAL_256 -> MAX_LOG_QP_256[row];
        };
    }
}
