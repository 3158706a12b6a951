/**
 * Ready functions on slots. {@link io.github.hecnn.ckks.circuit.function.SmoothFunction} has the sigmoid and its like,
 * {@link io.github.hecnn.ckks.circuit.function.Inverse} 1/x, {@link io.github.hecnn.ckks.circuit.function.Sign} the sign by composition
 * and {@link io.github.hecnn.ckks.circuit.function.Comparison} what follows from it.
 */
package io.github.hecnn.ckks.circuit.function;
