package io.github.hecnn.ckks.bootstrap;

/**
 * What a refresh costs and how exact it is.
 *
 * @param outputLevel level of the result
 * @param levelsLeft levels for computing between one refresh and the next
 * @param meanErrorBits log2 of the mean error of a slot that is uniform up to the bound; of the modulus of the error for complex slots
 * @param maxErrorBits log2 of the largest error of all slots of one ciphertext
 * @param rmsErrorBits log2 of the root mean square error of a slot, every copy of a sparsely packed one by itself
 * @param failureBits log2 of the probability that any coefficient of one ciphertext is raised beyond the range, which spoils the result
 * @param keyBytes memory of the keys
 * @param tableBytes memory of the encoded diagonals
 * @param keySwitches key switches of one refresh: products, rotations, and the switches around raising
 * @param seconds time of one refresh on one thread of a server of 2025 with vectors of 512 bits, where the scalar NTT of 2^15 takes 0.50 ms;
 *     on another machine by the ratio of that
 */
public record BootstrapPrediction(
        int outputLevel,
        int levelsLeft,
        double meanErrorBits,
        double maxErrorBits,
        double rmsErrorBits,
        double failureBits,
        long keyBytes,
        long tableBytes,
        int keySwitches,
        double seconds) {}
