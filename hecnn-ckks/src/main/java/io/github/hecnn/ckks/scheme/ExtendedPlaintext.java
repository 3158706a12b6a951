package io.github.hecnn.ckks.scheme;

import io.github.hecnn.core.rns.RnsPolynomial;

/**
 * An encoded vector of slots modulo q(0)..q(level) and the special primes, for products before the division that ends a key
 * switch (double hoisting). Immutable and thread-safe.
 *
 * @param parametersId id of the parameter set
 * @param polynomial the encoded polynomial, NTT domain
 * @param level level of the data primes
 * @param scale factor between the slots and the polynomial's values
 * @param bound largest magnitude of a slot; not a number if unknown
 */
public record ExtendedPlaintext(long parametersId, RnsPolynomial polynomial, int level, double scale, double bound) {}
