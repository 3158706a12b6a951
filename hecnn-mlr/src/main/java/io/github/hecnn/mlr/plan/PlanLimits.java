package io.github.hecnn.mlr.plan;

import io.github.hecnn.ckks.params.ModulusChain;
import io.github.hecnn.ckks.params.SecurityLevel;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Bounds of a plan. Immutable and thread-safe.
 *
 * @param maxUploads ciphertexts the owner may upload
 * @param maxMemoryBytes heap that each of the roles may need, as bounded by {@link TrainingPlan#memoryBytes(PlanRole)}
 * @param roles those that are held to it; unmodifiable
 * @param firstPrimeBits bits of the first prime
 * @param scaleBits bits of the scale
 * @param maxSpecialPrimeBits largest special primes, at most 49
 * @param digits digits of the key switch, unless the security table asks for more
 * @param security what the parameters must have; anything below 128 bits is for tests alone
 */
public record PlanLimits(
        int maxUploads,
        long maxMemoryBytes,
        Set<PlanRole> roles,
        int firstPrimeBits,
        int scaleBits,
        int maxSpecialPrimeBits,
        int digits,
        SecurityLevel security) {
    /**
     * Any number of uploads, the heap of this virtual machine for all roles that have keys or ciphertexts, first prime of 49 bits, scale of
     * 40, special primes of up to 49, three digits.
     */
    public static final PlanLimits DEFAULT = new PlanLimits(
            Integer.MAX_VALUE,
            Runtime.getRuntime().maxMemory(),
            EnumSet.of(PlanRole.ENCRYPT, PlanRole.TRAIN, PlanRole.DECRYPT),
            49,
            40,
            49,
            3,
            SecurityLevel.CLASSICAL_128);

    /**
     * Copies the roles.
     *
     * @param maxUploads ciphertexts the owner may upload
     * @param maxMemoryBytes heap that each of the roles may need, as bounded by {@link TrainingPlan#memoryBytes(PlanRole)}
     * @param roles those that are held to it; unmodifiable
     * @param firstPrimeBits bits of the first prime
     * @param scaleBits bits of the scale
     * @param maxSpecialPrimeBits largest special primes, at most 49
     * @param digits digits of the key switch, unless the security table asks for more
     * @param security what the parameters must have; anything below 128 bits is for tests alone
     * @throws IllegalArgumentException if a number is not positive, the scale below 20 bits, a prime would be larger than
     *     maxSpecialPrimeBits, or these larger than the library's primes can be
     */
    public PlanLimits {
        if (maxUploads < 1 || maxMemoryBytes < 1 || digits < 1 || scaleBits < 20) {
            throw new IllegalArgumentException(
                    "plan limits: expected at least 1 upload, byte and digit and 20 bits of scale, found " + maxUploads
                            + ", " + maxMemoryBytes + ", " + digits + " and " + scaleBits
                            + "; start from PlanLimits.DEFAULT");
        }
        if (firstPrimeBits < scaleBits
                || maxSpecialPrimeBits < firstPrimeBits
                || maxSpecialPrimeBits > ModulusChain.MAX_PRIME_BITS) {
            throw new IllegalArgumentException(
                    "plan limits: expected scale bits <= first prime bits <= special prime bits <= "
                            + ModulusChain.MAX_PRIME_BITS
                            + ", found " + scaleBits + ", " + firstPrimeBits + " and " + maxSpecialPrimeBits
                            + "; start from PlanLimits.DEFAULT");
        }
        Objects.requireNonNull(security, "security");
        roles = roles.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(roles));
    }

    /**
     * {@return these limits with other security: {@link SecurityLevel#NONE} allows rings from 2^10 on, for tests that protect nothing}
     *
     * @param level at least so much
     */
    public PlanLimits withSecurity(SecurityLevel level) {
        return new PlanLimits(
                maxUploads, maxMemoryBytes, roles, firstPrimeBits, scaleBits, maxSpecialPrimeBits, digits, level);
    }

    /** The smallest ring that is looked at. */
    int leastLogRingDegree() {
        return security == SecurityLevel.NONE ? 10 : 13;
    }

    /**
     * {@return these limits with another bound on memory}
     *
     * @param bytes for each role, positive
     */
    public PlanLimits withMaxMemoryBytes(long bytes) {
        return new PlanLimits(
                maxUploads, bytes, roles, firstPrimeBits, scaleBits, maxSpecialPrimeBits, digits, security);
    }

    /**
     * {@return these limits for the memory of some roles only, such as {@link PlanRole#REHEARSE} alone; of none, memory is not bounded}
     *
     * @param some roles that run in one virtual machine
     */
    public PlanLimits withRoles(PlanRole... some) {
        Set<PlanRole> set = Set.copyOf(List.of(some));
        return new PlanLimits(
                maxUploads, maxMemoryBytes, set, firstPrimeBits, scaleBits, maxSpecialPrimeBits, digits, security);
    }

    /**
     * {@return these limits with another scale}
     *
     * @param bits of the scale
     */
    public PlanLimits withScaleBits(int bits) {
        return new PlanLimits(
                maxUploads, maxMemoryBytes, roles, firstPrimeBits, bits, maxSpecialPrimeBits, digits, security);
    }

    /**
     * {@return these limits with another bound on uploads, such as the paper's 6}
     *
     * @param uploads ciphertexts at most, from 1
     */
    public PlanLimits withMaxUploads(int uploads) {
        return new PlanLimits(
                uploads, maxMemoryBytes, roles, firstPrimeBits, scaleBits, maxSpecialPrimeBits, digits, security);
    }

    /**
     * {@return these limits with another number of key-switching digits to begin with}
     *
     * @param wanted digits of the key switch
     */
    public PlanLimits withDigits(int wanted) {
        return new PlanLimits(
                maxUploads, maxMemoryBytes, roles, firstPrimeBits, scaleBits, maxSpecialPrimeBits, wanted, security);
    }
}
