package io.github.hecnn.ckks.params;

/**
 * Ready-made parameter sets. The secure ones use all the modulus that 128 bits allow at scale 2^40 with a 49-bit first prime;
 * the comparison sets carry the names of published benchmarks and two of them are not secure.
 */
public enum CkksPresets {
    /** N = 2^13, 2 levels, 128 bits. */
    SECURE_13(13, 2, 40, 3, SecurityLevel.CLASSICAL_128),
    /** N = 2^14, 6 levels, 128 bits. */
    SECURE_14(14, 6, 40, 3, SecurityLevel.CLASSICAL_128),
    /** N = 2^15, 14 levels, 128 bits. */
    SECURE_15(15, 14, 40, 3, SecurityLevel.CLASSICAL_128),
    /** N = 2^16, 30 levels, 128 bits. */
    SECURE_16(16, 30, 40, 3, SecurityLevel.CLASSICAL_128),
    /** N = 2^14, 9 data limbs, 3 digits: for comparison with other libraries; below 128 bits. */
    N14L9(14, 8, 40, 3, SecurityLevel.NONE),
    /** N = 2^15, 19 data limbs, 3 digits: for comparison with other libraries; below 128 bits. */
    N15L19(15, 18, 40, 3, SecurityLevel.NONE),
    /** N = 2^16, 25 data limbs at scale 2^45, 3 digits: for comparison with other libraries; 128 bits. */
    N16L25(16, 24, 45, 3, SecurityLevel.CLASSICAL_128);

    private final int logRingDegree;
    private final int levels;
    private final int scaleBits;
    private final int digits;
    private final SecurityLevel securityLevel;

    CkksPresets(int logRingDegree, int levels, int scaleBits, int digits, SecurityLevel securityLevel) {
        this.logRingDegree = logRingDegree;
        this.levels = levels;
        this.scaleBits = scaleBits;
        this.digits = digits;
        this.securityLevel = securityLevel;
    }

    /**
     * Builds the parameters.
     *
     * @return a parameter set
     */
    public CkksParameters parameters() {
        return CkksParameters.builder()
                .logRingDegree(logRingDegree)
                .levels(levels)
                .scaleBits(scaleBits)
                .digits(digits)
                .securityLevel(securityLevel)
                .build();
    }
}
