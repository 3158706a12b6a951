package io.github.hecnn.ckks.internal;

import io.github.hecnn.core.rns.KeyHalves;

/**
 * What a switching key is made of.
 *
 * @param halves its polynomials
 * @param seed what the uniform halves were expanded from
 */
public record SwitchingKeyParts(KeyHalves halves, Seed seed) {}
