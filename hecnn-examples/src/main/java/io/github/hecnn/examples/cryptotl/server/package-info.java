/** The server of CryptoTL: owns the encoder. It is given its own folder and the exchange folder. */
package io.github.hecnn.examples.cryptotl.server;
