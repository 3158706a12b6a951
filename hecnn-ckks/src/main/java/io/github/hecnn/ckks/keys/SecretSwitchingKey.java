package io.github.hecnn.ckks.keys;

/**
 * Switches ciphertexts from one secret key to another: whoever holds it turns what is encrypted under the first into the same under the
 * second, without seeing it. Immutable and thread-safe.
 *
 * @param parametersId id of the parameter set
 * @param from fingerprint of the key pair that ciphertexts come from
 * @param to fingerprint of the key pair of the results
 * @param key the switching key
 */
public record SecretSwitchingKey(long parametersId, KeyPairId from, KeyPairId to, SwitchingKey key) {}
