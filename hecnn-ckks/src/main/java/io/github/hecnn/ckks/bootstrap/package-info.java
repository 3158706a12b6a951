/** Bootstrapping: a ciphertext of a low level becomes one of the user's top level, without the secret key. */
package io.github.hecnn.ckks.bootstrap;
