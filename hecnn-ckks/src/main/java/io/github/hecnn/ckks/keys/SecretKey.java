package io.github.hecnn.ckks.keys;

import io.github.hecnn.core.rns.RnsPolynomial;

/**
 * The secret key: a ternary polynomial, kept in the NTT domain modulo all data and special primes. Whoever holds it can
 * decrypt everything; only the key generator, the symmetric encryptor and the decryptor take one. Immutable as long as
 * nobody writes into {@link #polynomial()}; thread-safe. It has no text form, so it cannot end up in a log.
 *
 * <p><b>Security considerations.</b> The key stays in memory, as coefficients and as polynomial, until it is collected; nothing is
 * wiped, so heap dumps, swap and snapshots of a virtual machine may hold it. Operations with it are not hardened against somebody who
 * measures time on the same machine.
 */
public final class SecretKey {
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

    /**
     * Id of the parameter set.
     *
     * @return {@link io.github.hecnn.ckks.params.CkksParameters#id()}
     */
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
     * The key in the NTT domain modulo Q and P; only to be read.
     *
     * @return the secret polynomial
     */
    public RnsPolynomial polynomial() {
        return polynomial;
    }

    /**
     * The ternary coefficients, for storing the key.
     *
     * @return a copy of the N values -1, 0, 1
     */
    public byte[] coefficients() {
        return coefficients.clone();
    }

    @Override
    public String toString() {
        return "SecretKey[not shown]";
    }
}
