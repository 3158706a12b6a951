package io.github.hecnn.ckks.params;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.core.modular.Modulus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

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

    private final ParameterNumbers numbers;
    private final Long root; // id of the set that this is a part of, or null
    private final long id;

    private CkksParameters(ParameterNumbers numbers, Long root) {
        ParameterChecks.requireSound(numbers);
        this.numbers = numbers;
        this.root = root;
        this.id = ParameterText.fingerprint(numbers, root);
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
        ParameterChecks.range("logRingDegree", logRingDegree, 10, 17);
        ParameterChecks.range("number of data primes", dataPrimes.size(), 1, 64);
        ParameterChecks.range("maxLevel", maxLevel, 0, dataPrimes.size() - 1);
        ParameterChecks.range("number of special primes", specialPrimes.size(), 1, MOST_SPECIAL_PRIMES);
        ParameterChecks.range("scaleBits", scaleBits, 20, 48);
        ParameterChecks.range("digits", digits, 1, dataPrimes.size());
        ParameterChecks.range("secretHammingWeight", secretHammingWeight, 0, 1 << logRingDegree);
        ParameterChecks.requireNttPrimes(logRingDegree, dataPrimes, specialPrimes);
        ModulusChain chain = ModulusChain.of(dataPrimes, maxLevel, specialPrimes, scaleBits);
        return new CkksParameters(
                new ParameterNumbers(logRingDegree, scaleBits, digits, secretHammingWeight, securityLevel, chain),
                null);
    }

    /**
     * The part of this set that key switching at low levels needs, see {@link CkksContext#subContext}.
     *
     * @throws InvalidParametersException if a number is out of range, or the special primes do not hold the digits
     */
    CkksParameters part(int level, int specialPrimes, int digits) {
        ParameterChecks.range("level of a sub-context", level, 0, chainLevel());
        ParameterChecks.range(
                "special primes of a sub-context",
                specialPrimes,
                1,
                chain().specialPrimes().size());
        ParameterChecks.range("digits", digits, 1, level + 1);
        int top = Math.min(level, maxLevel());
        ModulusChain part = new ModulusChain(
                chain().dataPrimes().subList(0, level + 1),
                chain().specialPrimes().subList(0, specialPrimes),
                chain().scales().subList(0, top + 1));
        return new CkksParameters(
                new ParameterNumbers(
                        logRingDegree(), scaleBits(), digits, secretHammingWeight(), securityLevel(), part),
                rootId());
    }

    /** {@return log2 of the ring degree N} */
    public int logRingDegree() {
        return numbers.logRingDegree();
    }

    /** {@return the ring degree N} */
    public int ringDegree() {
        return 1 << numbers.logRingDegree();
    }

    /** {@return complex slots of a fully packed ciphertext, N/2} */
    public int slots() {
        return 1 << (numbers.logRingDegree() - 1);
    }

    /** {@return log2 of the scale at the user's top level} */
    public int scaleBits() {
        return numbers.scaleBits();
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
        return chain().scales().get(level);
    }

    /**
     * The user's top level: fresh encodings and ciphertexts are there unless told otherwise.
     *
     * @return number of rescalings a fresh ciphertext can take
     */
    public int maxLevel() {
        return numbers.maxLevel();
    }

    /**
     * The highest level of the modulus chain, which keys cover: {@link #maxLevel()}, plus {@link Builder#upperLevels}.
     *
     * @return number of data primes less one
     */
    public int chainLevel() {
        return numbers.chainLevel();
    }

    /** {@return key-switching digits of a ciphertext at the top of the chain (dnum)} */
    public int digits() {
        return numbers.digits();
    }

    /** {@return limbs in a digit: ceil((chainLevel + 1) / digits)} */
    public int digitSize() {
        return numbers.digitSize();
    }

    /** {@return coefficients of the secret that are not zero; 0 for a dense ternary secret} */
    public int secretHammingWeight() {
        return numbers.secretHammingWeight();
    }

    /** {@return the level of security that was enforced} */
    public SecurityLevel securityLevel() {
        return numbers.securityLevel();
    }

    /** {@return primes and scales} */
    public ModulusChain chain() {
        return numbers.chain();
    }

    /** {@return a fingerprint of everything that must be equal for objects to work together: the first 64 bits of a SHA-256} */
    public long id() {
        return id;
    }

    /**
     * The id that secret keys, plaintexts and ciphertexts carry: that of the set itself, or for the parameters of a
     * {@link CkksContext#subContext} that of the set it is a part of, as they work with the same ciphertexts.
     *
     * @return {@link #id()} of the whole set
     */
    public long rootId() {
        return root == null ? id : root;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof CkksParameters other
                && other.id == id
                && other.chain().equals(chain())
                && other.securityLevel() == securityLevel();
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    @Override
    public String toString() {
        return ParameterText.describe(numbers);
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
            ParameterChecks.range("count of upper levels", count, 0, 63);
            ParameterChecks.range("primeBits of upper levels", primeBits, 32, Modulus.MAX_BITS);
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
            ParameterChecks.range("logRingDegree", logRingDegree, 10, 17);
            ParameterChecks.range("levels", levels, 0, 63);
            ParameterChecks.range("levels with those above", levels + upperPrimeBits.size(), 0, 63);
            ParameterChecks.range("scaleBits", scaleBits, Math.max(20, logRingDegree + 8), 48);
            ParameterChecks.range("firstPrimeBits", firstPrimeBits, scaleBits + 1, Modulus.MAX_BITS);
            ParameterChecks.range("specialPrimeBits", specialPrimeBits, 30, Modulus.MAX_BITS);
            ParameterChecks.range("digits", digits, 1, 64);
            ParameterChecks.range("secretHammingWeight", secretHammingWeight, 0, 1 << logRingDegree);
            int dataPrimes = levels + upperPrimeBits.size() + 1;
            int used = Math.min(digits, dataPrimes);
            int digitSize = (dataPrimes - 1 + used) / used;
            ModulusChain chain = ModulusChain.chosen(
                    logRingDegree, levels, firstPrimeBits, scaleBits, upperPrimeBits, digitSize, specialPrimeBits);
            ParameterChecks.range(
                    "number of special primes", chain.specialPrimes().size(), 1, MOST_SPECIAL_PRIMES);
            return new CkksParameters(
                    new ParameterNumbers(logRingDegree, scaleBits, used, secretHammingWeight, securityLevel, chain),
                    null);
        }
    }
}
