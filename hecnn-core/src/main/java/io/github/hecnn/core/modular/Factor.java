package io.github.hecnn.core.modular;

/**
 * What kernels need to multiply many residues by the same one. Made by {@link Modulus#factor}.
 *
 * @param w canonical residue
 * @param overQ w / q rounded to nearest
 */
public record Factor(double w, double overQ) {}
