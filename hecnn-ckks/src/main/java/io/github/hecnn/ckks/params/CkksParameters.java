package io.github.hecnn.ckks.params;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.core.modular.ModularMath;
import io.github.hecnn.core.modular.Modulus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Parameters of RNS-CKKS with hybrid key switching. Immutable and thread-safe; made by {@link #builder()} or taken from
 * {@link CkksPresets}.
 *
 * <pre>{@code
 * CkksParameters p = CkksParameters.builder().logRingDegree(14).levels(6).scaleBits(40).build();
 * }</pre>
 */
public final class CkksParameters {
    private static final int MOST_SPECIAL_PRIMES = 63;

    private final int logRingDegree;
    private final int scaleBits;
    private final int digits;
    private final int secretHammingWeight;
    private final SecurityLevel securityLevel;
    private final ModulusChain chain;
    private final long id;

    private CkksParameters(
            int logRingDegree,
            int scaleBits,
            int digits,
            int secretHammingWeight,
            SecurityLevel securityLevel,
            ModulusChain chain) {
        this.logRingDegree = logRingDegree;
        this.scaleBits = scaleBits;
        this.digits = digits;
        this.secretHammingWeight = secretHammingWeight;
        this.securityLevel = securityLevel;
        this.chain = chain;
        double limit = securityLevel.maxLogQP(logRingDegree);
        if (chain.logQ() + chain.logP() > limit) {
            throw new InvalidParametersException(String.format(
                    Locale.ROOT,
                    "parameters: expected log2(Q*P) of at most %.0f bits for %d-bit security at ring degree 2^%d, found %.1f"
                            + " (Q %.1f, P %.1f); use fewer levels, a smaller scale, more digits, or a larger ring degree",
                    limit,
                    securityLevel.bits(),
                    logRingDegree,
                    chain.logQ() + chain.logP(),
                    chain.logQ(),
                    chain.logP()));
        }
        if (secretHammingWeight != 0 && securityLevel != SecurityLevel.NONE) {
            throw new InvalidParametersException(
                    "parameters: expected a dense ternary secret, for which the security table holds, found"
                            + " secretHammingWeight(" + secretHammingWeight
                            + "); leave it at 0, or ask for SecurityLevel.NONE in tests");
        }
        if (!chain.holdsDigits(digitSize())) {
            throw new InvalidParametersException(String.format(
                    Locale.ROOT,
                    "parameters: expected special primes with a product of at least the largest of %d digits, found log2(P) ="
                            + " %.1f; use more special primes or more digits",
                    digits,
                    chain.logP()));
        }
        if (!(chain.scaleDriftBits() < 1)) {
            throw new InvalidParametersException(
                    "parameters: expected data primes that keep the canonical scale within 1 bit of 2^" + scaleBits
                            + ", found a drift of " + chain.scaleDriftBits()
                            + " bits; let the builder choose the primes");
        }
        this.id = fingerprint();
    }

    /**
     * Starts a builder; ring degree, levels and scale are the settings most users need.
     *
     * @return a builder with the defaults named at its setters
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Parameters with given primes, as read from a file, all levels the user's.
     *
     * @param logRingDegree log2 N, 10..17
     * @param dataPrimes q(0)..q(L)
     * @param specialPrimes P
     * @param scaleBits log2 of the scale at the top level
     * @param digits number of key-switching digits at the top level
     * @param secretHammingWeight 0 for a dense ternary secret
     * @param securityLevel what to enforce
     * @return checked parameters
     * @throws InvalidParametersException if a setting is out of range, a prime does not fit or security is not reached
     */
    public static CkksParameters ofPrimes(
            int logRingDegree,
            List<Long> dataPrimes,
            List<Long> specialPrimes,
            int scaleBits,
            int digits,
            int secretHammingWeight,
            SecurityLevel securityLevel) {
        return ofPrimes(
                logRingDegree,
                dataPrimes,
                dataPrimes.size() - 1,
                specialPrimes,
                scaleBits,
                digits,
                secretHammingWeight,
                securityLevel);
    }

    /**
     * Parameters with given primes, as read from a file, with levels above the user's.
     *
     * @param logRingDegree log2 N, 10..17
     * @param dataPrimes q(0)..q(maxLevel), then the primes of the levels above
     * @param maxLevel the user's top level, 0 to the number of data primes less one
     * @param specialPrimes P
     * @param scaleBits log2 of the scale at the user's top level
     * @param digits number of key-switching digits at the top of the chain
     * @param secretHammingWeight 0 for a dense ternary secret
     * @param securityLevel what to enforce
     * @return checked parameters
     * @throws InvalidParametersException if a setting is out of range, a prime does not fit or security is not reached
     */
    public static CkksParameters ofPrimes(
            int logRingDegree,
            List<Long> dataPrimes,
            int maxLevel,
            List<Long> specialPrimes,
            int scaleBits,
            int digits,
            int secretHammingWeight,
            SecurityLevel securityLevel) {
        Builder.range("logRingDegree", logRingDegree, 10, 17);
        Builder.range("number of data primes", dataPrimes.size(), 1, 64);
        Builder.range("maxLevel", maxLevel, 0, dataPrimes.size() - 1);
        Builder.range("number of special primes", specialPrimes.size(), 1, MOST_SPECIAL_PRIMES);
        Builder.range("scaleBits", scaleBits, 20, 48);
        Builder.range("digits", digits, 1, dataPrimes.size());
        Builder.range("secretHammingWeight", secretHammingWeight, 0, 1 << logRingDegree);
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
        return new CkksParameters(
                logRingDegree,
                scaleBits,
                digits,
                secretHammingWeight,
                securityLevel,
                ModulusChain.of(dataPrimes, maxLevel, specialPrimes, scaleBits));
    }

    private long fingerprint() {
        String text = "ckks N=" + logRingDegree + " Q=" + chain.dataPrimes() + " P=" + chain.specialPrimes() + " scale="
                + scaleBits + " digits=" + digits + " h=" + secretHammingWeight
                + (chainLevel() == maxLevel() ? "" : " levels=" + maxLevel());
        try {
            byte[] h = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return java.nio.ByteBuffer.wrap(h).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * log2 of the ring degree.
     *
     * @return log2 N
     */
    public int logRingDegree() {
        return logRingDegree;
    }

    /**
     * Ring degree.
     *
     * @return N
     */
    public int ringDegree() {
        return 1 << logRingDegree;
    }

    /**
     * Number of complex slots of a fully packed ciphertext.
     *
     * @return N/2
     */
    public int slots() {
        return 1 << (logRingDegree - 1);
    }

    /**
     * log2 of the scale at the user's top level.
     *
     * @return bits of the scale
     */
    public int scaleBits() {
        return scaleBits;
    }

    /**
     * Canonical scale of a level.
     *
     * @param level 0..maxLevel
     * @return S(level)
     * @throws LevelException if there is no such level, or it is above the user's and has no canonical scale
     */
    public double scale(int level) {
        if (level < 0 || level > maxLevel()) {
            throw new LevelException("scale: expected a level with a canonical scale, 0.." + maxLevel() + ", found "
                    + level + "; drop to one of those first, or use parameters with more levels");
        }
        return chain.scales().get(level);
    }

    /**
     * The user's top level: fresh encodings and ciphertexts are there unless told otherwise.
     *
     * @return number of rescalings a fresh ciphertext can take
     */
    public int maxLevel() {
        return chain.maxLevel();
    }

    /**
     * The highest level of the modulus chain, which keys cover: {@link #maxLevel()}, plus {@link Builder#upperLevels}.
     *
     * @return number of data primes less one
     */
    public int chainLevel() {
        return chain.chainLevel();
    }

    /**
     * Key-switching digits of a ciphertext at the top of the chain (dnum).
     *
     * @return number of digits
     */
    public int digits() {
        return digits;
    }

    /**
     * Limbs in a digit.
     *
     * @return ceil((chainLevel + 1) / digits)
     */
    public int digitSize() {
        return (chain.dataPrimes().size() + digits - 1) / digits;
    }

    /**
     * Non-zero coefficients of the secret.
     *
     * @return 0 for a dense ternary secret
     */
    public int secretHammingWeight() {
        return secretHammingWeight;
    }

    /**
     * The level of security that was enforced.
     *
     * @return 128 bits or none
     */
    public SecurityLevel securityLevel() {
        return securityLevel;
    }

    /**
     * Primes and scales.
     *
     * @return the modulus chain
     */
    public ModulusChain chain() {
        return chain;
    }

    /**
     * A fingerprint of everything that must be equal for objects to work together.
     *
     * @return the first 64 bits of a SHA-256
     */
    public long id() {
        return id;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof CkksParameters other
                && other.id == id
                && other.chain.equals(chain)
                && other.securityLevel == securityLevel;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "CKKS N = 2^%d, %d levels%s, scale 2^%d, log2 Q = %.1f, log2 P = %.1f, %d digits, %s",
                logRingDegree,
                maxLevel(),
                chainLevel() == maxLevel() ? "" : " and " + (chainLevel() - maxLevel()) + " above",
                scaleBits,
                chain.logQ(),
                chain.logP(),
                digits,
                securityLevel == SecurityLevel.NONE ? "no security check" : securityLevel.bits() + "-bit security");
    }

    /** Collects settings; not thread-safe. */
    public static final class Builder {
        private int logRingDegree;
        private int levels = -1;
        private int scaleBits = 40;
        private int firstPrimeBits = Modulus.MAX_BITS;
        private int specialPrimeBits = Modulus.MAX_BITS;
        private int digits = 3;
        private int secretHammingWeight;
        private SecurityLevel securityLevel = SecurityLevel.CLASSICAL_128;
        private final List<Integer> upperPrimeBits = new ArrayList<>();

        private Builder() {}

        static void range(String what, int value, int low, int high) {
            if (value < low || value > high) {
                throw new InvalidParametersException("parameters: expected " + what + " in " + low + ".." + high
                        + ", found " + value + "; set one in that range");
            }
        }

        /**
         * log2 of the ring degree; required.
         *
         * @param value 10..17
         * @return this
         */
        public Builder logRingDegree(int value) {
            this.logRingDegree = value;
            return this;
        }

        /**
         * Number of rescalings of a fresh ciphertext; required.
         *
         * @param value 0..63
         * @return this
         */
        public Builder levels(int value) {
            this.levels = value;
            return this;
        }

        /**
         * Adds levels above the user's, without canonical scales, for circuits that choose their own; none unless told. Call it again for
         * the next levels up. Encryption starts below them, at level {@code levels}; keys cover them, and so does the security check.
         *
         * @param count number of levels, 0..63
         * @param primeBits bits of their primes, 32..49
         * @return this
         * @throws InvalidParametersException if a number is out of range
         */
        public Builder upperLevels(int count, int primeBits) {
            range("count of upper levels", count, 0, 63);
            range("primeBits of upper levels", primeBits, 32, Modulus.MAX_BITS);
            upperPrimeBits.addAll(Collections.nCopies(count, primeBits));
            return this;
        }

        /**
         * log2 of the scale; 40 unless told.
         *
         * @param value 20..48, and at least logRingDegree + 8
         * @return this
         */
        public Builder scaleBits(int value) {
            this.scaleBits = value;
            return this;
        }

        /**
         * Bits of the prime of level 0; 49 unless told. The values that can be decrypted there are below
         * 2^(firstPrimeBits - scaleBits - 1).
         *
         * @param value scaleBits + 1..49
         * @return this
         */
        public Builder firstPrimeBits(int value) {
            this.firstPrimeBits = value;
            return this;
        }

        /**
         * Most bits of a special prime; 49 unless told. Fewer bits are taken when the same number of primes does.
         *
         * @param value 30..49
         * @return this
         */
        public Builder specialPrimeBits(int value) {
            this.specialPrimeBits = value;
            return this;
        }

        /**
         * Key-switching digits (dnum): more digits need a smaller P but more work; 3 unless told, never more than primes.
         *
         * @param value 1..64
         * @return this
         */
        public Builder digits(int value) {
            this.digits = value;
            return this;
        }

        /**
         * Fixed number of non-zero coefficients of the secret; 0, a dense ternary secret, unless told.
         *
         * @param value 0..N
         * @return this
         */
        public Builder secretHammingWeight(int value) {
            this.secretHammingWeight = value;
            return this;
        }

        /**
         * The security to enforce; {@link SecurityLevel#CLASSICAL_128} unless told.
         *
         * @param value level
         * @return this
         */
        public Builder securityLevel(SecurityLevel value) {
            this.securityLevel = Objects.requireNonNull(value, "securityLevel");
            return this;
        }

        /**
         * Picks the primes and checks everything.
         *
         * @return parameters
         * @throws InvalidParametersException if a setting is missing or out of range, there are not enough primes of these sizes,
         *     or security is not reached
         */
        public CkksParameters build() {
            range("logRingDegree", logRingDegree, 10, 17);
            range("levels", levels, 0, 63);
            range("levels with those above", levels + upperPrimeBits.size(), 0, 63);
            range("scaleBits", scaleBits, Math.max(20, logRingDegree + 8), 48);
            range("firstPrimeBits", firstPrimeBits, scaleBits + 1, Modulus.MAX_BITS);
            range("specialPrimeBits", specialPrimeBits, 30, Modulus.MAX_BITS);
            range("digits", digits, 1, 64);
            range("secretHammingWeight", secretHammingWeight, 0, 1 << logRingDegree);
            int dataPrimes = levels + upperPrimeBits.size() + 1;
            int used = Math.min(digits, dataPrimes);
            int digitSize = (dataPrimes - 1 + used) / used;
            ModulusChain chain = primes(digitSize);
            range("number of special primes", chain.specialPrimes().size(), 1, MOST_SPECIAL_PRIMES);
            return new CkksParameters(logRingDegree, scaleBits, used, secretHammingWeight, securityLevel, chain);
        }

        private ModulusChain primes(int digitSize) {
            try {
                if (upperPrimeBits.isEmpty()) {
                    return ModulusChain.generate(
                            logRingDegree, levels, firstPrimeBits, scaleBits, digitSize, specialPrimeBits);
                }
                return ModulusChain.generate(
                        logRingDegree, levels, firstPrimeBits, scaleBits, upperPrimeBits, digitSize, specialPrimeBits);
            } catch (IllegalArgumentException e) {
                throw new InvalidParametersException(
                        "parameters: expected enough primes that are 1 modulo 2^" + (logRingDegree + 1) + " for "
                                + levels
                                + " levels of " + scaleBits
                                + " bits"
                                + (upperPrimeBits.isEmpty() ? "" : " and " + upperPrimeBits.size() + " above")
                                + ", found too few; use a smaller ring degree, fewer levels"
                                + " or more bits",
                        e);
            }
        }
    }
}
