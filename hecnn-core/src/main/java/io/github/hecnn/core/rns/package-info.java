/** Polynomials in residue number system form: bases, base extension, rescaling, automorphisms. */
package io.github.hecnn.core.rns;
