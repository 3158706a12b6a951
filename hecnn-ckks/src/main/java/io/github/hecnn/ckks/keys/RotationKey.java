package io.github.hecnn.ckks.keys;

/**
 * Key of one Galois automorphism X -> X^g: a rotation of the slots or their conjugation. It switches the secret s to
 * phi^-1(s), so that the automorphism can be applied last, to the result alone.
 *
 * @param parametersId id of the parameter set
 * @param keyPairId fingerprint of the key pair
 * @param galoisElement g, odd, below 2N
 * @param key the switching key
 */
public record RotationKey(long parametersId, KeyPairId keyPairId, int galoisElement, SwitchingKey key) {}
