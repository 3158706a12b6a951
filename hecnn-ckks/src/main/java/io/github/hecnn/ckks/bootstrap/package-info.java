/** Refreshing ciphertexts that have run out of levels. */
package io.github.hecnn.ckks.bootstrap;
