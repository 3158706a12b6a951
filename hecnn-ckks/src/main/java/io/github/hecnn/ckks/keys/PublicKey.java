package io.github.hecnn.ckks.keys;

import io.github.hecnn.core.rns.RnsPolynomial;

/**
 * A public encryption key: an encryption (b, a) of zero at the top level, b = -a*s + e, both in the NTT domain. Immutable and
 * thread-safe.
 *
 * @param parametersId id of the parameter set
 * @param keyPairId fingerprint of the key pair
 * @param b first half
 * @param a uniform half
 * @param seed the 32 bytes a was expanded from; this is all that is stored of it
 */
public record PublicKey(long parametersId, KeyPairId keyPairId, RnsPolynomial b, RnsPolynomial a, Seed seed) {}
