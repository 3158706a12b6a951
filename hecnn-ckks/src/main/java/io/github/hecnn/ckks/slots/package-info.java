/**
 * Arithmetic on vectors of slots with books of level and scale: the border between the scheme and every circuit, on ciphertexts and on plain numbers. Start reading at
 * {@link io.github.hecnn.ckks.slots.SlotAlgebra}.
 */
package io.github.hecnn.ckks.slots;
