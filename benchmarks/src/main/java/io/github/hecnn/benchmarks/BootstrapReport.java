package io.github.hecnn.benchmarks;

/**
 * What a timing of refreshes found.
 *
 * @param preset name of the preset
 * @param securityBits security that is enforced; 0 for none
 * @param ringDegree N
 * @param logQP log2 of the modulus with the special primes
 * @param slots slots that are refreshed
 * @param levelsLeft levels between one refresh and the next
 * @param meanErrorBits log2 of the mean error of a slot of the last refresh
 * @param maxErrorBits log2 of the largest error of it
 * @param secondsMedian median of the rounds
 * @param secondsLeast least of the rounds
 * @param setupSeconds making context, keys and tables, in a JVM that has compiled nothing yet
 * @param keyBytes memory of the keys
 * @param tableBytes memory of the encoded diagonals
 * @param peakMemoryBytes most memory that the process had at a time, as the operating system says; the heap in use where it does not
 * @param failureBits log2 of the probability that a refresh fails, predicted
 * @param yardstickMicros median time of the scalar NTT of 2^15, taken between the rounds
 */
public record BootstrapReport(
        String preset,
        int securityBits,
        int ringDegree,
        double logQP,
        int slots,
        int levelsLeft,
        double meanErrorBits,
        double maxErrorBits,
        double secondsMedian,
        double secondsLeast,
        double setupSeconds,
        long keyBytes,
        long tableBytes,
        long peakMemoryBytes,
        double failureBits,
        double yardstickMicros) {}
