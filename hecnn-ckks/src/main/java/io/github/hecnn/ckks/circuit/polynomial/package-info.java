/**
 * Polynomials on slots: {@link io.github.hecnn.ckks.circuit.polynomial.Polynomial} is one, {@link io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator}
 * evaluates it.
 */
package io.github.hecnn.ckks.circuit.polynomial;
