/** CryptoTL from a command line. */
package io.github.hecnn.cli.cryptotl;
