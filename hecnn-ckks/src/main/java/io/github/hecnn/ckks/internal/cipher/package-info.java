/** The components of ciphertexts, for this module only; see {@link io.github.hecnn.ckks.internal}. */
package io.github.hecnn.ckks.internal.cipher;
