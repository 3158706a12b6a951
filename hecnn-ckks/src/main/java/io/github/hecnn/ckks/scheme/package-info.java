/** Encoding, encryption, decryption, evaluation. */
package io.github.hecnn.ckks.scheme;
