/**
 * Linear maps on slots: {@link io.github.hecnn.ckks.circuit.linear.LinearTransform} for any matrix,
 * {@link io.github.hecnn.ckks.circuit.linear.SlotSums} for sums of neighbouring slots.
 */
package io.github.hecnn.ckks.circuit.linear;
