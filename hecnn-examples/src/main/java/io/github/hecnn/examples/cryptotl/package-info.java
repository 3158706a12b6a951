/** CryptoTL on public texts: what transfer to another task is worth, in the clear and encrypted. */
package io.github.hecnn.examples.cryptotl;
