package io.github.hecnn.ckks.keys;

/**
 * Switches the square of the secret back to the secret, so that a product has two components again.
 *
 * @param parametersId id of the parameter set
 * @param keyPairId fingerprint of the key pair
 * @param key the switching key
 */
public record RelinearizationKey(long parametersId, KeyPairId keyPairId, SwitchingKey key) {}
