/** How large the errors of CKKS operations are: formulas for standard deviations, without keys or ciphertexts. */
package io.github.hecnn.ckks.noise;
