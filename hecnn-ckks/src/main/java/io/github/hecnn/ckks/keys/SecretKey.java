package io.github.hecnn.ckks.keys;

import io.github.hecnn.ckks.internal.Door;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.Objects;

/**
 * The secret key: a ternary polynomial, kept in the NTT domain modulo all data and special primes. Whoever holds it can
 * decrypt everything; only the key generator, the symmetric encryptor and the decryptor take one. Immutable and thread-safe. It has no text form, so it cannot end up in a log.
 *
 * <p>Whatever brings the key itself out of this object, or in from bytes, asks for {@link Access#INTENDED}: a search for that word finds
 * every place of a program where a secret leaves or enters it.
 *
 * <p><b>Security considerations.</b> The key stays in memory, as coefficients and as polynomial, until it is collected; nothing is
 * wiped, so heap dumps, swap and snapshots of a virtual machine may hold it. Operations with it are not hardened against somebody who
 * measures time on the same machine.
 */
public final class SecretKey {
    /**
     * The token for methods that handle the bare secret. It protects nothing by itself: it makes the places where a program does so
     * explicit and easy to find, so that a reviewer can look at each of them.
     */
    public enum Access {
        /** The caller means to handle the secret key in the clear, and takes care of where it goes: it is neither encrypted nor wiped. */
        INTENDED
    }

    static {
        Door.open(SecretKey.class, RnsPolynomial.class, SecretKey::polynomial, null);
    }

    private final long parametersId;
    private final KeyPairId keyPairId;
    private final byte[] coefficients;
    private final RnsPolynomial polynomial;

    /**
     * Wraps a key; use {@link KeyGenerator} to make one.
     *
     * @param parametersId id of the parameter set
     * @param coefficients the N ternary coefficients
     * @param polynomial the same in the NTT domain on the extended basis
     */
    SecretKey(long parametersId, byte[] coefficients, RnsPolynomial polynomial) {
        this.parametersId = parametersId;
        this.keyPairId = KeyPairId.of(parametersId, coefficients);
        this.coefficients = coefficients;
        this.polynomial = polynomial;
    }

    /** {@return id of the parameter set, {@link io.github.hecnn.ckks.params.CkksParameters#id()}} */
    public long parametersId() {
        return parametersId;
    }

    /**
     * Fingerprint of the key pair, which all keys made from this one and all ciphertexts under it carry.
     *
     * @return never {@link KeyPairId#UNKNOWN}
     */
    public KeyPairId keyPairId() {
        return keyPairId;
    }

    /**
     * The ternary coefficients, for storing the key.
     *
     * @param access {@link Access#INTENDED}
     * @return a copy of the N values -1, 0, 1
     * @throws NullPointerException without the token
     */
    public byte[] coefficients(Access access) {
        require(access, "coefficients");
        return coefficients.clone();
    }

    // In the package without a token: nothing leaves it that way.
    RnsPolynomial polynomial() {
        return polynomial;
    }

    static void require(Access access, String operation) {
        Objects.requireNonNull(
                access,
                () -> operation + ": expected SecretKey.Access.INTENDED, found null; give it where that is meant");
    }

    @Override
    public String toString() {
        return "SecretKey[not shown]";
    }
}
