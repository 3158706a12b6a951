package io.github.hecnn.ckks.params;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.modular.NttPrimes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The primes of a parameter set and the canonical scale of every level. Immutable and thread-safe.
 *
 * <p>Level l has data primes q(0)..q(l). Levels 0 to {@link #maxLevel()} are the user's and have canonical scales. Levels above, up to
 * {@link #chainLevel()}, are there for circuits that choose scales of their own, as bootstrapping does: keys cover them, encryption does not
 * start there. A set without such levels has maxLevel = chainLevel.
 *
 * <p>A fresh ciphertext is at the user's top level L with scale S(L) = 2^scaleBits; rescaling a
 * product of two level-l ciphertexts gives S(l-1) = S(l)^2 / q(l) whatever way it came there, so two ciphertexts on the
 * same level have the same scale. The primes are picked from the top down, each the nearest to S(l)^2/2^scaleBits that is
 * left, which keeps |log2 S(l) - scaleBits| below 1e-4 over 30 levels.
 *
 * @param dataPrimes q(0)..q(L), then the primes of the levels above
 * @param specialPrimes P, used inside key switching only
 * @param scales canonical scale S(0)..S(L)
 */
public record ModulusChain(List<Long> dataPrimes, List<Long> specialPrimes, List<Double> scales) {
    /** Bits that a prime may have at most. */
    public static final int MAX_PRIME_BITS = Modulus.MAX_BITS;

    /**
     * Copies the lists.
     *
     * @param dataPrimes see the component
     * @param specialPrimes see the component
     * @param scales see the component
     * @throws InvalidParametersException if there is no scale, or there are more scales than data primes
     */
    public ModulusChain {
        if (scales.isEmpty() || scales.size() > dataPrimes.size()) {
            throw new InvalidParametersException("modulus chain: expected 1 to " + dataPrimes.size()
                    + " canonical scales, one for each of the user's levels, found " + scales.size()
                    + "; let CkksParameters.builder() choose the primes");
        }
        dataPrimes = List.copyOf(dataPrimes);
        specialPrimes = List.copyOf(specialPrimes);
        scales = List.copyOf(scales);
    }

    /** The primes of a description. */
    static ModulusChain chosen(
            int logRingDegree,
            int levels,
            int firstPrimeBits,
            int scaleBits,
            List<Integer> upperPrimeBits,
            int digitSize,
            int specialPrimeBits) {
        try {
            return upperPrimeBits.isEmpty()
                    ? generate(logRingDegree, levels, firstPrimeBits, scaleBits, digitSize, specialPrimeBits)
                    : generate(
                            logRingDegree,
                            levels,
                            firstPrimeBits,
                            scaleBits,
                            upperPrimeBits,
                            digitSize,
                            specialPrimeBits);
        } catch (IllegalArgumentException e) {
            throw new InvalidParametersException(
                    "parameters: expected enough primes that are 1 modulo 2^" + (logRingDegree + 1) + " for " + levels
                            + " levels of " + scaleBits + " bits"
                            + (upperPrimeBits.isEmpty() ? "" : " and " + upperPrimeBits.size() + " above")
                            + ", found too few; use a smaller ring degree, fewer levels or more bits",
                    e);
        }
    }

    private static ModulusChain generate(
            int logRingDegree, int levels, int firstPrimeBits, int scaleBits, int digitSize, int specialPrimeBits) {
        Set<Long> used = new HashSet<>();
        Long[] data = new Long[levels + 1];
        takeScaled(data, scaleBits, logRingDegree, used);
        data[0] = take(firstPrimeBits, logRingDegree, used);
        List<Long> dataPrimes = List.of(data);
        List<Long> special = specialPrimes(logRingDegree, dataPrimes, digitSize, specialPrimeBits, used);
        return of(dataPrimes, levels, special, scaleBits);
    }

    /**
     * A chain with levels above the user's. The special primes are picked first and are the largest, so that as many of them as a digit has
     * primes hold the digit.
     *
     * @param upperPrimeBits [levels above the user's, from the lowest] bits of the prime
     */
    private static ModulusChain generate(
            int logRingDegree,
            int levels,
            int firstPrimeBits,
            int scaleBits,
            List<Integer> upperPrimeBits,
            int digitSize,
            int specialPrimeBits) {
        int bits = firstPrimeBits
                + scaleBits * levels
                + upperPrimeBits.stream().mapToInt(Integer::intValue).sum();
        int primes = 1 + levels + upperPrimeBits.size();
        for (int count = Math.max(1, bits * digitSize / primes / specialPrimeBits - 1); ; count++) {
            List<Long> special = NttPrimes.descending(specialPrimeBits, logRingDegree, count, Set.of());
            Set<Long> used = new HashSet<>(special);
            Long[] data = new Long[levels + 1];
            data[0] = take(firstPrimeBits, logRingDegree, used);
            takeScaled(data, scaleBits, logRingDegree, used);
            List<Long> dataPrimes = new ArrayList<>(List.of(data));
            for (int b : upperPrimeBits) {
                dataPrimes.add(take(b, logRingDegree, used));
            }
            ModulusChain chain = of(dataPrimes, levels, special, scaleBits);
            if (chain.holdsDigits(digitSize)) {
                return chain;
            }
        }
    }

    /** Fills all but the first with primes that bring canonical scales back to the top one, from the top downwards. */
    private static void takeScaled(Long[] data, int scaleBits, int logRingDegree, Set<Long> used) {
        double delta = Math.scalb(1.0, scaleBits);
        double scale = delta;
        for (int l = data.length - 1; l >= 1; l--) {
            data[l] = NttPrimes.nearest(scale * scale / delta, logRingDegree, used);
            used.add(data[l]);
            scale = scale * scale / data[l];
        }
    }

    private static long take(int bits, int logRingDegree, Set<Long> used) {
        long p = NttPrimes.descending(bits, logRingDegree, 1, used).get(0);
        used.add(p);
        return p;
    }

    /** Rebuilds the scales of known primes: those of levels 0 to maxLevel. */
    static ModulusChain of(List<Long> dataPrimes, int maxLevel, List<Long> specialPrimes, int scaleBits) {
        Double[] scales = new Double[maxLevel + 1];
        double scale = Math.scalb(1.0, scaleBits);
        for (int l = scales.length - 1; l >= 0; l--) {
            scales[l] = scale;
            scale = scale * scale / dataPrimes.get(l);
        }
        return new ModulusChain(dataPrimes, specialPrimes, List.of(scales));
    }

    /** As few special primes as make P at least as large as the largest digit, with a few bits to spare where they are free. */
    private static List<Long> specialPrimes(
            int logRingDegree, List<Long> data, int digitSize, int specialPrimeBits, Set<Long> used) {
        BigInteger largest = largestDigit(data, digitSize);
        int count = (largest.bitLength() + specialPrimeBits - 1) / specialPrimeBits;
        while (true) {
            int wanted = (largest.bitLength() + 5 + count - 1) / count;
            for (int bits = Math.min(wanted, specialPrimeBits); bits <= specialPrimeBits; bits++) {
                List<Long> special = NttPrimes.descending(bits, logRingDegree, count, used);
                if (product(special).compareTo(largest) >= 0) {
                    return special;
                }
            }
            count++;
        }
    }

    private static BigInteger largestDigit(List<Long> data, int digitSize) {
        BigInteger largest = BigInteger.ONE;
        for (int from = 0; from < data.size(); from += digitSize) {
            largest = largest.max(product(data.subList(from, Math.min(data.size(), from + digitSize))));
        }
        return largest;
    }

    private static BigInteger product(List<Long> primes) {
        return primes.stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    }

    /** Whether P holds the largest digit, without which key switching drowns in noise. */
    boolean holdsDigits(int digitSize) {
        return product(specialPrimes).compareTo(largestDigit(dataPrimes, digitSize)) >= 0;
    }

    /** Most bits by which a canonical scale is away from the top one. */
    double scaleDriftBits() {
        double top = scales.get(scales.size() - 1);
        return scales.stream()
                .mapToDouble(s -> Math.abs(Math.log(s / top) / Math.log(2)))
                .max()
                .orElse(0);
    }

    /** {@return the user's top level: rescalings that a fresh ciphertext can take} */
    public int maxLevel() {
        return scales.size() - 1;
    }

    /**
     * The highest level of the chain, which keys cover.
     *
     * @return number of data primes less one; above {@link #maxLevel()} where there are levels without a canonical scale
     */
    public int chainLevel() {
        return dataPrimes.size() - 1;
    }

    /** {@return log2 of the product Q of the data primes} */
    public double logQ() {
        return sum(dataPrimes);
    }

    /** {@return log2 of the product P of the special primes} */
    public double logP() {
        return sum(specialPrimes);
    }

    private static double sum(List<Long> primes) {
        return primes.stream().mapToDouble(p -> Math.log(p) / Math.log(2)).sum();
    }
}
