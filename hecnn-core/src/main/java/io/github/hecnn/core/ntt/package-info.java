/** The negacyclic number-theoretic transform. */
package io.github.hecnn.core.ntt;
