/** Random sources and the samplers of lattice cryptography. */
package io.github.hecnn.core.sampling;
