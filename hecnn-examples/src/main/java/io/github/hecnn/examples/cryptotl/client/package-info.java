/** The client of CryptoTL: owns texts, secret key and head. It is given its own folder and the exchange folder. */
package io.github.hecnn.examples.cryptotl.client;
