/** What ciphertexts are made of. Not exported; see {@link io.github.hecnn.ckks.internal}. */
package io.github.hecnn.ckks.internal.parts;
