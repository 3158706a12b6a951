package io.github.hecnn.ckks.params;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.core.modular.ModularMath;
import io.github.hecnn.core.modular.Modulus;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a parameter set must fulfil, with the texts of the refusals. */
final class ParameterChecks {
    private ParameterChecks() {}

    static void range(String what, int value, int low, int high) {
        if (value < low || value > high) {
            throw new InvalidParametersException("parameters: expected " + what + " in " + low + ".." + high
                    + ", found " + value + "; set one in that range");
        }
    }

    /** Security, a P that holds the digits, and scales that do not drift. */
    static void requireSound(ParameterNumbers p) {
        ModulusChain chain = p.chain();
        double limit = p.securityLevel().maxLogQP(p.logRingDegree());
        if (chain.logQ() + chain.logP() > limit) {
            String most = limit == 0 ? "none" : String.format(Locale.ROOT, "at most %.0f bits", limit);
            throw new InvalidParametersException(String.format(
                    Locale.ROOT,
                    "parameters: expected log2(Q*P) of %s for %d-bit security at ring degree 2^%d, found %.1f"
                            + " (Q %.1f, P %.1f); use fewer levels, a smaller scale, more digits, or a larger ring degree",
                    most,
                    p.securityLevel().bits(),
                    p.logRingDegree(),
                    chain.logQ() + chain.logP(),
                    chain.logQ(),
                    chain.logP()));
        }
        if (p.secretHammingWeight() != 0 && p.securityLevel() != SecurityLevel.NONE) {
            throw new InvalidParametersException(
                    "parameters: expected a dense ternary secret, for which the security table holds, found"
                            + " secretHammingWeight(" + p.secretHammingWeight()
                            + "); leave it at 0, or ask for SecurityLevel.NONE in tests");
        }
        if (!chain.holdsDigits(p.digitSize())) {
            throw new InvalidParametersException(String.format(
                    Locale.ROOT,
                    "parameters: expected special primes with a product of at least the largest of %d digits, found log2(P) ="
                            + " %.1f; use more special primes or more digits",
                    p.digits(),
                    chain.logP()));
        }
        if (!(chain.scaleDriftBits() < 1)) {
            throw new InvalidParametersException(
                    "parameters: expected data primes that keep the canonical scale within 1 bit of 2^" + p.scaleBits()
                            + ", found a drift of " + chain.scaleDriftBits()
                            + " bits; let the builder choose the primes");
        }
    }

    static void requireNttPrimes(int logRingDegree, List<Long> dataPrimes, List<Long> specialPrimes) {
        Set<Long> seen = new HashSet<>();
        for (List<Long> primes : List.of(dataPrimes, specialPrimes)) {
            for (long p : primes) {
                if (p >>> Modulus.MAX_BITS != 0
                        || p % (2L << logRingDegree) != 1
                        || !ModularMath.isPrime(p)
                        || !seen.add(p)) {
                    throw new InvalidParametersException("parameters: expected distinct primes below 2^"
                            + Modulus.MAX_BITS + " that are 1 modulo 2^" + (logRingDegree + 1) + ", found " + p
                            + "; let the builder choose the primes");
                }
            }
        }
    }
}
