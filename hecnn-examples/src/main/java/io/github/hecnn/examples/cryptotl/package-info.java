/** CryptoTL from end to end. */
package io.github.hecnn.examples.cryptotl;
