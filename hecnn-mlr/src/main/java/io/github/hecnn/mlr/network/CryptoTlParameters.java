package io.github.hecnn.mlr.network;

import io.github.hecnn.ckks.params.CkksParameters;

/** Encryption parameters for CryptoTL's encoder: 4 levels in the smallest ring that allows them at 128 bits. */
public final class CryptoTlParameters {
    /** Factor on embeddings of norm 1 and length 768 that brings their entries to about 1. */
    public static final double INPUT_FACTOR = 32;

    private static final int SCALE_BITS = 27;
    private static final int FIRST_PRIME_BITS = 35;

    private CryptoTlParameters() {}

    /**
     * N = 2^13, 4 levels at scale 2^27, 211 of the 214 bits that 128-bit security allows. Outputs must stay below 128.
     *
     * @return the parameters
     */
    public static CkksParameters standard() {
        return CkksParameters.builder()
                .logRingDegree(13)
                .levels(4)
                .scaleBits(SCALE_BITS)
                .firstPrimeBits(FIRST_PRIME_BITS)
                .digits(3)
                .build();
    }

    /**
     * N = 2^14, 4 levels at scale 2^42: the circuit's noise is so small that {@link OutputSanitizer} can drown it and leave outputs
     * accurate to 1e-3. Evaluation takes longer, keys and ciphertexts are larger. Outputs must stay below 64.
     *
     * @return the parameters
     */
    public static CkksParameters circuitPrivate() {
        return CkksParameters.builder()
                .logRingDegree(14)
                .levels(4)
                .scaleBits(42)
                .firstPrimeBits(49)
                .digits(3)
                .build();
    }
}
