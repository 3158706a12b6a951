package io.github.hecnn.ckks.internal;

import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.core.rns.Domain;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsPolynomial;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.Arrays;

/** The public 32 bytes that a uniform polynomial is expanded from, in its stead on the wire. Immutable and thread-safe. */
public final class Seed {
    private final byte[] bytes;

    /**
     * Copies the bytes.
     *
     * @param bytes 32 bytes
     * @throws MismatchException if there are not 32
     */
    public Seed(byte[] bytes) {
        if (bytes.length != RandomSource.SEED_BYTES) {
            throw new MismatchException(
                    "Seed: expected 32 bytes, found " + bytes.length + "; take RandomSource.newSeed()");
        }
        this.bytes = bytes.clone();
    }

    /** {@return a copy of the bytes} */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * Expands one uniform polynomial, in the NTT domain; a smaller basis gets the same limbs for the primes it has.
     *
     * @param basis basis of the polynomial
     * @param index which of several polynomials of the same seed
     * @return the polynomial
     */
    public RnsPolynomial expand(RnsBasis basis, int index) {
        return RnsPolynomial.uniform(basis, Domain.NTT, source(index));
    }

    /**
     * The stream of one polynomial, for expanding limb by limb.
     *
     * @param index which polynomial
     * @return a source to be given to {@link RnsPolynomial#fillUniform}
     */
    public RandomSource source(int index) {
        return RandomSource.seeded(bytes).fork("polynomial " + index);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Seed other && Arrays.equals(other.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
