package io.github.hecnn.ckks.keys;

/**
 * A public encryption key: an encryption (b, a) of zero, b = -a*s + e, modulo the primes of the user's top level and the first special one,
 * both in the NTT domain. Encryptions are divided by the special prime at the end, and the key's errors with them. Keys of files that were
 * written before there was a special prime in them lack its limb; they work, with more noise. Immutable and thread-safe.
 *
 * @param parametersId id of the parameter set
 * @param keyPairId fingerprint of the key pair
 * @param key its two halves, as those of a switching key of one digit; of the uniform one only the seed is stored
 */
public record PublicKey(long parametersId, KeyPairId keyPairId, SwitchingKey key) {}
