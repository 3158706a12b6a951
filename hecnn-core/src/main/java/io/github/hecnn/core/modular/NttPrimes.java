package io.github.hecnn.core.modular;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Search for primes that are 1 mod 2N, which the negacyclic NTT of degree N needs. Deterministic and stateless. */
public final class NttPrimes {
    private static final long LIMIT = 1L << Modulus.MAX_BITS;
    private static final int MAX_LOG_RING_DEGREE = 20;

    private NttPrimes() {}

    /**
     * The prime nearest to the target, on either side of it; of two at the same distance the smaller.
     *
     * @param target what the prime should be close to, in [1, 2^49]
     * @param logRingDegree log2 of the ring degree N, from 1 to 20
     * @param excluded primes already in use; only read
     * @return a prime below 2^49, 1 mod 2N and not excluded
     * @throws IllegalArgumentException if an argument is out of range or no prime is left
     */
    public static long nearest(double target, int logRingDegree, Set<Long> excluded) {
        long step = step("NttPrimes.nearest", logRingDegree);
        if (!(target >= 1 && target <= LIMIT)) {
            throw new IllegalArgumentException("NttPrimes.nearest: expected a target from 1 to 2^" + Modulus.MAX_BITS
                    + ", found " + target + "; choose a scale that keeps every prime below 2^" + Modulus.MAX_BITS);
        }
        long below = ((long) target - 1) / step * step + 1;
        long above = below + step;
        while (below > 1 || above < LIMIT) {
            // Differences of numbers below 2^50 with at most 53 significant bits: exact.
            boolean takeBelow = below > 1 && (above >= LIMIT || target - below <= above - target);
            long candidate = takeBelow ? below : above;
            if (isUsable(candidate, excluded)) {
                return candidate;
            }
            if (takeBelow) {
                below -= step;
            } else {
                above += step;
            }
        }
        throw new IllegalArgumentException("NttPrimes.nearest: expected a free prime that is 1 mod " + step
                + " below 2^" + Modulus.MAX_BITS + ", found none besides the " + excluded.size()
                + " excluded; use a smaller ring degree or fewer primes");
    }

    /**
     * The largest primes below 2^bits, in descending order.
     *
     * @param bits upper bound of the size, at most 49
     * @param logRingDegree log2 of the ring degree N, from 1 to 20
     * @param count how many, 0 or more
     * @param excluded primes already in use; only read
     * @return an immutable list of different primes, each 1 mod 2N, below 2^bits and not excluded
     * @throws IllegalArgumentException if an argument is out of range or there are not enough primes
     */
    public static List<Long> descending(int bits, int logRingDegree, int count, Set<Long> excluded) {
        long step = step("NttPrimes.descending", logRingDegree);
        if (bits < 2 || bits > Modulus.MAX_BITS) {
            throw new IllegalArgumentException("NttPrimes.descending: expected 2 to " + Modulus.MAX_BITS
                    + " bits, found " + bits + "; use more primes instead of larger ones");
        }
        if (count < 0) {
            throw new IllegalArgumentException("NttPrimes.descending: expected a count of 0 or more, found " + count
                    + "; ask for the number of primes you need");
        }
        List<Long> primes = new ArrayList<>();
        long candidate = ((1L << bits) - 2) / step * step + 1;
        for (; primes.size() < count && candidate > 1; candidate -= step) {
            if (isUsable(candidate, excluded)) {
                primes.add(candidate);
            }
        }
        if (primes.size() < count) {
            throw new IllegalArgumentException(
                    "NttPrimes.descending: expected " + count + " free primes that are 1 mod "
                            + step + " below 2^" + bits + ", found " + primes.size()
                            + "; allow more bits or use a smaller ring degree");
        }
        return List.copyOf(primes);
    }

    private static boolean isUsable(long candidate, Set<Long> excluded) {
        return ModularMath.isPrime(candidate) && !excluded.contains(candidate);
    }

    private static long step(String operation, int logRingDegree) {
        if (logRingDegree < 1 || logRingDegree > MAX_LOG_RING_DEGREE) {
            throw new IllegalArgumentException(operation + ": expected a logarithm of the ring degree from 1 to "
                    + MAX_LOG_RING_DEGREE + ", found " + logRingDegree + "; pass log2 of N, not N");
        }
        return 2L << logRingDegree;
    }
}
