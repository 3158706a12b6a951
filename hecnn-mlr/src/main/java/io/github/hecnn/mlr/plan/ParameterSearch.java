package io.github.hecnn.mlr.plan;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.mlr.plan.PlanRefusal.Kind;

/** Looks for parameters that are 128-bit secure: with the wanted number of digits, or the fewest above it. */
public final class ParameterSearch {
    private static final String OPERATION = "parameters";
    private static final int LARGEST_LOG_RING_DEGREE = 17;

    /** More than any chain of the library has. */
    private static final int MOST_LEVELS = 63;

    /** Digits tried beyond the wanted number: more of them need smaller special primes, but more work. */
    private static final int MORE_DIGITS = 5;

    /** Smallest bound on special primes that can be asked for; the primes themselves may be smaller. */
    private static final int LEAST_SPECIAL_PRIME_BITS = 30;

    /** Room for primes that lie a little above their power of two. */
    private static final double SLACK = 0.1;

    private ParameterSearch() {}

    /**
     * The parameters of a circuit of some depth.
     *
     * @param log log2 of the ring degree
     * @param levels rescalings
     * @param limits prime sizes and wanted digits
     * @return parameters with the fewest digits from the wanted number on
     * @throws NoPlanException if there are none
     */
    public static CkksParameters secure(int log, int levels, PlanLimits limits) {
        int leastLog = limits.leastLogRingDegree();
        if (log < leastLog || log > LARGEST_LOG_RING_DEGREE) {
            throw refusal(
                    log,
                    Kind.PARAMETERS,
                    0,
                    0,
                    "expected a ring degree of 2^" + leastLog + " to 2^17, found 2^" + log + "; choose one of these");
        }
        int most = (int) limits.security().maxLogQP(log);
        int primes = levels + 1;
        long smallest = Long.MAX_VALUE;
        InvalidParametersException refused = null;
        int wanted = Math.min(primes, limits.digits());
        int mostDigits = Math.min(primes, wanted + MORE_DIGITS);
        for (int digits = wanted; digits <= mostDigits; digits++) {
            long least = leastLogQP(levels, digits, limits);
            smallest = Math.min(smallest, least);
            if (least <= most && levels <= MOST_LEVELS) {
                try {
                    return CkksParameters.builder()
                            .logRingDegree(log)
                            .levels(levels)
                            .firstPrimeBits(limits.firstPrimeBits())
                            .scaleBits(limits.scaleBits())
                            .specialPrimeBits(specialPrimeBits(levels, digits, most, limits))
                            .digits(digits)
                            .securityLevel(limits.security())
                            .build();
                } catch (InvalidParametersException e) {
                    refused = e; // more digits may do
                }
            }
        }
        if (refused != null) {
            String text = refused.getMessage();
            throw refusal(
                    log,
                    Kind.PARAMETERS,
                    0,
                    0,
                    text.startsWith(OPERATION + ": ") ? text.substring(OPERATION.length() + 2) : text);
        }
        if (smallest <= most) {
            throw refusal(
                    log,
                    Kind.LEVELS,
                    MOST_LEVELS,
                    levels,
                    "expected at most " + MOST_LEVELS + " levels, found " + levels + "; choose fewer iterations");
        }
        throw refusal(
                log,
                Kind.SECURITY,
                most,
                smallest,
                "expected log2(QP) of at most " + most
                        + " for " + limits.security().bits() + "-bit security at ring degree 2^" + log
                        + ", found at least " + smallest + " for "
                        + levels
                        + " levels of " + limits.scaleBits()
                        + " bits; choose a larger ring degree, fewer iterations or a smaller scale");
    }

    private static NoPlanException refusal(int log, Kind kind, long expected, long found, String text) {
        return NoPlanException.at(OPERATION, log, new PlanRefusal(kind, expected, found, text));
    }

    /** As many as there is room for: the fewest digits count more than bits to spare in P. */
    private static int specialPrimeBits(int levels, int digits, int most, PlanLimits limits) {
        long logQ = limits.firstPrimeBits() + (long) levels * limits.scaleBits();
        double room = (most - logQ - SLACK) / specialPrimes(levels, digits, limits);
        return Math.max(LEAST_SPECIAL_PRIME_BITS, (int) Math.min(limits.maxSpecialPrimeBits(), room));
    }

    private static long digitBits(int levels, int digits, PlanLimits limits) {
        long digitPrimes = ((long) levels + digits) / digits;
        return limits.firstPrimeBits() + (digitPrimes - 1) * limits.scaleBits();
    }

    /** Primes lie below their power of two, so P needs a bit more than the digit has. */
    private static long specialPrimes(int levels, int digits, PlanLimits limits) {
        return digitBits(levels, digits, limits) / limits.maxSpecialPrimeBits() + 1;
    }

    /** Bits of Q and of special primes that hold the largest digit, which is the first. */
    private static long leastLogQP(int levels, int digits, PlanLimits limits) {
        long logQ = limits.firstPrimeBits() + (long) levels * limits.scaleBits();
        long special = specialPrimes(levels, digits, limits);
        return logQ + special * (digitBits(levels, digits, limits) / special + 1);
    }
}
