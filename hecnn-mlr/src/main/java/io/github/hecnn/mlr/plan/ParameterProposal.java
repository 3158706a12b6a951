package io.github.hecnn.mlr.plan;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import java.util.List;

/**
 * CKKS parameters a plan asks for, as plain numbers; {@code CkksParameters.builder()} makes the real ones of them.
 *
 * @param logRingDegree log2 of the ring degree N
 * @param levels rescalings; there is one prime more than levels
 * @param firstPrimeBits bits of the first prime, which is never dropped
 * @param scaleBits bits of the scale and of all other primes of the chain
 * @param digits digits of the key switch at the top level, dnum
 * @param specialPrimes number of special primes; together at least as large as a digit
 * @param specialPrimeBits bits of each special prime
 * @param security what the parameters must have
 */
public record ParameterProposal(
        int logRingDegree,
        int levels,
        int firstPrimeBits,
        int scaleBits,
        int digits,
        int specialPrimes,
        int specialPrimeBits,
        SecurityLevel security) {
    /** How refusals begin. */
    static final String OPERATION = "parameters: ";

    /** Digits tried beyond the wanted number: more of them need smaller special primes, but more work. */
    private static final int MORE_DIGITS = 5;

    /** Smallest bound on special primes that can be asked for; the primes themselves may be smaller. */
    private static final int LEAST_SPECIAL_PRIME_BITS = 30;

    /** Room for primes that lie a little above their power of two. */
    private static final double SLACK = 0.1;

    /**
     * The parameters with the wanted number of digits, or the fewest above it that keep log2(QP) within the 128-bit table. Special
     * primes are those of the real parameters: their number and size are exact.
     *
     * @param logRingDegree log2 of the ring degree, 13..17
     * @param levels rescalings, from 0
     * @param limits prime sizes and wanted digits
     * @return the parameters
     * @throws IllegalArgumentException if a number is out of range, none are within the table (the text has the numbers), or the real
     *     parameters refuse a setting
     */
    public static ParameterProposal of(int logRingDegree, int levels, TrainingPlan.Limits limits) {
        int least = leastLogRingDegree(limits);
        if (logRingDegree < least || logRingDegree > 17) {
            throw new IllegalArgumentException(OPERATION + "expected a ring degree of 2^" + least + " to 2^17, found 2^"
                    + logRingDegree + "; choose one of these");
        }
        if (levels < 0 || levels > TrainingRehearsal.PLENTY) {
            throw new IllegalArgumentException(OPERATION + "expected from 0 to " + TrainingRehearsal.PLENTY
                    + " levels, found " + levels + "; choose a number in that range");
        }
        int max = (int) limits.security().maxLogQP(logRingDegree);
        int primes = levels + 1;
        int logQ = limits.firstPrimeBits() + levels * limits.scaleBits();
        int smallest = Integer.MAX_VALUE;
        int wanted = Math.min(primes, limits.digits());
        int mostDigits = Math.min(primes, wanted + MORE_DIGITS);
        for (int digits = wanted; digits <= mostDigits; digits++) {
            int digitPrimes = (primes + digits - 1) / digits;
            int digitBits = limits.firstPrimeBits() + (digitPrimes - 1) * limits.scaleBits();
            // Primes lie below their power of two, so P needs a bit more than the digit has.
            int special = digitBits / limits.maxPrimeBits() + 1;
            int leastBits = digitBits / special + 1;
            int bits = (int) Math.min(limits.maxPrimeBits(), Math.floor((max - logQ - SLACK) / special));
            if (bits >= leastBits) {
                return new ParameterProposal(
                                logRingDegree,
                                levels,
                                limits.firstPrimeBits(),
                                limits.scaleBits(),
                                digits,
                                special,
                                bits,
                                limits.security())
                        .withRealSpecialPrimes();
            }
            smallest = Math.min(smallest, logQ + special * leastBits);
        }
        throw new IllegalArgumentException(OPERATION + "expected log2(QP) of at most " + max
                + " for 128-bit security at ring degree 2^" + logRingDegree + ", found at least " + smallest + " for "
                + levels + " levels of " + limits.scaleBits()
                + " bits; choose a larger ring degree, fewer iterations or a smaller scale");
    }

    /** Parameters with 128 bits of security. */
    public ParameterProposal(
            int logRingDegree,
            int levels,
            int firstPrimeBits,
            int scaleBits,
            int digits,
            int specialPrimes,
            int specialPrimeBits) {
        this(
                logRingDegree,
                levels,
                firstPrimeBits,
                scaleBits,
                digits,
                specialPrimes,
                specialPrimeBits,
                SecurityLevel.CLASSICAL_128);
    }

    /** The smallest ring to be looked at. */
    static int leastLogRingDegree(TrainingPlan.Limits limits) {
        return limits.security() == SecurityLevel.NONE ? 10 : 13;
    }

    /** The same with the special primes that the real parameters have: no larger than the digits need. */
    private ParameterProposal withRealSpecialPrimes() {
        List<Long> primes;
        try {
            primes = toParameters().chain().specialPrimes();
        } catch (InvalidParametersException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        int bits = primes.stream()
                .mapToInt(p -> Long.SIZE - Long.numberOfLeadingZeros(p))
                .max()
                .orElseThrow();
        return new ParameterProposal(logRingDegree, levels, firstPrimeBits, scaleBits, digits, primes.size(), bits, security);
    }

    /**
     * The real parameters, 128-bit secure.
     *
     * @return parameters with these settings
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if the settings are not within the security table
     */
    public CkksParameters toParameters() {
        return CkksParameters.builder()
                .logRingDegree(logRingDegree)
                .levels(levels)
                .firstPrimeBits(firstPrimeBits)
                .scaleBits(scaleBits)
                .specialPrimeBits(Math.max(specialPrimeBits, LEAST_SPECIAL_PRIME_BITS))
                .digits(digits)
                .securityLevel(security)
                .build();
    }

    /** Ring degree N. */
    public int ringDegree() {
        return 1 << logRingDegree;
    }

    /** Slots, N/2. */
    public int slots() {
        return ringDegree() / 2;
    }

    /** log2 of the product of all primes of the chain, rounded up. */
    public int logQ() {
        return firstPrimeBits + levels * scaleBits;
    }

    /** log2 of the product of the special primes, rounded up. */
    public int logP() {
        return specialPrimes * specialPrimeBits;
    }

    /** Primes of a digit: those of the chain in equal shares, rounded up. */
    public int primesPerDigit() {
        return (levels + digits) / digits;
    }

    /** Digits that a value of a level really has. */
    int digitsAt(int level) {
        return (level + primesPerDigit()) / primesPerDigit();
    }

    /**
     * Memory of a ciphertext: two polynomials of 8 bytes a residue.
     *
     * @param level its level
     */
    public long ciphertextBytes(int level) {
        return 2L * (level + 1) * ringDegree() * Double.BYTES;
    }

    /**
     * Size of a ciphertext in a file, near enough: residues bit by bit.
     *
     * @param level its level
     * @param seeded whether a seed stands for one of its polynomials, as in fresh secret-key encryptions
     */
    public long ciphertextWireBytes(int level, boolean seeded) {
        long bits = firstPrimeBits + (long) level * (scaleBits + 1);
        return bits * ringDegree() / Byte.SIZE * (seeded ? 1 : 2);
    }

    /** Memory of one switching key: two polynomials modulo QP for each digit. */
    public long keyBytes() {
        return 2L * digitsAt(levels) * (levels + 1 + specialPrimes) * ringDegree() * Double.BYTES;
    }

    /** Size of one switching key in a file, near enough: a seed stands for half of it. */
    public long keyWireBytes() {
        long bits = firstPrimeBits + (long) levels * (scaleBits + 1) + (long) specialPrimes * specialPrimeBits;
        return digitsAt(levels) * bits * ringDegree() / Byte.SIZE;
    }
}
