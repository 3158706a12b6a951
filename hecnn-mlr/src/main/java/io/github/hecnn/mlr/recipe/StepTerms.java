package io.github.hecnn.mlr.recipe;

import java.util.List;

/**
 * Both sequences of weights after a step, as public combinations of encrypted terms.
 *
 * @param values terms, scale degree 1
 * @param stepped multiples of the terms that add up to the stepped weights
 * @param extrapolated the same for the extrapolated ones
 * @param <V> ciphertexts, simulated vectors, or rows of doubles
 */
record StepTerms<V>(List<List<V>> values, List<Double> stepped, List<Double> extrapolated) {}
